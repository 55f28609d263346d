"""Plans, their programmes and cohorts, and the part of the tree a reader may see of them."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from lantoa.accounts.models import User
from lantoa.people.models import Unit, UnitLink
from lantoa.plans.models import Plan, PlannedCohort
from lantoa.plans.permissions import above, managed_units, readable_units
from lantoa.programmes.models import Cohort, EnrolmentBatch, Programme


def plans_visible(user: User) -> QuerySet[Plan]:
    """Plans of units in reach, and of the units these stand under: those concern them too."""
    return (
        Plan.objects.filter(unit_id__in=above(readable_units(user)))
        .select_related("unit")
        .annotate(can_manage=_is_managed(user, "unit_id"))
        .order_by("-starts_on", "-pk")
    )


def plan_for(user: User, pk: int) -> Plan:
    return get_object_or_404(plans_visible(user), pk=pk)


def plan_managed(user: User, pk: int) -> Plan:
    return get_object_or_404(plans_visible(user).filter(unit_id__in=managed_units(user)), pk=pk)


def units_managed(user: User) -> QuerySet[Unit]:
    return Unit.objects.filter(pk__in=managed_units(user), ended_on__isnull=True)


def programmes_usable(user: User) -> QuerySet[Programme]:
    """Programmes of units in reach and of the units above, which lower ones adopt."""
    return Programme.objects.filter(unit_id__in=above(managed_units(user))).order_by("title")


def _is_managed(user: User, unit: str) -> Exists:
    return Exists(managed_units(user).filter(unit_id=OuterRef(unit)))


@dataclass(frozen=True)
class Scope:
    """What a reader looks at: a programme of a plan in a unit, and the way there from their top."""

    plan: Plan
    programmes: list[Programme]
    programme: Programme
    unit: Unit
    can_manage: bool
    trail: list[Unit]


def units_under(user: User, plan: Plan) -> QuerySet[Unit]:
    """The plan's units that the reader may see, with `can_manage`."""
    under = UnitLink.objects.filter(ancestor=plan.unit_id).values("unit_id")
    return (
        Unit.objects.filter(pk__in=under)
        .filter(pk__in=readable_units(user))
        .annotate(can_manage=_is_managed(user, "pk"))
    )


def top_unit(user: User, plan: Plan) -> Unit:
    """The highest unit of the plan in reach, by depth, then in Vietnamese order."""
    found = (
        UnitLink.objects.filter(ancestor=plan.unit_id, unit_id__in=readable_units(user))
        .order_by("depth", "unit__sort_key")
        .select_related("unit")
        .first()
    )
    if found is None:
        raise Http404
    return found.unit


def scope_for(user: User, plan: int, programme: int, unit: int) -> Scope:
    found = plan_for(user, plan)
    programmes = list(found.programmes.order_by("title"))
    chosen = next((p for p in programmes if p.pk == programme), None)
    if chosen is None:
        raise Http404
    place = get_object_or_404(units_under(user, found), pk=unit)
    links = UnitLink.objects.filter(unit=place, depth__gt=0, ancestor__in=units_under(user, found))
    trail = [link.ancestor for link in links.order_by("-depth").select_related("ancestor")]
    return Scope(found, programmes, chosen, place, bool(vars(place)["can_manage"]), trail)


def cohorts_of(plan: Plan) -> QuerySet[Cohort]:
    return (
        Cohort.objects.filter(planned__plan=plan)
        .select_related("programme", "unit")
        .order_by("closes_on", "pk")
    )


def cohort_for(user: User, pk: int) -> PlannedCohort:
    """A planned cohort into which the user may enrol people of their units."""
    return get_object_or_404(
        PlannedCohort.objects.filter(plan__in=plans_visible(user))
        .filter(cohort__unit_id__in=above(managed_units(user)))
        .select_related("plan__unit", "cohort__programme", "cohort__unit")
        .annotate(can_manage=_is_managed(user, "cohort__unit_id")),
        cohort=pk,
    )


def cohort_managed(user: User, pk: int) -> PlannedCohort:
    planned = cohort_for(user, pk)
    if not planned.can_manage:  # type: ignore[attr-defined]
        raise Http404
    return planned


def batches_visible(user: User, planned: PlannedCohort) -> QuerySet[EnrolmentBatch]:
    """All batches for who manages the cohort, one's own for others. Newest first."""
    batches = EnrolmentBatch.objects.filter(cohort=planned.cohort_id).order_by("-at", "-pk")
    return batches if planned.can_manage else batches.filter(by_id=user.pk)  # type: ignore[attr-defined]
