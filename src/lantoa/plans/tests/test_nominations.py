"""Units name people for a cohort; the level above approves, trims, returns; who waits moves up."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lantoa.audit.models import Event
from lantoa.kernel import clock
from lantoa.notices.models import Notice
from lantoa.people.actions.change_unit import end_unit
from lantoa.people.actions.create_unit import create_unit
from lantoa.people.models import Person, Unit
from lantoa.plans.actions import open_planned_cohort, set_quotas
from lantoa.plans.actions.nominations import (
    ask_for_names,
    decide_names,
    fill_places,
    name_people,
    send_names,
)
from lantoa.plans.indicators import coverage
from lantoa.plans.models import Nomination, NominationCall, NominationList, Plan
from lantoa.plans.models.quotas import Book
from lantoa.programmes.actions import withdraw_enrolment
from lantoa.programmes.models import Cohort, Enrolment, Programme

MOST_QUERIES = 30
State = Nomination.State


def text(client: Client, path: str, **query: str) -> str:
    response = client.get(path, query)
    assert response.status_code == 200, path
    return response.content.decode()


def post(client: Client, path: str, step: str, **more: object) -> str:
    answer = client.post(path, {"step": step, **more}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def call(cohort: Cohort) -> NominationCall:
    due_on = clock.today() + timedelta(days=7)
    return ask_for_names(actor=None, planned=cohort.planned, due_on=due_on, note="Ưu tiên nữ.")


@pytest.fixture
def path(cohort: Cohort, commune: Unit, call: NominationCall) -> str:
    return f"/plans/cohorts/{cohort.pk}/nominations/{commune.pk}/"


@pytest.fixture
def two_places(plan: Plan, programme: Programme, province: Unit, commune: Unit) -> None:
    counts = {province.pk: 10, commune.pk: 2}
    set_quotas(actor=None, book=Book(plan, programme), counts=counts)


@pytest.fixture
def sent(
    two_places: None, people: list[Person], path: str, commune_coordinator: Client
) -> NominationList:
    """The commune's three, in the order An, Bình, Cường, for two places."""
    for person in people[:3]:
        post(commune_coordinator, path, "add", person=person.pk)
    post(commune_coordinator, path, "send")
    return NominationList.objects.get()


def decision(names: NominationList, *states: str) -> dict[str, str]:
    rows = names.names.order_by("pk")
    return {f"n{row.pk}": state for row, state in zip(rows, states, strict=True)}


def standing(names: NominationList) -> list[str]:
    return list(names.names.order_by("pk").values_list("state", flat=True))


def in_cohort(cohort: Cohort) -> set[str]:
    held = Enrolment.objects.filter(cohort=cohort, withdrawn_at=None)
    return set(held.values_list("person__given_name", flat=True))


def test_the_cohorts_coordinator_asks_until_a_day(
    cohort: Cohort, coordinator: Client, commune_coordinator: Client, commune: Unit
) -> None:
    page, ask = f"/plans/cohorts/{cohort.pk}/", f"/plans/cohorts/{cohort.pk}/nominations/"
    assert "Mời các đơn vị đề cử" in text(coordinator, page)
    late = cohort.closes_on + timedelta(days=1)
    wrong = coordinator.post(ask, {"due_on": f"{late:%d/%m/%Y}", "note": "Nhớ gửi"})
    assert "Hạn đề cử phải trước khi đợt kết thúc." in wrong.content.decode()
    assert "Nhớ gửi" in wrong.content.decode()
    coordinator.post(ask, {"due_on": f"{clock.today():%d/%m/%Y}", "note": "Nhớ gửi"})
    told = text(commune_coordinator, page)
    assert "Nhớ gửi" in told
    assert commune.name in told
    assert commune_coordinator.get(ask).status_code == 404
    assert Event.objects.filter(action="plans.ask_for_names").count() == 1


def test_a_unit_names_its_people_in_order_and_sends_them(
    two_places: None, people: list[Person], path: str, commune_coordinator: Client
) -> None:
    page = text(commune_coordinator, path)
    for words in ("Danh sách chưa có ai", "chỉ tiêu còn 2 chỗ", "Ưu tiên nữ.", "Lê Thị Bình"):
        assert words in page
    assert "Vũ Thị Dung" not in page  # of the other commune
    assert "Nguyễn Văn An" not in text(commune_coordinator, path, q="binh")
    assert "đánh dấu ít nhất một người" in post(commune_coordinator, path, "add")
    for person in people:
        post(commune_coordinator, path, "add", person=person.pk)
    names = NominationList.objects.get()
    assert list(names.names.order_by("pk").values_list("person", flat=True)) == [
        person.pk for person in people[:3]
    ]
    last = names.names.order_by("pk").last()
    assert last is not None
    assert "Đã bỏ" in post(commune_coordinator, path, "remove", nomination=last.pk)
    assert "Đã gửi danh sách" in post(commune_coordinator, path, "send")
    assert "không sửa được" in post(commune_coordinator, path, "send")
    assert names.names.count() == 2
    told = text(commune_coordinator, path)
    assert "Thêm vào danh sách" not in told
    assert "Gửi danh sách 2 người" in told


def test_what_is_late_or_empty_is_not_sent(
    people: list[Person], path: str, call: NominationCall, commune_coordinator: Client
) -> None:
    assert "Danh sách chưa có ai" in post(commune_coordinator, path, "send")
    post(commune_coordinator, path, "add", person=people[0].pk)
    NominationCall.objects.update(due_on=clock.today() - timedelta(days=1))
    assert "Đã quá hạn đề cử" in post(commune_coordinator, path, "send")
    assert NominationList.objects.get().state == NominationList.State.DRAFT


def test_the_level_above_returns_with_a_comment_and_it_comes_again(
    coordinator: Client, sent: NominationList, path: str, commune_coordinator: Client
) -> None:
    chosen = decision(sent, "approved", "approved", "waiting")
    assert "Hãy nói đơn vị cần sửa gì." in post(coordinator, path, "return", **chosen)
    post(coordinator, path, "return", comment="Thiếu lãnh đạo phụ trách.", **chosen)
    assert "Thiếu lãnh đạo phụ trách." in text(commune_coordinator, path)
    post(commune_coordinator, path, "send")
    sent.refresh_from_db()
    assert (sent.state, sent.comment) == ("sent", "")


def test_it_approves_trims_and_lets_wait_within_the_quota(
    sent: NominationList, path: str, cohort: Cohort, coordinator: Client
) -> None:
    page = text(coordinator, path)
    assert page.count('<option value="approved" selected>') == 2
    assert page.count('<option value="waiting" selected>') == 1
    three = decision(sent, "approved", "approved", "approved")
    refused = post(coordinator, path, "decide", comment="Đồng ý", **three)
    assert "còn 2 chỗ, đang cử 3 người" in refused
    assert "Đồng ý" in refused
    assert in_cohort(cohort) == set()
    chosen = decision(sent, "approved", "trimmed", "waiting")
    assert "Đã cử và ghi danh 1 người" in post(coordinator, path, "decide", **chosen)
    assert standing(sent) == ["approved", "trimmed", "waiting"]
    assert in_cohort(cohort) == {"An"}
    assert "không còn chờ duyệt" in post(coordinator, path, "decide", **chosen)
    assert standing(sent) == ["approved", "trimmed", "waiting"]
    batch = Enrolment.objects.get().batch
    assert batch is not None
    assert batch.choice.startswith("Đề cử của")


def test_who_withdraws_leaves_the_place_to_who_waits(
    sent: NominationList, path: str, cohort: Cohort, coordinator: Client
) -> None:
    post(coordinator, path, "decide", **decision(sent, "approved", "approved", "waiting"))
    first = Enrolment.objects.get(person__given_name="An")
    page = coordinator.post(f"/plans/enrolments/{first.pk}/withdraw/", follow=True)
    assert "Trần Văn Cường trong danh sách chờ vào thay." in page.content.decode()
    assert standing(sent) == ["withdrawn", "approved", "approved"]
    assert in_cohort(cohort) == {"Bình", "Cường"}
    assert "1 người rút, 1 người trong danh sách chờ vào thay" in text(coordinator, path)


def test_a_cohort_that_is_over_takes_nobody_more(
    sent: NominationList, path: str, cohort: Cohort, coordinator: Client
) -> None:
    post(coordinator, path, "decide", **decision(sent, "approved", "approved", "waiting"))
    yesterday = clock.today() - timedelta(days=1)
    Cohort.objects.filter(pk=cohort.pk).update(closes_on=yesterday)
    first = Enrolment.objects.get(person__given_name="An")
    page = coordinator.post(f"/plans/enrolments/{first.pk}/withdraw/", follow=True)
    assert page.status_code == 200
    assert in_cohort(cohort) == {"Bình"}
    assert "Không có chỗ trống" in post(coordinator, path, "fill")


def test_places_are_filled_by_hand_too_and_never_beyond(
    sent: NominationList, path: str, cohort: Cohort, coordinator: Client,
    commune_coordinator: Client,
) -> None:  # fmt: skip
    post(coordinator, path, "decide", **decision(sent, "approved", "waiting", "waiting"))
    assert "Vào thay: Lê Thị Bình." in post(coordinator, path, "fill")
    assert "Không có chỗ trống" in post(coordinator, path, "fill")
    assert standing(sent) == ["approved", "approved", "waiting"]
    assert commune_coordinator.post(path, {"step": "fill"}).status_code == 404
    withdraw_enrolment(
        enrolment=Enrolment.objects.filter(person__given_name="An").get(), actor=None
    )
    Person.objects.filter(given_name="Cường").update(left_on=clock.today())
    assert fill_places(actor=None, names=sent) == []  # who left waits in vain


def test_nobody_decides_for_themselves_and_beside_ones_units_nothing_exists(
    sent: NominationList, path: str, cohort: Cohort, other_commune: Unit, leader: Client,
    commune_coordinator: Client, province: Unit, coordinator: Client,
) -> None:  # fmt: skip
    chosen = decision(sent, "approved", "approved", "waiting")
    assert commune_coordinator.post(path, {"step": "decide", **chosen}).status_code == 404
    sent.refresh_from_db()
    assert sent.state == NominationList.State.SENT
    assert commune_coordinator.post(path, {"step": "nonsense"}).status_code == 404
    beside = f"/plans/cohorts/{cohort.pk}/nominations/{other_commune.pk}/"
    assert commune_coordinator.get(beside).status_code == 404
    assert leader.get(path).status_code == 404
    own = f"/plans/cohorts/{cohort.pk}/nominations/{province.pk}/"
    assert coordinator.get(own).status_code == 404  # the cohort's own unit asks, and isn't asked


def test_the_database_and_the_action_hold_it_too(
    sent: NominationList, people: list[Person]
) -> None:
    with pytest.raises(ValidationError, match="từng người"):
        decide_names(actor=None, names=sent, states={})
    with pytest.raises(IntegrityError), transaction.atomic():
        Nomination.objects.create(list=sent, call=sent.call, person=people[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        NominationList.objects.filter(pk=sent.pk).update(state="returned", comment="")


def test_the_pages_take_few_queries(
    sent: NominationList, path: str, cohort: Cohort, coordinator: Client, commune: Unit,
    make_person: Callable[..., Person], django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    more = [make_person(f"Người {n}", commune) for n in range(20)]
    Nomination.objects.bulk_create(
        Nomination(list=sent, call=sent.call, person=person) for person in more
    )
    for page in (path, f"/plans/cohorts/{cohort.pk}/"):
        with django_assert_max_num_queries(MOST_QUERIES):
            text(coordinator, page)


def test_both_sides_are_told_of_each_step(
    coordinator: Client, sent: NominationList, path: str, commune_coordinator: Client
) -> None:
    def told(client: Client) -> list[str]:
        pk = client.session["_auth_user_id"]
        return list(Notice.objects.filter(user=pk).order_by("pk").values_list("title", flat=True))

    assert told(coordinator) == ["Xã Phú Đình đã gửi danh sách đề cử"]
    assert told(commune_coordinator) == []
    chosen = decision(sent, "approved", "approved", "waiting")
    post(coordinator, path, "return", comment="Thêm người thay thế.", **chosen)
    returned = Notice.objects.get(title__endswith="được trả lại để sửa")
    assert (returned.body, returned.url) == ("Thêm người thay thế.", path)
    post(commune_coordinator, path, "send")
    assert len(told(coordinator)) == 2  # a list that comes again is news again
    post(coordinator, path, "decide", **chosen)
    assert told(commune_coordinator) == [
        "Danh sách đề cử của Xã Phú Đình được trả lại để sửa",
        "Danh sách đề cử của Xã Phú Đình đã duyệt: 2 trên 3 người",
    ]


def _nominated(plan: Plan, programme: Programme, unit: Unit, on: date | None = None) -> list[int]:
    """In persons and in person-times."""
    figures = coverage(plan, programme, unit, on=on).total.figures
    return [figures.nominated, figures.nominated_times]


def test_the_nominated_are_who_stands_on_a_list_that_left_its_unit(
    plan: Plan, programme: Programme, province: Unit, commune: Unit, sent: NominationList
) -> None:
    expected = {"draft": 0, "sent": 3, "returned": 0, "approved": 3}
    for state, count in expected.items():
        NominationList.objects.update(state=state, comment="Sửa lại")
        assert _nominated(plan, programme, commune) == [count, count], state
    for state, count in {"proposed": 3, "approved": 3, "waiting": 3}.items():
        sent.names.update(state=state)
        assert _nominated(plan, programme, province) == [count, count], state
    first = sent.names.order_by("pk").first()
    assert first is not None
    for state in (State.TRIMMED, State.WITHDRAWN):
        sent.names.filter(pk=first.pk).update(state=state)
        assert _nominated(plan, programme, province) == [2, 2], state


def test_named_for_two_cohorts_is_one_person_and_two_times(
    plan: Plan,
    programme: Programme,
    province: Unit,
    commune: Unit,
    other_commune: Unit,
    people: list[Person],
    sent: NominationList,
) -> None:
    today = clock.today()
    second = open_planned_cohort(
        plan=plan,
        programme=programme,
        name="Đợt 2",
        opens_on=today,
        closes_on=today + timedelta(days=60),
        actor=None,
    )
    again = ask_for_names(actor=None, planned=second.planned, due_on=today)
    name_people(actor=None, call=again, unit=other_commune, persons=people[:1])
    assert _nominated(plan, programme, province) == [3, 3]
    send_names(actor=None, names=NominationList.objects.get(call=again))
    assert _nominated(plan, programme, province) == [3, 4]
    # Who stands on two lists counts for the newest one's unit, and their lượt with them.
    assert _nominated(plan, programme, commune) == [2, 2]
    assert _nominated(plan, programme, other_commune) == [1, 2]


def test_the_nominated_of_a_merged_unit_count_for_its_heir_as_now_not_as_then(
    plan: Plan, programme: Programme, commune: Unit, other_commune: Unit, sent: NominationList
) -> None:
    today = clock.today()
    end_unit(actor=None, unit=commune, ended_on=today, successor=other_commune, document="NQ 5")
    assert _nominated(plan, programme, other_commune) == [3, 3]
    before = today - timedelta(days=1)
    assert _nominated(plan, programme, other_commune, before) == [0, 0]
    assert _nominated(plan, programme, commune, before) == [3, 3]


def test_the_page_and_the_sheet_show_the_nominated(
    plan: Plan, programme: Programme, province: Unit, sent: NominationList, coordinator: Client
) -> None:
    url = reverse("plans:coverage", args=[plan.pk, programme.pk, province.pk])
    page = text(coordinator, url, sort="nominated")
    assert '<td class="lt-num" data-label="Đã đề cử">3</td>' in page
    answer: Any = coordinator.get(url + "export/")
    sheet: Any = openpyxl.load_workbook(BytesIO(answer.getvalue())).active
    cells = list(sheet.values)
    heads = next(row for row in cells if "STT" in row)
    assert cells[-1][heads.index("Đã đề cử (người)")] == 3


def test_units_without_a_list_are_shown_a_page_at_a_time(
    call: NominationCall,
    cohort: Cohort,
    commune: Unit,
    other_commune: Unit,
    people: list[Person],
    coordinator: Client,
    commune_coordinator: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    page = f"/plans/cohorts/{cohort.pk}/"
    few = text(coordinator, page)
    assert "2 đơn vị chưa lập danh sách" in few
    assert "Tìm đơn vị" not in few
    for number in range(60):
        create_unit(
            actor=None, code=f"T{number}", kind="agency", name=f"Tổ {number:02}", parent=commune
        )
    with django_assert_max_num_queries(16):
        many = text(coordinator, page)
    assert "62 đơn vị chưa lập danh sách" in many
    assert many.count("/nominations/") == 51  # a page of them, and the call's own form
    assert f"{commune.name} (61)" in many
    assert f"{other_commune.name} (1)" in many
    assert text(coordinator, page, page="2").count("/nominations/") == 13
    found = text(coordinator, page, q="to 07")
    assert "Tổ 07" in found
    assert found.count("/nominations/") == 2
    beside = text(coordinator, page, under=str(other_commune.pk))
    assert beside.count("/nominations/") == 2
    assert "Tổ 07" not in beside
    assert "Không có đơn vị nào khớp" in text(coordinator, page, q="không có thật")
    for odd in ("x", "-1", "9" * 30):
        assert "62 đơn vị" in text(coordinator, page, under=odd, page=odd)
    # Who coordinates the commune sees none beside it, whatever they ask for.
    own = text(commune_coordinator, page, under=str(other_commune.pk))
    assert "61 đơn vị chưa lập danh sách" in own
    assert other_commune.name not in own
