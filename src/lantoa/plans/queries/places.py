"""How many places a unit's quota leaves."""

from lantoa.people.models import UnitLink
from lantoa.plans.models import NominationList, Quota
from lantoa.plans.models.quotas import Measure
from lantoa.programmes.models import Enrolment


def free_places(names: NominationList) -> int | None:
    """The quota of the list's unit less the persons of it (and under it) who are enrolled in the
    programme under the plan. None: the unit has no quota, so nothing bounds it."""
    planned = names.call.planned
    programme = planned.cohort.programme_id
    quota = Quota.objects.filter(
        plan=planned.plan_id, programme=programme, unit=names.unit_id, measure=Measure.PERSONS
    )
    count = quota.values_list("count", flat=True).first()
    if count is None:
        return None
    enrolled = Enrolment.objects.filter(
        cohort__planned__plan=planned.plan_id,
        cohort__programme=programme,
        withdrawn_at=None,
        unit_id__in=UnitLink.objects.filter(ancestor=names.unit_id).values("unit_id"),
    )
    return count - enrolled.values("person").distinct().count()
