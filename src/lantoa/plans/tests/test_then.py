"""A plan's figures as now, merged units counting for their heirs, and as then."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lantoa.kernel import clock
from lantoa.people.actions.change_unit import end_unit, move_unit
from lantoa.people.actions.create_unit import create_unit
from lantoa.people.models import Person, Unit
from lantoa.people.queries.units import unit_by_code
from lantoa.plans.indicators import coverage
from lantoa.plans.models import Plan
from lantoa.plans.models.quotas import Book
from lantoa.plans.queries.people import learners_of
from lantoa.plans.queries.quota_tree import quota_tree
from lantoa.programmes.models import Enrolment, Programme

TODAY = clock.today()
BEFORE = TODAY - timedelta(days=1)


@pytest.fixture
def merged(commune: Unit, other_commune: Unit, enrolled: list[Enrolment], quotas: None) -> Unit:
    """The commune with three enrolled and a quota of 4 goes into the other one, which has one."""
    Enrolment.objects.filter(pk=enrolled[0].pk).update(completed_at=clock.now())
    end_unit(actor=None, unit=commune, ended_on=TODAY, successor=other_commune, document="NQ 5")
    commune.refresh_from_db()
    return commune


def _of(
    plan: Plan, programme: Programme, unit: Unit, on: date | None
) -> dict[str, tuple[object, ...]]:
    found = coverage(plan, programme, unit, on=on)
    rows = [found.total, *found.children]
    return {r.name: (r.figures.quota, r.figures.enrolled, r.figures.completed) for r in rows}


def test_as_now_the_heir_counts_what_merged_into_it(
    plan: Plan, programme: Programme, province: Unit, other_commune: Unit, merged: Unit
) -> None:
    now = _of(plan, programme, province, None)
    assert now == {"Tỉnh Thái Nguyên": (10, 4, 1), other_commune.name: (4, 4, 1)}
    below = _of(plan, programme, other_commune, None)
    assert below == {other_commune.name: (4, 4, 1), merged.name: (4, 3, 1)}
    tree = {
        row.unit.pk: (row.count, row.is_wrong)
        for row in quota_tree(Book(plan, programme), province)
    }
    assert tree == {province.pk: (10, False), other_commune.pk: (4, False)}


def test_as_then_each_stands_where_it_stood(
    plan: Plan, programme: Programme, province: Unit, other_commune: Unit, merged: Unit
) -> None:
    then = _of(plan, programme, province, BEFORE)
    assert then == {
        "Tỉnh Thái Nguyên": (10, 4, 1),
        merged.name: (4, 3, 1),
        other_commune.name: (None, 1, 0),
    }
    assert learners_of(plan, programme, other_commune, on=BEFORE).count() == 1
    assert learners_of(plan, programme, other_commune).count() == 4


def test_the_page_offers_both_and_says_which(
    plan: Plan,
    programme: Programme,
    province: Unit,
    other_commune: Unit,
    merged: Unit,
    coordinator: Client,
) -> None:
    url = reverse("plans:coverage", args=[plan.pk, programme.pk, other_commune.pk])
    page = coordinator.get(url).content.decode()
    assert "Như hiện nay" in page
    assert "hết hiệu lực từ" in page
    page = coordinator.get(url, {"on": f"{BEFORE:%d/%m/%Y}"}).content.decode()
    assert f"Như khi đó, ngày {BEFORE:%d/%m/%Y}" in page
    assert "ở đây có thêm 3 người" in page
    assert "hết hiệu lực từ" not in page
    assert re.search(r"people/\?on=\d\d", page)
    wrong = coordinator.get(url, {"on": "hôm qua"}).content.decode()
    assert "Ghi ngày dạng 31/12/2022." in wrong
    people = reverse("plans:people", args=[plan.pk, programme.pk, other_commune.pk])
    listed = coordinator.get(people, {"on": f"{BEFORE:%d/%m/%Y}"}).content.decode()
    assert "theo cây đơn vị ngày" in listed
    assert "Vũ Thị Dung" in listed
    assert "Lê Thị Bình" not in listed
    sheet = coordinator.get(url + "export/", {"on": f"{BEFORE:%d/%m/%Y}"})
    assert sheet.status_code == 200


def test_who_moved_out_of_reach_is_counted_but_not_named(
    plan: Plan,
    programme: Programme,
    province: Unit,
    country: Unit,
    commune: Unit,
    enrolled: list[Enrolment],
    coordinator: Client,
) -> None:
    beside = create_unit(actor=None, code="20", kind="province", name="Tỉnh Bên", parent=country)
    move_unit(actor=None, unit=commune, parent=beside, on_date=TODAY)
    url = reverse("plans:coverage", args=[plan.pk, programme.pk, province.pk])
    page = coordinator.get(url, {"on": f"{BEFORE:%d/%m/%Y}"}).content.decode()
    assert "Xã Phú Đình" in page
    assert f"../{commune.pk}/" not in page
    people = reverse("plans:people", args=[plan.pk, programme.pk, province.pk])
    listed = coordinator.get(people, {"on": f"{BEFORE:%d/%m/%Y}"}).content.decode()
    assert "Vũ Thị Dung" in listed
    assert "Lê Thị Bình" not in listed


def test_a_page_without_past_offers_nothing(
    plan: Plan, programme: Programme, province: Unit, people: list[Person], coordinator: Client
) -> None:
    url = reverse("plans:coverage", args=[plan.pk, programme.pk, province.pk])
    assert "Như hiện nay" not in coordinator.get(url).content.decode()
    assert unit_by_code("19") == province
