"""The ledger of quotas: nothing is overwritten, everything adds up, each step in words."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from lantoa.audit.models import Event
from lantoa.kernel import clock
from lantoa.people.actions.create_unit import create_unit
from lantoa.people.models import Unit
from lantoa.plans.actions import (
    Document,
    borrow_quota,
    return_quota,
    reverse_posting,
    set_quotas,
)
from lantoa.plans.models import Plan, Quota, QuotaLine, QuotaPosting
from lantoa.plans.models.quotas import Book, Measure
from lantoa.plans.queries.ledger import entries_of, lines_of, summed
from lantoa.plans.queries.quota_tree import levels_of, quota_tree
from lantoa.plans.queries.quotas import quota_table
from lantoa.programmes.models import Programme


@pytest.fixture
def book(plan: Plan, programme: Programme) -> Book:
    return Book(plan, programme)


@pytest.fixture
def given(book: Book, province: Unit, commune: Unit, other_commune: Unit) -> Book:
    counts = {province.pk: 100, commune.pk: 60, other_commune.pk: 40}
    set_quotas(actor=None, book=book, counts=counts)
    return book


def held(book: Book) -> dict[int, int]:
    rows = Quota.objects.filter(plan=book.plan, programme=book.programme, measure=book.measure)
    return dict(rows.values_list("unit_id", "count"))


def url(name: str, book: Book, unit: Unit, *more: int) -> str:
    return reverse(f"plans:{name}", args=[book.plan.pk, book.programme.pk, unit.pk, *more])


def test_a_change_is_a_line_more_and_what_stood_can_be_read(
    given: Book, province: Unit, commune: Unit
) -> None:
    with clock.fixed(clock.now() + timedelta(days=3)):
        document = Document("45/QĐ-UBND", date(2022, 5, 4), "thêm cán bộ xã")
        set_quotas(actor=None, book=given, counts={commune.pk: 75}, document=document)
        set_quotas(actor=None, book=given, counts={commune.pk: 70})
    assert held(given)[commune.pk] == 70
    entries = entries_of(given, commune)
    assert [(e.change, e.balance) for e in entries] == [(-5, 70), (15, 75), (60, 60)]
    assert entries[1].posting.document == "45/QĐ-UBND ngày 04/05/2022"
    assert [e.balance for e in entries_of(given, commune, clock.today())] == [60]
    # What the province passed down is in its own book too, and takes nothing from its own quota.
    assert {e.balance for e in entries_of(given, province)} == {100}


def test_a_unit_lends_to_its_sibling_what_it_has_not_passed_down(
    given: Book, commune: Unit, other_commune: Unit, province: Unit
) -> None:
    borrow_quota(actor=None, book=given, giver=commune, taker=other_commune, count=25)
    assert held(given) == {province.pk: 100, commune.pk: 35, other_commune.pk: 65}
    assert quota_table(given, province).left == 0
    with pytest.raises(ValidationError, match=r"chỉ còn 35 chưa giao tiếp xuống"):
        borrow_quota(actor=None, book=given, giver=commune, taker=other_commune, count=36)
    with pytest.raises(ValidationError, match=r"cùng cấp trên"):
        borrow_quota(actor=None, book=given, giver=commune, taker=province, count=1)


def test_what_was_passed_down_cannot_be_returned(given: Book, commune: Unit) -> None:
    hamlet = create_unit(actor=None, code="", kind="agency", name="Trạm Y tế", parent=commune)
    set_quotas(actor=None, book=given, counts={hamlet.pk: 50})
    with pytest.raises(ValidationError, match=r"chỉ còn 10 chưa giao"):
        return_quota(actor=None, book=given, unit=commune, count=11)
    return_quota(actor=None, book=given, unit=commune, count=10)
    assert held(given)[commune.pk] == 50


def test_a_posting_is_taken_back_once_by_its_opposite(
    given: Book, commune: Unit, other_commune: Unit
) -> None:
    before = held(given)
    lent = borrow_quota(actor=None, book=given, giver=commune, taker=other_commune, count=25)
    reverse_posting(actor=None, posting=lent, reason="nhập nhầm")
    assert held(given) == before
    assert [e.change for e in entries_of(given, commune)] == [25, -25, 60]
    with pytest.raises(ValidationError, match=r"đã được hủy"):
        reverse_posting(actor=None, posting=lent, reason="lần nữa")


def test_what_was_given_on_meanwhile_cannot_be_taken_back(
    given: Book, commune: Unit, other_commune: Unit
) -> None:
    lent = borrow_quota(actor=None, book=given, giver=commune, taker=other_commune, count=25)
    set_quotas(actor=None, book=given, counts={other_commune.pk: 10})
    with pytest.raises(ValidationError, match=r"chỉ có 10, không đủ để lấy đi 25"):
        reverse_posting(actor=None, posting=lent, reason="nhập nhầm")
    assert held(given)[other_commune.pk] == 10


def test_persons_and_person_times_are_two_books(given: Book, commune: Unit) -> None:
    times = Book(given.plan, given.programme, Measure.TIMES)
    set_quotas(actor=None, book=times, counts={commune.pk: 120})
    assert held(times) == {commune.pk: 120}
    assert held(given)[commune.pk] == 60


def test_whatever_happens_the_balance_is_the_sum_of_the_lines(
    book: Book, province: Unit, commune: Unit, other_commune: Unit
) -> None:
    rng = Random(20221121)
    units = [commune, other_commune]
    for _step in range(60):
        try:
            match rng.randrange(4):
                case 0:
                    counts = {u.pk: rng.choice([None, rng.randrange(90)]) for u in units}
                    set_quotas(actor=None, book=book, counts=counts)
                case 1:
                    giver, taker = rng.sample(units, 2)
                    count = rng.randrange(1, 30)
                    borrow_quota(actor=None, book=book, giver=giver, taker=taker, count=count)
                case 2:
                    unit, count = rng.choice(units), rng.randrange(1, 30)
                    return_quota(actor=None, book=book, unit=unit, count=count)
                case _:
                    posting = QuotaPosting.objects.order_by("?").first()
                    if posting:
                        reverse_posting(actor=None, posting=posting, reason="thử")
        except ValidationError:
            continue
        assert summed(lines_of(book)) == held(book)
        table = quota_table(book, province)
        assert table.passed_down == sum(held(book).values())
        assert all((row.count or 0) == row.kept + row.passed_down for row in table.rows)
    assert QuotaLine.objects.count() > 30


@pytest.mark.parametrize("wrong", ["nothing", "itself", "nobody"])
def test_the_database_takes_no_line_that_moves_nothing(
    given: Book, commune: Unit, wrong: str
) -> None:
    posting = QuotaPosting.objects.get()
    taker = None if wrong == "nobody" else commune
    giver = commune if wrong == "itself" else None
    with pytest.raises(IntegrityError), transaction.atomic():
        QuotaLine.objects.create(
            posting=posting,
            way="down",
            giver=giver,
            taker=taker,
            count=0 if wrong == "nothing" else 1,
        )


def test_the_pages_move_return_and_take_back(
    given: Book,
    province: Unit,
    commune: Unit,
    other_commune: Unit,
    coordinator: Client,
    commune_coordinator: Client,
) -> None:
    lend = url("borrow_quota", given, province)
    typed = {"giver": commune.pk, "taker": other_commune.pk, "count": "1.000", "reason": "ốm"}
    answer = coordinator.post(lend, typed)
    assert answer.status_code == 422
    assert "chỉ còn 60 chưa giao tiếp xuống" in answer.content.decode()
    assert 'value="1.000"' in answer.content.decode()
    assert coordinator.post(lend, {**typed, "count": "20"}).status_code == 302

    back = url("return_quota", given, commune)
    assert commune_coordinator.post(back, {"count": "5"}).status_code == 302
    assert held(given) == {province.pk: 100, commune.pk: 35, other_commune.pk: 60}

    page = commune_coordinator.get(url("ledger", given, commune)).content.decode()
    for words in (
        "Trả lại 5 cho Tỉnh Thái Nguyên",
        "Chuyển 20 sang",
        "Tỉnh Thái Nguyên giao 60",
        "ốm",
    ):
        assert words in page
    lent = QuotaPosting.objects.get(kind="borrow")
    take_back = url("reverse_posting", given, province, lent.pk)
    assert coordinator.post(take_back, {"reason": ""}).status_code == 422
    assert coordinator.post(take_back, {"reason": "nhầm"}).status_code == 302
    assert held(given)[commune.pk] == 55
    actions = Event.objects.filter(action__contains="quota").values_list("action", flat=True)
    assert {"plans.borrow_quota", "plans.return_quota", "plans.set_quotas"} <= set(actions)


def test_who_manages_one_of_two_units_does_not_move_between_them(
    given: Book,
    province: Unit,
    commune: Unit,
    other_commune: Unit,
    commune_coordinator: Client,
    leader: Client,
) -> None:
    lent = borrow_quota(actor=None, book=given, giver=commune, taker=other_commune, count=5)
    before = held(given)
    doors = [
        url("borrow_quota", given, province),
        url("return_quota", given, province),
        url("return_quota", given, other_commune),
        url("reverse_posting", given, commune, lent.pk),
        url("ledger", given, other_commune),
    ]
    for door in doors:
        assert commune_coordinator.post(door, {"count": "1", "reason": "x"}).status_code in (
            404,
            405,
        )
        assert commune_coordinator.get(door).status_code == 404
    assert leader.get(url("ledger", given, commune)).status_code == 200
    assert leader.post(url("return_quota", given, commune), {"count": "1"}).status_code == 404
    assert held(given) == before


def test_the_book_as_of_a_day(given: Book, commune: Unit, coordinator: Client) -> None:
    with clock.fixed(clock.now() + timedelta(days=2)):
        set_quotas(actor=None, book=given, counts={commune.pk: 75})
    page = url("ledger", given, commune)
    day = clock.today().strftime("%d/%m/%Y")
    assert "60 người tính đến hết" in coordinator.get(page, {"on": day}).content.decode()
    wrong = coordinator.get(page, {"on": "32/13/2022"})
    assert wrong.status_code == 422
    assert "32/13/2022" in wrong.content.decode()


def test_the_table_keeps_its_document_and_what_was_typed(
    given: Book, province: Unit, commune: Unit, coordinator: Client
) -> None:
    page = url("quotas", given, province)
    typed = {f"u{commune.pk}": "61", "document_number": "9/QĐ", "document_date": "mai"}
    answer = coordinator.post(page, typed)
    assert answer.status_code == 422
    assert 'value="61"' in answer.content.decode()
    assert 'value="9/QĐ"' in answer.content.decode()
    coordinator.post(page, {**typed, "document_date": "02/03/2022", "measure": "persons"})
    assert entries_of(given, commune)[0].posting.document == "9/QĐ ngày 02/03/2022"


def test_the_tree_names_who_gave_too_much_and_who_has_it_from_nobody(
    book: Book, province: Unit, commune: Unit, other_commune: Unit, coordinator: Client
) -> None:
    page = url("quota_tree", book, province)
    assert "Chưa giao chỉ tiêu" in coordinator.get(page).content.decode()
    set_quotas(actor=None, book=book, counts={province.pk: 100, commune.pk: 60})
    assert "khớp từ trên xuống dưới" in coordinator.get(page).content.decode()

    clinic = create_unit(actor=None, code="", kind="agency", name="Trạm Y tế", parent=other_commune)
    set_quotas(actor=None, book=book, counts={commune.pk: 130, clinic.pk: 7})
    shown = coordinator.get(page).content.decode()
    assert "Giao xuống vượt 30 người." in shown
    assert "Đơn vị cấp trên chưa được giao chỉ tiêu." in shown
    rows = {row.unit.pk: row for row in quota_tree(book, province)}
    assert [row.unit.pk for row in rows.values() if row.is_wrong] == [
        province.pk,
        other_commune.pk,
        clinic.pk,
    ]
    assert rows[clinic.pk].is_orphan
    sheet = coordinator.get(url("quota_tree_export", book, province))
    assert sheet.status_code == 200
    assert sheet["Content-Type"].endswith("spreadsheetml.sheet")


def test_reading_the_tree_asks_as_often_for_many_units_as_for_few(
    book: Book, province: Unit, commune: Unit, django_assert_num_queries: Any
) -> None:
    under = [
        create_unit(actor=None, code="", kind="agency", name=f"Tổ {n}", parent=commune)
        for n in range(12)
    ]
    set_quotas(actor=None, book=book, counts={province.pk: 100, commune.pk: 60})
    set_quotas(actor=None, book=book, counts={unit.pk: 5 for unit in under})
    with django_assert_num_queries(2):
        rows = quota_tree(book, province)
    assert [level.count for level in levels_of(rows)] == [100, 60, 60]
    assert sum(row.kept for row in rows) == 100


def test_a_long_ledger_comes_in_pages(
    given: Book, province: Unit, commune: Unit, coordinator: Client
) -> None:
    for count in range(100, 160):
        set_quotas(actor=None, book=given, counts={commune.pk: count})
    page = url("ledger", given, commune)
    first = coordinator.get(page)
    assert len(first.context["page"].object_list) == 50
    assert f"{commune.name}: 159 người" in first.content.decode()
    last = coordinator.get(page, {"page": 2})
    assert [entry.balance for entry in last.context["page"]][-1] == 60
