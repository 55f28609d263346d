"""Entering and changing a plan, opening and changing its cohorts."""

import pytest
from django.test import Client
from django.urls import reverse

from lantoa.people.models import Unit
from lantoa.plans.models import Plan, PlannedCohort
from lantoa.programmes.models import Cohort, Programme

FIELDS = {
    "title": "Kế hoạch 2023",
    "decision_number": "99/QĐ-UBND",
    "decision_date": "2023-01-05",
    "legal_basis": "QĐ 146/QĐ-TTg",
    "starts_on": "01/02/2023",
    "ends_on": "2023-12-31",
}


def test_a_plan_is_entered(province: Unit, programme: Programme, coordinator: Client) -> None:
    data = {**FIELDS, "unit": province.pk, "programmes": [programme.pk]}
    answer = coordinator.post(reverse("plans:new_plan"), data)
    plan = Plan.objects.get(decision_number="99/QĐ-UBND")
    assert answer["Location"] == reverse("plans:plan", args=[plan.pk])
    assert list(plan.programmes.all()) == [programme]
    again = coordinator.post(reverse("plans:new_plan"), data)
    assert "Đã có một kế hoạch theo quyết định này" in again.content.decode()
    assert Plan.objects.filter(decision_number="99/QĐ-UBND").count() == 1


def test_what_was_typed_stays_when_wrong(province: Unit, coordinator: Client) -> None:
    data = {**FIELDS, "unit": province.pk, "ends_on": "2022-01-01"}
    page = coordinator.post(reverse("plans:new_plan"), data).content.decode()
    assert "Ngày kết thúc phải từ ngày bắt đầu trở đi" in page
    assert "Kế hoạch 2023" in page
    assert not Plan.objects.exists()


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("decision_date", "05/01/0023"),
        ("starts_on", "01/02/0001"),
        ("starts_on", "31/12/1999"),
        ("ends_on", "01/01/2101"),
        ("ends_on", "31/12/9999"),
    ],
)
def test_years_that_nobody_means_are_refused(
    province: Unit, coordinator: Client, field: str, typed: str
) -> None:
    data = {**FIELDS, "unit": province.pk, field: typed}
    answer = coordinator.post(reverse("plans:new_plan"), data)
    page = answer.content.decode()
    assert answer.context["form"].errors[field] == ["Năm phải từ 2000 đến 2100."]
    assert f'value="{typed}"' in page
    assert "Kế hoạch 2023" in page
    assert not Plan.objects.exists()


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("opens_on", "01/01/0030", "Năm phải từ 2000 đến 2100."),
        ("closes_on", "01/02/9999", "Năm phải từ 2000 đến 2100."),
        ("closes_on", "31/12/2029", "Ngày kết thúc phải từ ngày mở trở đi."),
        ("closes_on", "30/02/2030", "Hãy nhập ngày theo dạng dd/mm/yyyy."),
    ],
)
def test_a_cohorts_window_is_refused_in_words(
    plan: Plan, programme: Programme, coordinator: Client, field: str, typed: str, words: str
) -> None:
    window = {"name": "Đợt 9", "opens_on": "01/01/2030", "closes_on": "01/02/2030", field: typed}
    url = reverse("plans:new_cohort", args=[plan.pk])
    answer = coordinator.post(url, {**window, "programme": programme.pk})
    assert answer.context["form"].errors[field] == [words]
    page = answer.content.decode()
    assert all(f'value="{value}"' in page for value in window.values())
    assert not Cohort.objects.exists()


def test_a_used_programme_stays_in_the_plan(
    plan: Plan, programme: Programme, cohort: Cohort, coordinator: Client
) -> None:
    url = reverse("plans:edit_plan", args=[plan.pk])
    why = {**FIELDS, "reason": "đổi tên"}
    page = coordinator.post(url, {**why, "programmes": []}).content.decode()
    assert "không bỏ ra được" in page
    assert coordinator.post(url, {**why, "programmes": [programme.pk]}).status_code == 302
    plan.refresh_from_db()
    assert plan.title == "Kế hoạch 2023"


def test_a_cohort_is_opened_and_moved(
    plan: Plan, programme: Programme, coordinator: Client
) -> None:
    window = {"name": "Đợt 9", "opens_on": "2030-01-01", "closes_on": "2030-02-01"}
    url = reverse("plans:new_cohort", args=[plan.pk])
    wrong = {**window, "programme": programme.pk, "closes_on": "2029-01-01"}
    assert "Ngày kết thúc phải từ ngày mở" in coordinator.post(url, wrong).content.decode()
    coordinator.post(url, {**window, "programme": programme.pk})
    cohort = Cohort.objects.get()
    assert PlannedCohort.objects.get().plan == plan
    edit = reverse("plans:edit_cohort", args=[cohort.pk])
    assert coordinator.post(edit, {**window, "closes_on": "2030-03-01"}).status_code == 302
    cohort.refresh_from_db()
    assert cohort.closes_on.month == 3


def test_a_preset_proposes_windows(plan: Plan, programme: Programme, coordinator: Client) -> None:
    type(programme).objects.update(preset="kiem-tra-quy")
    page = coordinator.get(reverse("plans:new_cohort", args=[plan.pk])).content.decode()
    assert "Quý II/2022" in page
    filled = coordinator.get(
        reverse("plans:new_cohort", args=[plan.pk]),
        {"name": "Quý II/2022", "opens_on": "2022-04-01", "closes_on": "x"},
    ).content.decode()
    assert "2022-04-01" in filled
