"""From the draft to the closed plan: who sees it, what each version said, money and groups."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from lantoa.audit.models import Event
from lantoa.files.models import StoredFile
from lantoa.people.models import Unit
from lantoa.plans.models import Plan, PlanStep, Quota
from lantoa.plans.plan_form import MoneyField
from lantoa.plans.years import a_year_on, next_year
from lantoa.programmes.models import Programme

FIELDS = {
    "title": "Kế hoạch đào tạo năm 2024",
    "starts_on": "01/02/2024",
    "ends_on": "31/12/2024",
    "legal_basis": "QĐ 146/QĐ-TTg\nKH 12/KH-UBND",
    "target_groups": ["civil_servants", "specialists"],
    "money_local": "1.500.000.000",
    "money_central": "",
}


def url(name: str, plan: Plan, *more: int) -> str:
    return reverse(f"plans:{name}", args=[plan.pk, *more])


@pytest.fixture
def draft(province: Unit, programme: Programme, coordinator: Client) -> Plan:
    data = {**FIELDS, "unit": province.pk, "programmes": [programme.pk]}
    assert coordinator.post(reverse("plans:new_plan"), data).status_code == 302
    return Plan.objects.get()


def test_a_draft_is_seen_only_by_who_keeps_it(
    draft: Plan,
    programme: Programme,
    province: Unit,
    coordinator: Client,
    commune_coordinator: Client,
    leader: Client,
) -> None:
    assert draft.state == Plan.State.DRAFT
    page = coordinator.get(url("plan", draft)).content.decode()
    for words in ("Bản thảo", "KH 12/KH-UBND", "Công chức", "1.500.000.000 đ"):
        assert words in page
    for other in (commune_coordinator, leader):
        assert other.get(url("plan", draft)).status_code == 404
        assert draft.title not in other.get(reverse("plans:plans")).content.decode()
    scope = [draft.pk, programme.pk, province.pk]
    assert leader.get(reverse("plans:coverage", args=scope)).status_code == 404
    assert draft.title in coordinator.get(reverse("plans:plans")).content.decode()


def test_it_is_issued_only_with_a_decision_and_then_stands_for_all(
    draft: Plan, programme: Programme, coordinator: Client, leader: Client
) -> None:
    refused = coordinator.post(url("issue_plan", draft), follow=True).content.decode()
    assert "Hãy nhập số và ngày quyết định" in refused
    decided = {**FIELDS, "decision_number": "7/QĐ-UBND", "decision_date": "05/01/2024"}
    decided["programmes"] = [str(programme.pk)]
    coordinator.post(url("edit_plan", draft), decided)
    assert leader.post(url("issue_plan", draft)).status_code == 404
    coordinator.post(url("issue_plan", draft))
    draft.refresh_from_db()
    assert draft.state == Plan.State.ISSUED
    assert leader.get(url("plan", draft)).status_code == 200
    assert coordinator.post(url("issue_plan", draft)).status_code == 404, "once"
    assert Event.objects.filter(action="plans.issue_plan").count() == 1


def test_a_revision_is_a_version_and_the_old_one_stays_readable(
    plan: Plan, programme: Programme, coordinator: Client, leader: Client
) -> None:
    data = {
        **FIELDS,
        "decision_number": "1210/QĐ-UBND",
        "decision_date": "01/03/2022",
        "programmes": [programme.pk],
    }
    without = coordinator.post(url("edit_plan", plan), data)
    assert "reason" in without.context["form"].errors
    assert PlanStep.objects.filter(plan=plan).count() == 1
    why = {**data, "reason": "Bổ sung kinh phí"}
    assert coordinator.post(url("edit_plan", plan), why).status_code == 302
    assert list(PlanStep.objects.order_by("pk").values_list("version", flat=True)) == [1, 2]
    first = leader.get(url("version", plan, 1)).content.decode()
    assert "Kế hoạch đào tạo kỹ năng số" in first
    assert "<del>" not in first
    second = leader.get(url("version", plan, 2)).content.decode()
    assert "Kế hoạch đào tạo năm 2024" in second
    assert "<del>Kế hoạch đào tạo kỹ năng số</del>" in second
    assert "Bổ sung kinh phí" in second
    assert leader.get(url("version", plan, 3)).status_code == 404


def test_a_closed_plan_stands_still_until_it_is_reopened(
    plan: Plan, programme: Programme, province: Unit, quotas: None, coordinator: Client
) -> None:
    assert coordinator.post(url("close_plan", plan), {"reason": ""}).status_code == 422
    assert coordinator.post(url("close_plan", plan), {"reason": "đã tổng kết"}).status_code == 302
    before = dict(Quota.objects.values_list("unit_id", "count"))
    table = reverse("plans:quotas", args=[plan.pk, programme.pk, province.pk])
    assert coordinator.get(table).status_code == 200
    assert coordinator.post(table, {f"u{province.pk}": "99"}).status_code == 404
    assert coordinator.get(url("edit_plan", plan)).status_code == 404
    window = {"programme": programme.pk, "name": "Đợt 9"}
    window |= {"opens_on": "2030-01-01", "closes_on": "2030-02-01"}
    answer = coordinator.post(url("new_cohort", plan), window)
    assert "kế hoạch đang có hiệu lực" in answer.content.decode()
    assert dict(Quota.objects.values_list("unit_id", "count")) == before
    coordinator.post(url("reopen_plan", plan), {"reason": "còn một đợt"})
    assert coordinator.post(table, {f"u{province.pk}": "99"}).status_code == 302


def test_next_years_plan_begins_with_this_years(
    plan: Plan,
    programme: Programme,
    province: Unit,
    commune: Unit,
    quotas: None,
    coordinator: Client,
) -> None:
    Plan.objects.update(title="Kế hoạch năm 2022", ends_on=date(2022, 12, 31))
    start = reverse("plans:new_plan") + f"?from={plan.pk}"
    form = coordinator.get(start).context["form"]
    assert form["title"].value() == "Kế hoạch năm 2023"
    assert form["starts_on"].value() == date(2023, 4, 1)
    data = {**FIELDS, "unit": province.pk, "programmes": [programme.pk], "copy_quotas": "on"}
    assert coordinator.post(start, data).status_code == 302
    made = Plan.objects.get(made_from=plan)
    counts = Quota.objects.filter(plan=made).values_list("unit_id", "count")
    assert dict(counts) == {province.pk: 10, commune.pk: 4}


def test_a_plan_of_somebody_else_is_no_start(
    plan: Plan, commune_coordinator: Client, stranger: Client
) -> None:
    start = reverse("plans:new_plan") + f"?from={plan.pk}"
    assert commune_coordinator.get(start).status_code == 404
    assert stranger.get(start).status_code == 404


def test_the_paper_is_kept_and_a_wrong_one_refused(
    draft: Plan, programme: Programme, coordinator: Client
) -> None:
    typed = {**FIELDS, "programmes": [programme.pk]}
    wrong = SimpleUploadedFile("ke-hoach.pdf", b"MZ not a pdf", "application/pdf")
    answer = coordinator.post(url("edit_plan", draft), {**typed, "document": wrong})
    assert "document" in answer.context["form"].errors
    assert "Kế hoạch đào tạo năm 2024" in answer.content.decode()
    paper = SimpleUploadedFile("ke-hoach.pdf", PDF, "application/pdf")
    late = {**typed, "document": paper, "ends_on": "01/01/2023"}
    assert "ends_on" in coordinator.post(url("edit_plan", draft), late).context["form"].errors
    assert not StoredFile.objects.filter(name="ke-hoach.pdf").exists()
    paper.seek(0)
    assert (
        coordinator.post(url("edit_plan", draft), {**typed, "document": paper}).status_code == 302
    )
    assert "ke-hoach.pdf" in coordinator.get(url("plan", draft)).content.decode()
    assert coordinator.post(url("edit_plan", draft), typed).status_code == 302
    draft.refresh_from_db()
    assert draft.document is not None, "no new file keeps the old one"


PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("", 0),
        ("1500000", 1_500_000),
        ("1.500.000", 1_500_000),
        ("1 500 000 đ", 1_500_000),
        ("450,000,000 VNĐ", 450_000_000),
        ("1,5", None),
        ("1.50", None),
        ("-3", None),
        ("một triệu", None),
        ("9" * 16, None),
    ],
)
def test_money_is_whole_dong(typed: str, amount: int | None) -> None:
    field = MoneyField(required=False)
    if amount is None:
        with pytest.raises(Exception, match="không có phần lẻ"):
            field.clean(typed)
    else:
        assert field.clean(typed) == amount


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2023, 4, 1), date(2024, 4, 1)),
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2023, 12, 31), date(2024, 12, 31)),
    ],
)
def test_a_year_on(day: date, later: date) -> None:
    assert a_year_on(day) == later


def test_only_the_year_in_the_title_moves_on() -> None:
    values: dict[str, Any] = {
        "title": "Đào tạo 2023 theo QĐ 20231",
        "starts_on": date(2023, 1, 1),
        "ends_on": date(2023, 12, 31),
        "decision_number": "1/QĐ",
        "decision_date": date(2023, 1, 1),
    }
    moved = next_year(values)
    assert moved["title"] == "Đào tạo 2024 theo QĐ 20231"
    assert (moved["decision_number"], moved["decision_date"]) == ("", None)


def test_the_database_issues_nothing_without_a_decision(province: Unit) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.create(
            unit=province,
            title="Không số",
            state=Plan.State.ISSUED,
            starts_on=date(2024, 1, 1),
            ends_on=date(2024, 2, 1),
        )
