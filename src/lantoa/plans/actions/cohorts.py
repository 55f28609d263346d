from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.people.models import Unit
from lantoa.plans.models import Plan, PlannedCohort
from lantoa.programmes.actions import open_cohort
from lantoa.programmes.models import Cohort, Programme


@transaction.atomic
def open_planned_cohort(
    *,
    plan: Plan,
    programme: Programme,
    name: str,
    opens_on: date,
    closes_on: date,
    actor: User | None,
    unit: Unit | None = None,
) -> Cohort:
    """Open a cohort under a plan that stands, for the plan's unit or one under it."""
    if plan.state != Plan.State.ISSUED:
        raise ValidationError(_("Chỉ mở đợt theo kế hoạch đang có hiệu lực."))
    cohort = open_cohort(
        programme=programme,
        unit=unit or plan.unit,
        name=name,
        opens_on=opens_on,
        closes_on=closes_on,
        actor=actor,
    )
    PlannedCohort.objects.create(plan=plan, cohort=cohort)
    plan.programmes.add(programme)
    record(actor=actor, action="plans.open_planned_cohort", on=plan, data={"cohort": cohort.pk})
    return cohort
