"""The coverage page says its answer first, sorts, leads to people, and goes out as a sheet."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lantoa.audit.models import Event
from lantoa.kernel import clock
from lantoa.notices.models import Notice
from lantoa.people.models import Person, Unit
from lantoa.plans.models import Plan
from lantoa.programmes.models import Cohort, Enrolment, Programme


def _url(name: str, plan: Plan, programme: Programme, unit: Unit) -> str:
    return reverse(f"plans:{name}", args=[plan.pk, programme.pk, unit.pk])


def _sheet(answer: Any) -> Any:
    assert answer.status_code == 200
    return openpyxl.load_workbook(BytesIO(answer.getvalue())).active


def test_the_heading_is_the_answer(
    plan: Plan,
    programme: Programme,
    province: Unit,
    commune: Unit,
    enrolled: list[Enrolment],
    quotas: None,
    coordinator: Client,
) -> None:
    Enrolment.objects.filter(pk=enrolled[0].pk).update(completed_at=clock.now())
    page = coordinator.get(_url("coverage", plan, programme, province)).content.decode()
    assert "Tỉnh Thái Nguyên: 1 trên 10 người đã hoàn thành" in page
    assert "số liệu lúc" in page
    bare = coordinator.get(_url("coverage", plan, programme, commune)).content.decode()
    assert "Xã Phú Đình: 1 trên 4 người đã hoàn thành" in bare


def test_few_queries(
    plan: Plan,
    programme: Programme,
    province: Unit,
    enrolled: list[Enrolment],
    quotas: None,
    coordinator: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    coordinator.get("/plans/")
    with django_assert_max_num_queries(13):
        coordinator.get(_url("coverage", plan, programme, province))
    with django_assert_max_num_queries(16):
        coordinator.get(_url("people", plan, programme, province))


@pytest.mark.parametrize(
    ("sort", "first"),
    [("unit", "Xã Phú Đình"), ("attention", "Xã Văn Hán"), ("enrolled", "Xã Phú Đình"), ("x", "")],
)
def test_sorting(
    plan: Plan,
    programme: Programme,
    province: Unit,
    enrolled: list[Enrolment],
    coordinator: Client,
    sort: str,
    first: str,
) -> None:
    Enrolment.objects.filter(pk=enrolled[0].pk).update(completed_at=clock.now())
    page = coordinator.get(_url("coverage", plan, programme, province), {"sort": sort})
    rows = [r.unit.name for r in page.context["rows"]]
    assert not first or rows[0] == first


def test_people_in_vietnamese_order_with_filters(
    plan: Plan, programme: Programme, province: Unit, enrolled: list[Enrolment], coordinator: Client
) -> None:
    url = _url("people", plan, programme, province)
    page = coordinator.get(url)
    names = [x.person.given_name for x in page.context["learners"]]
    assert names == ["An", "Bình", "Cường", "Dung"]
    assert "4 người đã ghi danh" in page.content.decode()
    found = coordinator.get(url, {"q": "le thi binh"}).context["learners"]
    assert [x.person.given_name for x in found] == ["Bình"]
    found = coordinator.get(url, {"state": "inactive"}).context["learners"]
    assert [x.person.given_name for x in found] == ["Cường"]
    assert "Không có ai" in coordinator.get(url, {"state": "late"}).content.decode()


def test_sheet_of_people_is_ordered_dated_and_harmless(
    plan: Plan,
    programme: Programme,
    province: Unit,
    enrolled: list[Enrolment],
    people: list[Person],
    coordinator: Client,
) -> None:
    Person.objects.filter(pk=people[0].pk).update(birth_date="1980-03-02", title="=HYPERLINK(1)")
    sheet = _sheet(coordinator.get(_url("people_export", plan, programme, province)))
    rows = list(sheet.iter_rows(values_only=True))
    head = next(i for i, row in enumerate(rows) if row[0] == "STT")
    assert rows[head][:5] == ("STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị")
    assert rows[0][0] == "TỈNH THÁI NGUYÊN"
    first = rows[head + 1]
    assert first[:4] == (1, "Nguyễn Văn An", "02/03/1980", "=HYPERLINK(1)")
    cell = sheet.cell(row=head + 2, column=4)
    assert cell.data_type == "s", "text, not a formula"
    assert cell.quotePrefix
    assert [row[1] for row in rows[head + 1 :]][-1] == "Vũ Thị Dung"
    assert Event.objects.get(action="plans.export_learners").data["persons"] == len(people)


def test_sheet_of_units_adds_up(
    plan: Plan,
    programme: Programme,
    province: Unit,
    enrolled: list[Enrolment],
    quotas: None,
    coordinator: Client,
) -> None:
    sheet = _sheet(coordinator.get(_url("coverage_export", plan, programme, province)))
    rows = list(sheet.iter_rows(values_only=True))
    head = next(i for i, row in enumerate(rows) if row[0] == "STT")
    assert rows[head][2] == "Chỉ tiêu (người)"
    assert rows[head + 1][1:5] == ("Xã Phú Đình", 4, 0, 3)
    assert rows[-1][1:5] == ("Tổng cộng", 10, 0, 4)


def test_reminding_late_people_once_a_day(
    plan: Plan,
    programme: Programme,
    province: Unit,
    enrolled: list[Enrolment],
    people: list[Person],
    coordinator: Client,
) -> None:
    Enrolment.objects.filter(pk=enrolled[0].pk).update(completed_at=clock.now())
    Cohort.objects.update(opens_on="2022-01-01", closes_on="2022-01-31")
    url = _url("remind", plan, programme, province)
    for _again in range(2):
        assert coordinator.post(url).status_code == 302
    assert Notice.objects.count() == 3
    assert not Notice.objects.filter(user=people[0].user).exists()
