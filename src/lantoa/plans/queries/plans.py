"""Plans, their programmes and cohorts, and the part of the tree a reader may see of them."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from lantoa.accounts.models import User
from lantoa.people.models import Unit, UnitLink
from lantoa.plans.models import Plan, PlannedCohort
from lantoa.plans.permissions import above, managed_units, readable_units
from lantoa.programmes.models import Cohort, EnrolmentBatch, Programme


def plans_visible(user: User) -> QuerySet[Plan]:
    """Plans of units in reach, and of the units these stand under: those concern them too. Drafts
    are seen by who may issue them."""
    return (
        Plan.objects.filter(unit_id__in=above(readable_units(user)))
        .filter(~Q(state=Plan.State.DRAFT) | Q(unit_id__in=managed_units(user)))
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
    place, managed, trail = _place(user, found, unit)
    # A closed plan stands still.
    can_manage = managed and found.state != Plan.State.CLOSED
    return Scope(found, programmes, chosen, place, can_manage, trail)


def _place(user: User, plan: Plan, unit: int) -> tuple[Unit, bool, list[Unit]]:
    """The unit, whether the user manages it, and the way down to it, in one query."""
    links = list(
        UnitLink.objects.filter(unit_id=unit)
        .annotate(
            readable=Exists(readable_units(user).filter(unit_id=OuterRef("ancestor_id"))),
            managed=_is_managed(user, "ancestor_id"),
        )
        .order_by("-depth")
        .select_related("ancestor")
    )
    at_plan = next((i for i, link in enumerate(links) if link.ancestor_id == plan.unit_id), None)
    way = links[at_plan:] if at_plan is not None else []
    if not way or not way[-1].readable:
        raise Http404
    trail = [link.ancestor for link in way[:-1] if link.readable]
    return way[-1].ancestor, way[-1].managed, trail


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
