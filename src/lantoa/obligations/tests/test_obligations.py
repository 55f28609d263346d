"""Rules in data: who must, why, until when; what changes follow; petitions; reminders."""

from datetime import datetime, time, timedelta
from io import BytesIO

import pytest
from conftest import Grant, MakePerson, SignedIn
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from lantoa.audit.deliveries import drain
from lantoa.kernel import clock
from lantoa.kernel.clock import VIETNAM
from lantoa.notices.models import Message, Notice
from lantoa.obligations.actions.petitions import decide, petition
from lantoa.obligations.actions.recompute import recompute_all, recompute_rule
from lantoa.obligations.actions.remind import remind_due
from lantoa.obligations.actions.rules import change_rule, create_rule, end_rule
from lantoa.obligations.models import Obligation, Petition, Reminder, Rule
from lantoa.people.actions.change_unit import end_unit, move_unit
from lantoa.people.actions.close_person import close_person
from lantoa.people.actions.create_unit import create_unit
from lantoa.people.actions.transfer_person import transfer_person
from lantoa.people.models import Person, Unit
from lantoa.programmes.actions import enrol
from lantoa.programmes.actions.outcomes import record_outcome
from lantoa.programmes.models import Cohort, Enrolment, Programme

from .conftest import text, yearly

MOST_QUERIES, TRANSFER_QUERIES = 14, 40
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360f8cfc000000301010018dd8db00000000049454e44ae426082"
)


def states() -> dict[str, str]:
    rows = Obligation.objects.order_by("person__sort_key")
    return {row.person.given_name: row.state for row in rows}


def complete(cohort: Cohort, person: Person) -> None:
    enrol(cohort=cohort, persons=[person], actor=None)
    enrolment = Enrolment.objects.get(person=person)
    requirement = cohort.programme.requirements.get()
    record_outcome(enrolment=enrolment, requirement=requirement, passed=True, source="t:1")
    drain()


def test_a_rule_reaches_whom_it_says(rule: Rule) -> None:
    assert states() == {"An": "open", "Bình": "open", "Dung": "open"}
    year = clock.today().year
    assert set(Obligation.objects.values_list("year", "due_on")) == {(year, rule.due_on)}


def test_from_the_form_to_coverage(
    coordinator: Client, province: Unit, programme: Programme, people: list[Person]
) -> None:
    assert "Chưa có quy định nào" in text(coordinator, "/obligations/")
    year = clock.today().year
    sent = {
        "unit": province.pk,
        "title": "Lãnh đạo xã học số",
        "legal_basis": "",
        "programme": programme.pk,
        "categories": ["civil_servant"],
        "leaders": "yes",
        "unit_kinds": ["commune"],
        "repeat": "yearly",
        "starts_on": f"01/01/{year}",
        "due_on": f"31/12/{year}",
        "grace_days": 0,
    }
    page = coordinator.post("/obligations/new/", sent).content.decode()
    assert "aria-invalid" in page
    assert "Lãnh đạo xã học số" in page
    assert not Rule.objects.exists()
    sent["legal_basis"] = "Quyết định 146/QĐ-TTg"
    sent["periods"] = 40
    page = coordinator.post("/obligations/new/", sent).content.decode()
    assert "Hãy chọn một chương trình, hoặc nhập số tiết mỗi năm." in page
    del sent["periods"]
    page = coordinator.post("/obligations/new/", sent, follow=True).content.decode()
    assert "Quy định áp dụng cho 3 người." in page
    assert "Tỉnh Thái Nguyên: 0 trên 3 người đã hoàn thành" in page
    assert "Xã Phú Đình" in page
    rule = Rule.objects.get()
    edit = {**sent, "leaders": "", "unit_kinds": []}
    coordinator.post(f"/obligations/{rule.pk}/edit/", edit)
    assert states()["Cường"] == "open"


def test_what_is_done_counts_and_only_of_the_year(
    rule: Rule, cohort: Cohort, people: list[Person]
) -> None:
    complete(cohort, people[0])
    assert states() == {"An": "met", "Bình": "open", "Dung": "open"}
    row = Obligation.objects.get(state="met")
    assert row.met_on == clock.today()
    assert row.met_by.startswith("enrolment:")
    next_year = datetime.combine(rule.due_on + timedelta(days=40), time(9), VIETNAM)
    with clock.fixed(next_year):
        recompute_all()
        fresh = Obligation.objects.filter(year=next_year.year)
        assert {row.state for row in fresh} == {"open"}
        assert fresh.count() == 3


def test_so_many_periods_a_year(province: Unit, cohort: Cohort, people: list[Person]) -> None:
    fields = yearly(clock.today()) | {"periods": 40, "whom": {}}
    rule = create_rule(actor=None, unit=province, fields=fields)
    complete(cohort, people[0])
    assert states()["An"] == "open"  # 16 of 40
    change_rule(actor=None, rule=rule, fields={"periods": 16})
    assert states()["An"] == "met"


def test_a_transfer_recomputes_one_person(
    rule: Rule,
    people: list[Person],
    province: Unit,
    other_commune: Unit,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    today = clock.today()
    transfer_person(
        actor=None, person=people[0], unit=other_commune, title="Chủ tịch UBND", on_date=today
    )
    with django_assert_max_num_queries(TRANSFER_QUERIES):
        drain()
    assert Obligation.objects.get(person=people[0]).unit == other_commune
    transfer_person(actor=None, person=people[0], unit=province, title="Chuyên viên", on_date=today)
    drain()
    assert states()["An"] == "lapsed"  # no commune any more
    people[1].refresh_from_db()
    close_person(actor=None, person=people[1], left_on=today)
    drain()
    assert states()["Bình"] == "lapsed"
    assert states()["Dung"] == "open"


def test_a_merger_and_a_move_recompute_the_people_of_these_units(
    rule: Rule, people: list[Person], commune: Unit, other_commune: Unit, country: Unit
) -> None:
    end_unit(actor=None, unit=commune, ended_on=clock.today(), successor=other_commune)
    drain()
    assert Obligation.objects.get(person=people[0]).unit == other_commune
    beside = create_unit(actor=None, code="20", kind="province", name="Tỉnh Bên", parent=country)
    move_unit(actor=None, unit=other_commune, parent=beside)
    drain()
    assert states()["An"] == "lapsed"  # the rule is the former province's
    assert states()["Dung"] == "lapsed"


def test_recomputing_twice_changes_nothing(rule: Rule) -> None:
    assert recompute_rule(rule) == 0
    end_rule(actor=None, rule=rule, on=clock.today())
    assert set(states().values()) == {"open"}
    with clock.fixed(clock.now() + timedelta(days=2)):
        end_rule(actor=None, rule=rule, on=clock.today() - timedelta(days=1))
    assert set(states().values()) == {"lapsed"}


def test_why_this_is_mine_and_why_not(
    learner: Client, rule: Rule, people: list[Person], signed_in: SignedIn
) -> None:
    page = text(learner, "/obligations/mine/")
    assert "Còn 1 việc phải hoàn thành" in page
    assert "Quyết định 146/QĐ-TTg" in page
    assert "Công chức; lãnh đạo, quản lý" in page
    clerk = text(signed_in(people[2]), "/obligations/mine/")
    assert "Không còn việc nào phải hoàn thành" in clerk
    assert "theo chức vụ lãnh đạo" in clerk


def test_a_petition_for_more_time(
    coordinator: Client, learner: Client, rule: Rule, people: list[Person]
) -> None:
    row = Obligation.objects.get(person=people[0])
    path = f"/obligations/mine/{row.pk}/ask/"
    later = rule.due_on + timedelta(days=60)
    sent = {"kind": "extension", "words": "Đi công tác dài ngày", "until": "01/01/2020"}
    page = learner.post(path, sent).content.decode()
    assert "Hãy chọn một ngày sau hạn hiện nay." in page
    assert "Đi công tác dài ngày" in page
    learner.post(path, {**sent, "until": f"{later:%d/%m/%Y}"})
    assert "đang chờ trả lời" in text(learner, "/obligations/mine/")
    again = learner.post(path, {**sent, "until": f"{later:%d/%m/%Y}"}).content.decode()
    assert "Đề nghị trước của anh/chị đang chờ trả lời." in again
    found = Petition.objects.get()
    assert "1 đề nghị chờ trả lời" in text(coordinator, "/obligations/petitions/")
    refused = coordinator.post(f"/obligations/petitions/{found.pk}/", {"accepted": "no"})
    assert "Hãy nói vì sao không chấp nhận." in refused.content.decode()
    coordinator.post(f"/obligations/petitions/{found.pk}/", {"accepted": "yes"})
    row.refresh_from_db()
    assert row.due_on == later
    recompute_all()
    row.refresh_from_db()
    assert row.due_on == later
    assert Notice.objects.filter(title__startswith="Trả lời đề nghị").count() == 1


def test_exempt_and_a_certificate_from_elsewhere(
    rule: Rule, people: list[Person], learner: Client, coordinator: Client
) -> None:
    first, second = (Obligation.objects.get(person=people[n]) for n in (0, 1))
    path = f"/obligations/mine/{first.pk}/ask/"
    sent = {"kind": "equivalence", "words": "Chứng chỉ của trường"}
    page = learner.post(path, sent).content.decode()
    assert "Hãy đính kèm ảnh hoặc bản quét chứng chỉ." in page
    learner.post(path, {**sent, "file": SimpleUploadedFile("cc.png", PNG, "image/png")})
    found = Petition.objects.get()
    assert "Xem giấy tờ kèm theo" in text(coordinator, f"/obligations/petitions/{found.pk}/")
    decide(actor=None, found=found, accepted=True, answer="")
    assert people[1].user is not None
    asked = petition(
        actor=people[1].user, obligation=second, kind="exemption", words="Nghỉ thai sản"
    )
    decide(actor=None, found=asked, accepted=True, answer="")
    recompute_all()
    assert states() == {"An": "met", "Bình": "exempt", "Dung": "open"}
    page = text(coordinator, f"/obligations/{rule.pk}/units/{rule.unit_id}/")
    assert "50%" in page  # one of the two that are bound
    with pytest.raises(ValidationError, match="không còn mở"):
        petition(actor=people[1].user, obligation=second, kind="exemption", words="x")


def test_reminders_once_each_and_to_the_unit_at_last(
    rule: Rule, people: list[Person], commune_coordinator: Client, cohort: Cohort
) -> None:
    complete(cohort, people[1])

    def on(days: int) -> int:
        day = rule.due_on + timedelta(days=days)
        with clock.fixed(datetime.combine(day, time(9), VIETNAM)):
            return remind_due()

    Notice.objects.all().delete()
    assert on(-40) == 0
    assert on(-29) == 2
    assert on(-20) == 0
    assert on(-3) == 2
    assert on(1) == 2
    assert on(1) == 0
    assert Notice.objects.filter(user__person__in=people).count() == 6
    assert Message.objects.filter(channel="sms").count() == 0
    assert on(20) == 2
    told = Notice.objects.get(title__startswith="1 người của đơn vị quá hạn")
    assert told.url.endswith("?state=late")
    assert "Nguyễn Văn An" in text(commune_coordinator, told.url.partition("?")[0])
    assert on(25) == 0
    assert Reminder.objects.count() == 8


def test_who_reads_what(
    commune_coordinator: Client, stranger: Client, learner: Client, rule: Rule, commune: Unit
) -> None:
    own = f"/obligations/{rule.pk}/units/{commune.pk}/"
    page = text(commune_coordinator, own + "people/")
    assert "Nguyễn Văn An" in page
    assert "Vũ Thị Dung" not in page
    top = f"/obligations/{rule.pk}/units/{rule.unit_id}/"
    assert commune_coordinator.get(top).status_code == 404
    assert commune_coordinator.get(f"/obligations/{rule.pk}/edit/").status_code == 404
    for client in (stranger, learner):
        for path in (own, top, own + "people/", own + "people/export/"):
            assert client.get(path).status_code == 404, path
    row = Obligation.objects.exclude(person__user=None).order_by("-pk")[0]
    assert learner.get(f"/obligations/mine/{row.pk}/ask/").status_code == 404


def test_the_list_filters_and_goes_out(coordinator: Client, rule: Rule) -> None:
    path = f"/obligations/{rule.pk}/units/{rule.unit_id}/people/"
    assert "3 người" in text(coordinator, path)
    assert "0 người" in text(coordinator, path, state="met")
    assert "1 người" in text(coordinator, path, q="dung")
    answer = coordinator.get(path + "export/")
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    rows = book.get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows[-3:]] == ["Nguyễn Văn An", "Lê Thị Bình", "Vũ Thị Dung"]


def test_a_page_asks_as_much_for_many_units_as_for_one(
    coordinator: Client, rule: Rule, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(MOST_QUERIES):
        text(coordinator, f"/obligations/{rule.pk}/units/{rule.unit_id}/")
    for number in range(5):
        fields = yearly(clock.today()) | {"periods": 10 + number, "title": f"Quy định {number}"}
        create_rule(actor=None, unit=rule.unit, fields=fields)
    with django_assert_max_num_queries(MOST_QUERIES):
        assert "6 quy định về bồi dưỡng" in text(coordinator, "/obligations/")


def test_the_table_refuses_nonsense(rule: Rule, people: list[Person]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Rule.objects.filter(pk=rule.pk).update(programme=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Rule.objects.filter(pk=rule.pk).update(legal_basis="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Obligation.objects.filter(person=people[0]).update(state="met")


def test_a_grant_is_not_needed_to_see_ones_own(
    people: list[Person], signed_in: SignedIn, grant: Grant, make_person: MakePerson, country: Unit
) -> None:
    outside = make_person("Người Ngoài", country)
    page = text(signed_in(outside), "/obligations/mine/")
    assert "Chưa có quy định nào áp dụng cho anh/chị" in page


def test_late_ones_are_told_by_mail_or_by_message(rule: Rule, people: list[Person]) -> None:
    first, second = people[0].user, people[1].user
    assert first is not None
    assert second is not None
    first.email, second.phone = "an@xa.example", "0990000011"
    first.save()
    second.save()
    day = rule.due_on + timedelta(days=1)
    with clock.fixed(datetime.combine(day, time(9), VIETNAM)):
        remind_due()
        remind_due()
    sent = set(Message.objects.values_list("channel", "recipient"))
    assert sent == {("email", "an@xa.example"), ("sms", "0990000011")}
    assert Message.objects.count() == 2
