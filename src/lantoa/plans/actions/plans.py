from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.kernel.text import clean
from lantoa.people.models import Unit
from lantoa.plans.models import Plan, PlannedCohort
from lantoa.programmes.models import Programme


def _check(
    unit: Unit, number: str, decided: date, starts_on: date, ends_on: date, plan: Plan | None
) -> None:
    if ends_on < starts_on:
        raise ValidationError({"ends_on": _("Ngày kết thúc phải từ ngày bắt đầu trở đi.")})
    same = Plan.objects.filter(unit=unit, decision_number=number, decision_date=decided)
    same = same.exclude(pk=plan.pk) if plan else same
    if same.exists():
        raise ValidationError(
            {"decision_number": _("Đã có một kế hoạch theo quyết định này của đơn vị.")}
        )


@transaction.atomic
def create_plan(
    *,
    actor: User | None,
    unit: Unit,
    title: str,
    decision_number: str,
    decision_date: date,
    starts_on: date,
    ends_on: date,
    legal_basis: str = "",
    programmes: Sequence[Programme] = (),
) -> Plan:
    """Enter a plan as its decision says. Raises ValidationError by field."""
    decision_number = clean(decision_number)
    _check(unit, decision_number, decision_date, starts_on, ends_on, None)
    plan = Plan.objects.create(
        unit=unit,
        title=clean(title),
        decision_number=decision_number,
        decision_date=decision_date,
        legal_basis=clean(legal_basis),
        starts_on=starts_on,
        ends_on=ends_on,
        created_by_id=actor.pk if actor else None,
    )
    plan.programmes.set(programmes)
    data = {"decision_number": decision_number, "programmes": [p.pk for p in programmes]}
    record(actor=actor, action="plans.create_plan", on=plan, data=data)
    return plan


@transaction.atomic
def change_plan(
    *,
    actor: User | None,
    plan: Plan,
    title: str,
    decision_number: str,
    decision_date: date,
    starts_on: date,
    ends_on: date,
    legal_basis: str = "",
    programmes: Sequence[Programme] = (),
) -> Plan:
    """Change a plan. A programme that has quotas or cohorts in it cannot be taken out."""
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    decision_number = clean(decision_number)
    _check(plan.unit, decision_number, decision_date, starts_on, ends_on, plan)
    used = set(plan.quotas.values_list("programme_id", flat=True)) | set(
        PlannedCohort.objects.filter(plan=plan).values_list("cohort__programme_id", flat=True)
    )
    if used - {p.pk for p in programmes}:
        raise ValidationError(
            {"programmes": _("Chương trình đã có chỉ tiêu hoặc đợt học thì không bỏ ra được.")}
        )
    plan.title = clean(title)
    plan.decision_number, plan.decision_date = decision_number, decision_date
    plan.starts_on, plan.ends_on = starts_on, ends_on
    plan.legal_basis = clean(legal_basis)
    plan.save()
    plan.programmes.set(programmes)
    data = {"decision_number": decision_number, "programmes": [p.pk for p in programmes]}
    record(actor=actor, action="plans.change_plan", on=plan, data=data)
    return plan
