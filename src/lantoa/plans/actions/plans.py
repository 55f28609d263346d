"""Writing a plan down, issuing it, revising, closing. A draft is changed freely; of an issued plan
every change is a version with its reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.files.models import StoredFile
from lantoa.kernel.text import clean
from lantoa.people.models import Unit
from lantoa.plans.models import Plan, PlanBudget, PlannedCohort, PlanStep, Quota
from lantoa.programmes.models import Programme


@dataclass(frozen=True)
class PlanFields:
    """`legal_basis`: one document a line. `budget`: source -> whole đồng."""

    title: str
    starts_on: date
    ends_on: date
    decision_number: str = ""
    decision_date: date | None = None
    legal_basis: str = ""
    programmes: Sequence[Programme] = ()
    target_groups: Sequence[str] = ()
    budget: Mapping[str, int] = field(default_factory=dict)
    document: StoredFile | None = None


@transaction.atomic
def create_plan(
    *, actor: User | None, unit: Unit, fields: PlanFields, made_from: Plan | None = None
) -> Plan:
    """A draft. Raises ValidationError by field."""
    _check(unit, fields, None)
    plan = Plan(unit=unit, made_from=made_from, created_by_id=actor.pk if actor else None)
    _write(plan, fields)
    record(actor=actor, action="plans.create_plan", on=plan, data=_told(fields))
    return plan


@transaction.atomic
def change_plan(*, actor: User | None, plan: Plan, fields: PlanFields) -> Plan:
    """Of a draft. A programme that has quotas in it cannot be taken out."""
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if plan.state != Plan.State.DRAFT:
        raise ValidationError(_("Kế hoạch đã ban hành thì chỉ điều chỉnh, kèm lý do."))
    _check(plan.unit, fields, plan)
    _write(plan, fields)
    record(actor=actor, action="plans.change_plan", on=plan, data=_told(fields))
    return plan


@transaction.atomic
def issue_plan(*, actor: User | None, plan: Plan) -> Plan:
    """Raises ValidationError where the decision's number or date is missing."""
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if plan.state != Plan.State.DRAFT:
        raise ValidationError(_("Kế hoạch này đã ban hành."))
    if not plan.decision_number or plan.decision_date is None:
        raise ValidationError(_("Hãy nhập số và ngày quyết định trước khi ban hành."))
    plan.state = Plan.State.ISSUED
    plan.save()
    _step(plan, PlanStep.Kind.ISSUE, actor)
    record(actor=actor, action="plans.issue_plan", on=plan, data={})
    return plan


@transaction.atomic
def revise_plan(*, actor: User | None, plan: Plan, fields: PlanFields, reason: str) -> Plan:
    """A new version of an issued plan; the earlier ones stay readable."""
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if plan.state != Plan.State.ISSUED:
        raise ValidationError(_("Chỉ điều chỉnh được kế hoạch đang có hiệu lực."))
    if not clean(reason):
        raise ValidationError({"reason": _("Hãy ghi lý do điều chỉnh.")})
    if not clean(fields.decision_number) or fields.decision_date is None:
        raise ValidationError({"decision_number": _("Kế hoạch đã ban hành phải có quyết định.")})
    _check(plan.unit, fields, plan)
    _write(plan, fields)
    _step(plan, PlanStep.Kind.REVISE, actor, reason)
    record(actor=actor, action="plans.revise_plan", on=plan, data=_told(fields))
    return plan


@transaction.atomic
def close_plan(*, actor: User | None, plan: Plan, reason: str = "") -> Plan:
    """Nothing more is posted or opened under it; what people have begun they may finish."""
    return _turn(actor, plan, Plan.State.ISSUED, Plan.State.CLOSED, PlanStep.Kind.CLOSE, reason)


@transaction.atomic
def reopen_plan(*, actor: User | None, plan: Plan, reason: str) -> Plan:
    return _turn(actor, plan, Plan.State.CLOSED, Plan.State.ISSUED, PlanStep.Kind.REOPEN, reason)


def _turn(
    actor: User | None, plan: Plan, before: str, after: str, kind: PlanStep.Kind, reason: str
) -> Plan:
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if plan.state != before:
        raise ValidationError(_("Trạng thái của kế hoạch vừa đổi. Hãy tải lại trang."))
    plan.state = after
    plan.save()
    _step(plan, kind, actor, reason)
    record(actor=actor, action=f"plans.{kind}_plan", on=plan, data={})
    return plan


def _check(unit: Unit, fields: PlanFields, plan: Plan | None) -> None:
    if fields.ends_on < fields.starts_on:
        raise ValidationError({"ends_on": _("Ngày kết thúc phải từ ngày bắt đầu trở đi.")})
    number = clean(fields.decision_number)
    same = Plan.objects.filter(
        unit=unit, decision_number=number, decision_date=fields.decision_date
    )
    same = same.exclude(pk=plan.pk) if plan else same
    if number and same.exists():
        raise ValidationError(
            {"decision_number": _("Đã có một kế hoạch theo quyết định này của đơn vị.")}
        )
    if plan is not None and _used(plan) - {p.pk for p in fields.programmes}:
        raise ValidationError(
            {"programmes": _("Chương trình đã có chỉ tiêu hoặc đợt học thì không bỏ ra được.")}
        )


def _used(plan: Plan) -> set[int]:
    cohorts = PlannedCohort.objects.filter(plan=plan)
    return set(plan.quotas.values_list("programme_id", flat=True)) | set(
        cohorts.values_list("cohort__programme_id", flat=True)
    )


def _write(plan: Plan, fields: PlanFields) -> None:
    plan.title = clean(fields.title)
    plan.decision_number = clean(fields.decision_number)
    plan.decision_date = fields.decision_date
    plan.starts_on, plan.ends_on = fields.starts_on, fields.ends_on
    plan.legal_basis = "\n".join(filter(None, map(clean, fields.legal_basis.splitlines())))
    plan.target_groups = list(fields.target_groups)
    plan.document = fields.document
    plan.save()
    plan.programmes.set(fields.programmes)
    PlanBudget.objects.filter(plan=plan).delete()
    PlanBudget.objects.bulk_create(
        PlanBudget(plan=plan, source=source, amount=amount)
        for source, amount in fields.budget.items()
        if amount
    )


def _step(plan: Plan, kind: PlanStep.Kind, actor: User | None, reason: str = "") -> None:
    versions = PlanStep.objects.filter(plan=plan, version__isnull=False).count()
    is_version = kind in (PlanStep.Kind.ISSUE, PlanStep.Kind.REVISE)
    PlanStep.objects.create(
        plan=plan,
        kind=kind,
        version=versions + 1 if is_version else None,
        content=content_of(plan) if is_version else {},
        reason=clean(reason),
        by_id=actor.pk if actor else None,
    )


def content_of(plan: Plan) -> dict[str, Any]:
    """The plan as it stands, for a version: names, not ids, since these may change."""
    quotas = Quota.objects.filter(plan=plan, unit=plan.unit_id)
    return {
        "title": plan.title,
        "decision_number": plan.decision_number,
        "decision_date": plan.decision_date.isoformat() if plan.decision_date else None,
        "starts_on": plan.starts_on.isoformat(),
        "ends_on": plan.ends_on.isoformat(),
        "legal_basis": plan.bases,
        "programmes": list(plan.programmes.order_by("title").values_list("title", flat=True)),
        "target_groups": plan.target_groups,
        "budget": dict(plan.budgets.values_list("source", "amount")),
        "quotas": [
            [quota.programme.title, quota.measure, quota.count]
            for quota in quotas.select_related("programme").order_by("programme__title", "measure")
        ],
        "document": plan.document.name if plan.document else "",
    }


def _told(fields: PlanFields) -> dict[str, Any]:
    number = clean(fields.decision_number)
    return {"decision_number": number, "programmes": [p.pk for p in fields.programmes]}
