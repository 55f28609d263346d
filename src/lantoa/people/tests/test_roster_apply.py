"""Applying and undoing: exactly once, exactly back."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from conftest import Grant, MakePerson
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile

from lantoa.accounts.models import User
from lantoa.audit.models import Event
from lantoa.jobs.models import Job
from lantoa.kernel import clock
from lantoa.people.actions.add_person import add_person
from lantoa.people.actions.change_person import change_person
from lantoa.people.actions.open_accounts import open_accounts
from lantoa.people.actions.person_columns import personal_number_of
from lantoa.people.actions.roster_apply import apply_roster
from lantoa.people.actions.roster_decide import take_rows
from lantoa.people.actions.roster_imports import (
    RosterBusy,
    start_applying,
    start_undoing,
    take_in_roster,
)
from lantoa.people.actions.roster_read import read_roster
from lantoa.people.actions.roster_undo import undo_roster
from lantoa.people.actions.transfer_person import transfer_person
from lantoa.people.models import Person, Post, RoleGrant, RosterImport, Unit
from lantoa.people.rosters.tests.files import xlsx
from lantoa.people.rules.persons import PersonFacts

BORN = date(1980, 3, 1)
NUMBER = "019080000123"
HEADER = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Chức vụ", "Đơn vị công tác",
          "Số điện thoại", "Email", "CCCD", "Dân tộc", "Ghi chú"]  # fmt: skip
FULL = ["01/03/1980", "Nam", "Kế toán", None, "0912345001", "an@xa.vn", NUMBER, "Tày", "Lớp 1"]
# What an import may write besides the register itself.
OWN = {"people.RosterImport", "people.RosterRow", "audit.Event", "audit.Delivery", "jobs.Job",
       "files.StoredFile"}  # fmt: skip

Read = Callable[..., RosterImport]


def dump() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table of ours but those of the imports themselves."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models()
        if model.__module__.startswith("lantoa.") and model._meta.label not in OWN
    }


def listed(*rows: list[Any]) -> bytes:
    numbered = [[n, *row] for n, row in enumerate(rows, start=1)]
    return xlsx({"Sheet1": [HEADER, *numbered]})


@pytest.fixture
def read(commune: Unit) -> Read:
    """read(row, …, unit=…, actor=…) → the import after its dry run."""

    def run(*rows: list[Any], unit: Unit = commune, actor: User | None = None) -> RosterImport:
        upload = SimpleUploadedFile("a.xlsx", listed(*rows))
        roster = take_in_roster(upload=upload, unit=unit, actor=actor)
        read_roster(roster=roster, actor=actor)
        roster.refresh_from_db()
        return roster

    return run


def states(roster: RosterImport) -> list[str]:
    return list(roster.rows.order_by("position").values_list("state", flat=True))


def codes(roster: RosterImport, position: int = 0) -> list[str]:
    return roster.rows.get(position=position).codes.split()


def accept_all(roster: RosterImport, actor: User | None = None) -> None:
    take_rows(roster=roster, rows=list(roster.rows.filter(state="doubtful")), actor=actor)


def known(commune: Unit, **facts: Any) -> Person:
    told: dict[str, Any] = {
        "family_name": "Nguyễn", "middle_name": "Văn", "given_name": "An", "birth_date": BORN
    }  # fmt: skip
    return add_person(actor=None, unit=commune, facts=PersonFacts(**{**told, **facts}))


# ---- taking in ----


def test_a_new_person_is_written_with_everything_the_row_says(read: Read, commune: Unit) -> None:
    roster = read(["NGUYỄN  VĂN AN", *FULL])
    counts = apply_roster(roster=roster, actor=None)
    assert counts == {"created": 1, "changed": 0, "transferred": 0, "left_out": 0}
    person = Person.objects.get()
    assert (person.full_name, person.unit, person.birth_date, person.birth_year) == (
        "Nguyễn Văn An", commune, BORN, 1980
    )  # fmt: skip
    assert (person.sex, person.title, person.phone, person.email) == (
        "male", "Kế toán", "0912345001", "an@xa.vn"
    )  # fmt: skip
    assert (person.ethnicity, person.note, person.search_key) == ("Tày", "Lớp 1", "nguyen van an")
    assert personal_number_of(person) == NUMBER
    [post] = Post.objects.values_list("person", "unit", "title", "since", "until")
    assert post == (person.pk, commune.pk, "Kế toán", None, None)
    roster.refresh_from_db()
    row = roster.rows.get()
    assert (roster.state, row.applied, row.person) == ("applied", True, person)


def test_the_same_facts_are_the_same_row_of_the_register_as_by_hand(
    read: Read, commune: Unit
) -> None:
    apply_roster(roster=read(["Nguyễn Văn An", *FULL]), actor=None)
    by_import: dict[str, Any] = dict(Person.objects.values().get())
    Person.objects.all().delete()
    facts = PersonFacts(
        given_name="An", family_name="Nguyễn", middle_name="Văn", sex="male", birth_date=BORN,
        phone="0912345001", email="an@xa.vn", personal_number=NUMBER, ethnicity="Tày",
        title="Kế toán", note="Lớp 1",
    )  # fmt: skip
    add_person(actor=None, unit=commune, facts=facts)
    by_hand: dict[str, Any] = dict(Person.objects.values().get())
    differing = {name for name in by_hand if by_hand[name] != by_import[name]}
    assert differing <= {"id", "created_at", "personal_number_encrypted"}


def test_importing_the_same_file_twice_changes_nothing(read: Read) -> None:
    rows = [
        ["Nguyễn Văn An", *FULL],
        ["Trần Thị Bình", "1975", "Nữ", "Văn thư"],
        ["Ma Văn Cư", None, None, None, None, "0912345003"],
        ["Lý Thị Dung", None, None, "Văn thư"],
        ["Hoàng Văn Én", "02/02/1990", "Nam", None, None, None, None, "19080000456"],
        ["Hoàng Văn Én", "02/02/1990", "Nam", None, None, "0912345005"],
    ]
    first = read(*rows)
    assert states(first) == ["new", "new", "new", "new", "doubtful", "doubtful"]
    accept_all(first)
    assert apply_roster(roster=first, actor=None)["created"] == 6
    before = dump()
    again = read(*rows)
    assert states(again)[:4] == ["same"] * 4
    accept_all(again)
    counts = apply_roster(roster=again, actor=None)
    assert counts == {"created": 0, "changed": 0, "transferred": 0, "left_out": 0}
    assert dump() == before


def test_a_blank_cell_never_erases(read: Read, commune: Unit) -> None:
    known(commune, title="Kế toán", phone="0912345001", email="an@xa.vn", ethnicity="Tày",
          sex="male", note="x", personal_number=NUMBER)  # fmt: skip
    before = dump()
    roster = read(["Nguyễn Văn An", "01/03/1980", "", "-", "không có"])
    assert states(roster) == ["same"]
    apply_roster(roster=roster, actor=None)
    assert dump() == before


def test_one_event_speaks_for_the_batch(read: Read, commune: Unit) -> None:
    person = known(commune)
    roster = read(
        ["Nguyễn Văn An", "01/03/1980", None, "Kế toán"],
        ["Trần Thị Bình", "01/03/1980"],
        ["Ma Văn Cư", "01/03/1980"],
    )
    events = Event.objects.count()
    apply_roster(roster=roster, actor=None)
    assert Event.objects.count() == events + 1
    event = Event.objects.get(action="people.apply_roster")
    assert len(event.data["created"]) == 2
    assert event.data["changed"] == [person.pk]
    assert NUMBER not in str(event.data)


def test_the_account_follows_the_person(read: Read, commune: Unit) -> None:
    person = known(commune, phone="0912345001", email="cu@xa.vn")
    open_accounts(actor=None, persons=[person])
    other = known(commune, given_name="Bình", phone="0912345002")
    open_accounts(actor=None, persons=[other])
    apply_roster(
        roster=read(["Nguyễn Văn An", "01/03/1980", None, None, None, "0912345009"]), actor=None
    )
    user = User.objects.get(person=person)
    assert (user.phone, user.email, user.display_name) == (
        "0912345009",
        "cu@xa.vn",
        "Nguyễn Văn An",
    )
    roster = read(["Nguyễn Văn An", "01/03/1980", None, "Kế toán", None, "0912345002"])
    assert codes(roster) == ["phone_of_other", "phone_taken"]
    accept_all(roster)
    apply_roster(roster=roster, actor=None)
    user.refresh_from_db()
    person.refresh_from_db()
    assert (user.phone, person.phone, person.title) == ("0912345009", "0912345009", "Kế toán")


def test_nobody_takes_over_an_account_above_their_own_by_a_list(
    read: Read, coordinator: Person, commune: Unit, province: Unit, make_person: MakePerson,
    grant: Grant,
) -> None:  # fmt: skip
    leader = make_person("Nguyễn Văn An", commune, phone="0912345001", birth_date=BORN)
    grant(leader, "coordinator", province)
    roster = read(
        ["Nguyễn Văn An", "01/03/1980", None, "Kế toán", None, "0912345009", "moi@xa.vn", NUMBER],
        actor=coordinator.user,
    )
    assert codes(roster) == ["sign_in_beyond"]
    assert set(roster.rows.get().changes) == {"title"}
    accept_all(roster, coordinator.user)
    apply_roster(roster=roster, actor=coordinator.user)
    leader.refresh_from_db()
    assert leader.user is not None
    assert (leader.title, leader.phone, leader.user.phone) == (
        "Kế toán", "0912345001", "0912345001"
    )  # fmt: skip


def test_what_changed_since_the_dry_run_is_left_out_and_told(read: Read, commune: Unit) -> None:
    person = known(commune, title="Văn thư")
    roster = read(
        ["Nguyễn Văn An", "01/03/1980", None, "Kế toán"],
        ["Trần Thị Bình", "01/03/1980"],
        ["Ma Văn Cư", "01/03/1980"],
    )
    change_person(actor=None, person=person, changes={"title": "Chánh Văn phòng"})
    known(commune, family_name="Trần", middle_name="Thị", given_name="Bình")
    counts = apply_roster(roster=roster, actor=None)
    assert counts == {"created": 1, "changed": 0, "transferred": 0, "left_out": 2}
    assert [codes(roster, n) for n in range(3)] == [["left_changed"], ["left_changed"], []]
    person.refresh_from_db()
    assert person.title == "Chánh Văn phòng"
    assert Person.objects.filter(given_name="Bình").count() == 1


def test_two_imports_of_one_file_bring_each_person_once(read: Read) -> None:
    rows = [["Nguyễn Văn An", *FULL], ["Trần Thị Bình", "01/03/1980"]]
    first, second = read(*rows), read(*rows)
    assert states(first) == states(second) == ["new", "new"]
    apply_roster(roster=first, actor=None)
    counts = apply_roster(roster=second, actor=None)
    assert (counts["created"], counts["left_out"]) == (0, 2)
    assert Person.objects.count() == 2


def test_two_rows_for_one_person_are_applied_once(read: Read, commune: Unit) -> None:
    known(commune)
    roster = read(
        ["Nguyễn Văn An", "01/03/1980", None, "Kế toán"],
        ["Nguyễn Văn An", "01/03/1980", None, "Văn thư"],
        ["Lý Thị Dung", None, None, None, None, None, None, NUMBER],
        ["Ma Văn Cư", None, None, None, None, None, None, NUMBER],
    )
    accept_all(roster)
    counts = apply_roster(roster=roster, actor=None)
    assert (counts["created"], counts["changed"], counts["left_out"]) == (1, 1, 2)
    assert [("left_claimed" in codes(roster, n)) for n in range(4)] == [False, True, False, True]
    assert Person.objects.get(given_name="An").title == "Kế toán"


def test_a_post_that_begins_later_is_not_left_before(
    read: Read, commune: Unit, province: Unit, other_commune: Unit
) -> None:
    person = known(other_commune)
    Post.objects.update(since=date(clock.today().year + 1, 1, 1))
    roster = read(["Nguyễn Văn An", "01/03/1980", None, None, commune.name], unit=province)
    accept_all(roster)
    assert apply_roster(roster=roster, actor=None)["left_out"] == 1
    assert "left_later_post" in codes(roster)
    person.refresh_from_db()
    assert person.unit == other_commune


# ---- undoing ----


def undone(roster: RosterImport) -> dict[str, int]:
    counts = undo_roster(roster=roster, actor=None)
    roster.refresh_from_db()
    assert roster.state == "undone"
    return counts


def test_undo_restores_exactly_what_stood_before(
    read: Read, province: Unit, commune: Unit, other_commune: Unit
) -> None:
    """New people, changed facts of every kind, an account, a transfer with its posts."""
    stays = known(commune, given_name="Sơn", title="Văn thư")
    changed = known(commune, phone="0912345001", birth_date=None, birth_year=1980, title="cũ")
    open_accounts(actor=None, persons=[stays, changed])
    moved = known(other_commune, given_name="Lan", title="Giáo viên")
    transfer_person(
        actor=None, person=moved, unit=other_commune, title="Tổ trưởng", on_date=date(2020, 1, 1)
    )
    before = dump()
    roster = read(
        ["Nguyễn Văn An", "01/03/1980", "Nam", "Kế toán", commune.name, "0912345001", "moi@xa.vn",
         NUMBER, "Nùng", "y"],
        ["Nguyễn Văn Lan", "01/03/1980", None, "Hiệu trưởng", commune.name],
        ["Trần Thị Bình", "1975", "Nữ", "Văn thư", commune.name],
        unit=province,
    )  # fmt: skip
    accept_all(roster)
    counts = apply_roster(roster=roster, actor=None)
    assert counts == {"created": 1, "changed": 2, "transferred": 1, "left_out": 0}
    changed.refresh_from_db()
    assert changed.user is not None
    assert (changed.birth_date, changed.user.email) == (BORN, "moi@xa.vn")
    assert changed.user.personal_number_hash == changed.personal_number_hash
    assert dump() != before
    roster.refresh_from_db()
    assert undone(roster) == {"removed": 1, "closed": 0, "restored": 2, "kept": 0}
    assert dump() == before


def test_undo_keeps_what_somebody_changed_since(read: Read, commune: Unit) -> None:
    person = known(commune, title="cũ", note="cũ")
    roster = read(
        ["Nguyễn Văn An", "01/03/1980", "Nam", "mới", None, None, None, None, None, "mới"]
    )
    apply_roster(roster=roster, actor=None)
    person.refresh_from_db()
    change_person(actor=None, person=person, changes={"title": "sau đó"})
    roster.refresh_from_db()
    assert undone(roster) == {"removed": 0, "closed": 0, "restored": 0, "kept": 1}
    person.refresh_from_db()
    assert (person.title, person.note, person.sex) == ("sau đó", "cũ", "")
    [issue] = roster.rows.get().issues
    assert (issue["code"], issue["params"]) == ("undo_kept", {"fields": "title"})
    assert Post.objects.get().title == "sau đó"


def test_undo_leaves_a_person_who_moved_on_where_they_are(
    read: Read, province: Unit, commune: Unit, other_commune: Unit
) -> None:
    person = known(other_commune)
    roster = read(["Nguyễn Văn An", "01/03/1980", None, None, commune.name], unit=province)
    accept_all(roster)
    apply_roster(roster=roster, actor=None)
    person.refresh_from_db()
    transfer_person(actor=None, person=person, unit=province, title="", on_date=clock.today())
    posts = list(Post.objects.values())
    roster.refresh_from_db()
    assert undone(roster)["kept"] == 1
    person.refresh_from_db()
    assert person.unit == province
    assert list(Post.objects.values()) == posts


@pytest.mark.parametrize("built", ["account", "changed", "moved", "other import", "enrolled"])
def test_undo_closes_people_on_whom_something_was_built(
    built: str, read: Read, commune: Unit, other_commune: Unit
) -> None:
    roster = read(
        ["Nguyễn Văn An", "01/03/1980", None, None, None, "0912345001"],
        ["Trần Thị Bình", "01/03/1980"],
    )
    apply_roster(roster=roster, actor=None)
    person = Person.objects.get(given_name="An")
    if built == "account":
        open_accounts(actor=None, persons=[person])
    elif built == "changed":
        change_person(actor=None, person=person, changes={"title": "Kế toán"})
    elif built == "moved":
        Person.objects.filter(pk=person.pk).update(unit=other_commune)
    elif built == "other import":
        apply_roster(roster=read(["Nguyễn Văn An", "01/03/1980", "Nam"]), actor=None)
    else:
        _enrol(person)
    roster.refresh_from_db()
    assert undone(roster) == {"removed": 1, "closed": 1, "restored": 0, "kept": 0}
    person.refresh_from_db()
    assert person.left_on == clock.today()
    assert codes(roster) == ["undo_closed"]
    if person.user is not None:
        assert person.user.closed_at is not None


def _enrol(person: Person) -> None:
    """Any table of any domain above that names the person."""
    course = apps.get_model("courses", "Course")
    version = apps.get_model("courses", "CourseVersion")
    registration = apps.get_model("courses", "Registration")
    made = course._base_manager.create(title="x", unit=person.unit)
    first = version._base_manager.create(course=made, number=1)
    registration._base_manager.create(person=person, course=made, version=first)


def test_undo_does_not_close_whom_the_actor_may_not(
    read: Read, coordinator: Person, commune: Unit, province: Unit
) -> None:
    roster = read(["Nguyễn Văn An", *FULL])
    apply_roster(roster=roster, actor=coordinator.user)
    person = Person.objects.get(given_name="An")
    open_accounts(actor=None, persons=[person])
    person.refresh_from_db()
    assert person.user is not None
    RoleGrant.objects.create(
        user=person.user, role="coordinator", unit=province, starts_on=date(2020, 1, 1)
    )
    roster.refresh_from_db()
    counts = undo_roster(roster=roster, actor=coordinator.user)
    assert counts == {"removed": 0, "closed": 0, "restored": 0, "kept": 1}
    assert codes(roster) == ["undo_not_closed"]


# ---- the jobs behind it ----


def test_applying_and_undoing_are_begun_once(
    read: Read, coordinator: Person, django_capture_on_commit_callbacks: Any
) -> None:
    roster = read(["Nguyễn Văn An", "01/03/1980"])
    same = RosterImport.objects.get(pk=roster.pk)
    with django_capture_on_commit_callbacks(execute=True):
        start_applying(roster=roster, actor=coordinator.user)
        with pytest.raises(RosterBusy):
            start_applying(roster=same, actor=coordinator.user)
        with pytest.raises(RosterBusy):
            start_undoing(roster=same, actor=coordinator.user)
    roster.refresh_from_db()
    assert roster.state == "applied"
    job = Job.objects.get(rosterimport=roster)
    assert (job.state, job.result["created"], job.done, job.total) == ("done", 1, 1, 1)
    with pytest.raises(RosterBusy):
        start_applying(roster=roster, actor=coordinator.user)
    with django_capture_on_commit_callbacks(execute=True):
        start_undoing(roster=roster, actor=coordinator.user)
    roster.refresh_from_db()
    assert roster.state == "undone"
    assert not Person.objects.filter(given_name="An").exists()


def test_a_right_that_ended_before_the_job_ran_applies_nothing(
    read: Read, coordinator: Person, django_capture_on_commit_callbacks: Any
) -> None:
    roster = read(["Nguyễn Văn An", "01/03/1980"])
    with django_capture_on_commit_callbacks(execute=True):
        start_applying(roster=roster, actor=coordinator.user)
        RoleGrant.objects.update(withdrawn_at=clock.now())
    roster.refresh_from_db()
    assert Job.objects.get(rosterimport=roster).state == "failed"
    assert not Person.objects.filter(given_name="An").exists()
    RoleGrant.objects.update(withdrawn_at=None)
    with django_capture_on_commit_callbacks(execute=True):
        start_applying(roster=roster, actor=coordinator.user)
    assert Person.objects.filter(given_name="An").exists()
