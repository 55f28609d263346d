"""People of the register and their accounts."""

from datetime import date, timedelta

import pytest
from conftest import Grant, MakePerson
from django.conf import settings

from lantoa.accounts.models import ActivationCode, User
from lantoa.audit.models import Event
from lantoa.kernel import clock
from lantoa.people.actions.add_person import add_person, bulk_add_persons
from lantoa.people.actions.change_person import change_person
from lantoa.people.actions.close_person import close_person, reopen_person
from lantoa.people.actions.grant_role import RoleRefused, grant_role, withdraw_role
from lantoa.people.actions.issue_codes import issue_codes
from lantoa.people.actions.open_accounts import open_accounts
from lantoa.people.actions.person_columns import personal_number_of
from lantoa.people.actions.transfer_person import transfer_person
from lantoa.people.models import Person, RoleGrant, Unit
from lantoa.people.permissions import roles_of
from lantoa.people.rules.persons import PersonFacts, PersonRefused

TODAY = clock.today


def facts(given: str = "An", **more: object) -> PersonFacts:
    return PersonFacts(family_name="Nguyễn", middle_name="Văn", given_name=given, **more)  # type: ignore[arg-type]


def test_a_person_is_kept_with_the_number_encrypted(commune: Unit) -> None:
    person = add_person(
        actor=None,
        unit=commune,
        facts=facts(personal_number="019 085 000 123", phone="+84 912.345.678", title="Kế toán"),
    )
    person = Person.objects.get(pk=person.pk)
    assert "019085000123" not in person.personal_number_encrypted
    assert personal_number_of(person) == "019085000123"
    assert (person.phone, person.search_key, person.title_key) == (
        "0912345678",
        "nguyen van an",
        "ke toan",
    )
    assert person.posts.get().title == "Kế toán"
    with pytest.raises(PersonRefused) as refused:
        add_person(actor=None, unit=commune, facts=facts("Bé", personal_number="019085000123"))
    assert refused.value.field == "personal_number"


def test_events_name_no_personal_values(commune: Unit) -> None:
    person = add_person(actor=None, unit=commune, facts=facts(phone="0912345678"))
    change_person(actor=None, person=person, changes={"phone": "0987654321"})
    written = " ".join(str(data) for data in Event.objects.values_list("data", flat=True))
    assert "0912345678" not in written
    assert "0987654321" not in written


def test_many_people_are_one_event(commune: Unit) -> None:
    rows = [(commune, facts(f"An {n}", phone=f"09{n:08d}")) for n in range(300)]
    people = bulk_add_persons(actor=None, rows=rows, since=date(2025, 7, 1))
    assert [p.given_name for p in people][:2] == ["An 0", "An 1"]
    assert Person.objects.filter(posts__since=date(2025, 7, 1)).count() == 300
    assert Event.objects.filter(action="people.bulk_add_persons").count() == 1


def test_a_batch_with_a_number_twice_is_refused_whole(commune: Unit) -> None:
    twice = facts(personal_number="019085000123")
    with pytest.raises(PersonRefused):
        bulk_add_persons(actor=None, rows=[(commune, twice), (commune, twice)])
    assert not Person.objects.exists()


def test_a_changed_phone_is_the_new_way_in(commune: Unit, make_person: MakePerson) -> None:
    person = make_person("Nguyễn Văn An", commune, phone="0912345678")
    make_person("Trần Văn Bình", commune, phone="0912000000")
    change_person(actor=None, person=person, changes={"phone": "0987654321", "given_name": "Ân"})
    user = User.objects.get(person=person)
    assert (user.phone, user.display_name) == ("0987654321", "Nguyễn Văn Ân")
    with pytest.raises(PersonRefused):
        change_person(actor=None, person=person, changes={"phone": "0912000000"})


def test_a_transfer_keeps_the_post_before(commune: Unit, other_commune: Unit) -> None:
    person = add_person(
        actor=None, unit=commune, facts=facts(title="Văn thư"), since=date(2025, 7, 1)
    )
    transfer_person(
        actor=None,
        person=person,
        unit=other_commune,
        title="Chủ tịch",
        on_date=date(2026, 3, 1),
    )
    posts = list(person.posts.order_by("since").values_list("unit__code", "title", "until"))
    assert posts == [
        ("05440", "Văn thư", date(2026, 3, 1)),
        ("05441", "Chủ tịch", None),
    ]
    with pytest.raises(PersonRefused):
        transfer_person(actor=None, person=person, unit=commune, title="", on_date=date(2026, 2, 1))


def test_leaving_closes_the_account_and_the_roles(
    commune: Unit, make_person: MakePerson, grant: Grant
) -> None:
    person = make_person("Nguyễn Văn An", commune, phone="0912345678")
    grant(person, "coordinator", commune)
    with pytest.raises(PersonRefused):
        close_person(actor=None, person=person, left_on=TODAY() + timedelta(days=1))
    close_person(actor=None, person=person, left_on=TODAY())
    user = User.objects.get(person=person)
    assert user.closed_at is not None
    assert roles_of(user) == frozenset()
    reopen_person(actor=None, person=person)
    user = User.objects.get(person=person)
    assert user.closed_at is None
    assert roles_of(user) == frozenset()
    assert Person.objects.get(pk=person.pk).left_on is None


def test_accounts_are_opened_and_claims_of_two_people_reported(commune: Unit) -> None:
    twins = [facts("An", phone="0912345678"), facts("Anh", phone="0912345678", email="a@x.vn")]
    nothing = facts("Bé")
    fine = facts("Cúc", phone="0912000001")
    people = bulk_add_persons(actor=None, rows=[(commune, f) for f in (*twins, nothing, fine)])
    report = open_accounts(actor=None, persons=people)
    assert [p.given_name for p in report.opened] == ["Anh", "Cúc"]
    assert {(c.person.given_name, c.blocks) for c in report.conflicts} == {
        ("An", True),
        ("Anh", False),
        ("Bé", True),
    }
    assert User.objects.get(person=people[1]).phone is None
    assert User.objects.get(person=people[3]).phone == "0912000001"


def test_codes_let_people_in(commune: Unit, make_person: MakePerson) -> None:
    fine = add_person(actor=None, unit=commune, facts=facts(phone="0912345678"))
    inside = make_person("Trần Văn Bình", commune, phone="0912000001")
    left = make_person("Lê Thị Cúc", commune, phone="0912000002", left_on=date(2026, 1, 1))
    issued = issue_codes(actor=None, persons=[fine, inside, left])
    assert [(s.person, s.sign_in_by) for s in issued.slips] == [(fine, "0912345678")]
    assert {c.person for c in issued.conflicts} == {inside, left}
    assert ActivationCode.objects.count() == 1
    assert issue_codes(actor=None, persons=[inside], renew=True).slips[0].person == inside


def test_nobody_climbs_through_a_code(
    commune: Unit, province: Unit, make_person: MakePerson, grant: Grant
) -> None:
    """A commune's coordinator can't let themselves in as somebody with wider rights."""
    coordinator = make_person("Nguyễn Văn An", commune, phone="0912345678")
    grant(coordinator, "coordinator", commune)
    provincial = make_person("Trần Văn Bình", commune, phone="0912000001")
    grant(provincial, "leader", province)
    administrator = make_person("Lê Thị Cúc", commune, phone="0912000002")
    grant(administrator, "administrator", commune)
    colleague = make_person("Phạm Thị Dung", commune, phone="0912000003")
    grant(colleague, "author", commune)
    issued = issue_codes(
        actor=coordinator.user, persons=[provincial, administrator, colleague], renew=True
    )
    assert [slip.person for slip in issued.slips] == [colleague]
    for person in (provincial, administrator):
        with pytest.raises(PersonRefused, match="ngoài phạm vi"):
            change_person(actor=coordinator.user, person=person, changes={"phone": "0999999999"})
        with pytest.raises(PersonRefused, match="ngoài phạm vi"):
            close_person(actor=coordinator.user, person=person, left_on=TODAY())


@pytest.mark.parametrize(
    ("actor_role", "at", "role", "on", "allowed"),
    [
        ("coordinator", "commune", "coordinator", "commune", True),
        ("coordinator", "commune", "author", "commune", True),
        ("coordinator", "commune", "examiner", "commune", True),
        ("coordinator", "commune", "leader", "commune", True),
        ("coordinator", "commune", "administrator", "commune", False),
        ("coordinator", "commune", "coordinator", "province", False),
        ("coordinator", "commune", "coordinator", "other", False),
        ("coordinator", "province", "coordinator", "commune", True),
        ("coordinator", "province", "administrator", "commune", False),
        ("administrator", "province", "administrator", "commune", True),
        ("administrator", "province", "coordinator", "commune", True),
        ("leader", "province", "leader", "commune", False),
        ("author", "province", "author", "commune", False),
        ("examiner", "province", "coordinator", "commune", False),
    ],
)
def test_who_may_give_which_role(
    actor_role: str,
    at: str,
    role: str,
    on: str,
    allowed: bool,
    commune: Unit,
    other_commune: Unit,
    province: Unit,
    make_person: MakePerson,
    grant: Grant,
) -> None:
    units = {"commune": commune, "other": other_commune, "province": province}
    actor = make_person("Nguyễn Văn An", commune, phone="0912345678")
    grant(actor, actor_role, units[at])
    person = make_person("Trần Văn Bình", commune, phone="0912000001")
    assert actor.user is not None
    assert person.user is not None
    give = {"user": person.user, "role": role, "unit": units[on], "starts_on": TODAY()}
    if not allowed:
        with pytest.raises(RoleRefused):
            grant_role(actor=actor.user, **give)  # type: ignore[arg-type]
        standing = grant(person, role, units[on])
        with pytest.raises(RoleRefused):
            withdraw_role(actor=actor.user, grant=standing)
        assert RoleGrant.objects.get(pk=standing.pk).withdrawn_at is None
        return
    given = grant_role(actor=actor.user, **give)  # type: ignore[arg-type]
    assert roles_of(User.objects.get(pk=person.user.pk)) == {role}
    with pytest.raises(RoleRefused):
        grant_role(actor=actor.user, **give)  # type: ignore[arg-type]
    withdraw_role(actor=actor.user, grant=given)
    assert roles_of(User.objects.get(pk=person.user.pk)) == frozenset()


def test_roles_hold_from_a_day_to_a_day(commune: Unit, make_person: MakePerson) -> None:
    user = make_person("Nguyễn Văn An", commune).user
    assert user is not None
    day = timedelta(days=1)
    past = {"starts_on": TODAY() - 9 * day, "ends_on": TODAY() - day}
    later = {"starts_on": TODAY() + day, "ends_on": None}
    now = {"starts_on": TODAY(), "ends_on": TODAY()}
    for role, dates in (("author", past), ("leader", later), ("examiner", now)):
        grant_role(actor=None, user=user, role=role, unit=commune, **dates)
    assert roles_of(User.objects.get(pk=user.pk)) == {"examiner"}
    with pytest.raises(RoleRefused):
        grant_role(
            actor=None, user=user, role="author", unit=commune, starts_on=TODAY(),
            ends_on=TODAY() - day,
        )  # fmt: skip
    assert settings.LANTOA_IS_ADMINISTRATOR
