"""A cohort's call, the lists in reach, and what a reader may do with one."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404

from lantoa.accounts.models import User
from lantoa.kernel.text import fold
from lantoa.people.models import Person, Unit, UnitLink
from lantoa.people.permissions import Role, persons_within
from lantoa.plans.models import Nomination, NominationCall, NominationList, PlannedCohort
from lantoa.plans.permissions import managed_units
from lantoa.plans.queries.places import free_places
from lantoa.plans.queries.plans import cohort_for
from lantoa.programmes.models import Enrolment

State = Nomination.State


def call_of(planned: PlannedCohort) -> NominationCall | None:
    return NominationCall.objects.filter(planned=planned).first()


def lists_in_reach(user: User, call: NominationCall) -> QuerySet[NominationList]:
    """Of the units that the user manages, with counts by state of the names."""

    def count(state: str) -> Count:
        return Count("names", filter=Q(names__state=state))

    return (
        call.lists.filter(unit_id__in=managed_units(user))
        .select_related("unit")
        .annotate(
            named=Count("names"), approved=count(State.APPROVED), waiting=count(State.WAITING)
        )
        .order_by("unit__sort_key", "pk")
    )


def units_asked(user: User, planned: PlannedCohort) -> QuerySet[Unit]:
    """Units for which the user may name people: theirs, under the cohort's own unit."""
    under = UnitLink.objects.filter(ancestor=planned.cohort.unit_id, depth__gt=0).values("unit_id")
    units = Unit.objects.filter(pk__in=managed_units(user), ended_on=None)
    return units.filter(pk__in=under).order_by("sort_key")


@dataclass(frozen=True)
class Silent:
    """Units in reach without a list. `groups`: units right under the cohort's own that have such
    units under them (or are such), with how many; `under`: the one of them that was chosen."""

    count: int
    groups: list[tuple[Unit, int]]
    under: Unit | None
    found: QuerySet[Unit]


def units_silent(
    user: User, planned: PlannedCohort, call: NominationCall, *, search: str = "", under: str = ""
) -> Silent:
    """`search`: words of a name, without accents; `under`: the id of a group, else everywhere."""
    silent = units_asked(user, planned).exclude(nomination_lists__call=call)
    here = UnitLink.objects.filter(ancestor__parent=planned.cohort.unit_id)
    counted = dict(
        here.filter(unit__in=silent.order_by())
        .values_list("ancestor_id")
        .annotate(count=Count("pk"))
        .order_by()
    )
    units = Unit.objects.filter(pk__in=counted).order_by("sort_key")
    groups = [(unit, counted[unit.pk]) for unit in units]
    chosen = next((unit for unit, _count in groups if str(unit.pk) == under), None)
    found = silent
    for word in fold(search).split()[:6]:
        found = found.filter(search_key__contains=word)
    if chosen is not None:
        found = found.filter(pk__in=here.filter(ancestor=chosen).values("unit_id"))
    return Silent(sum(counted.values()), groups, chosen, found)


@dataclass(frozen=True)
class Sheet:
    """A unit's list (not yet made: None) and what the reader may do with it."""

    planned: PlannedCohort
    call: NominationCall
    unit: Unit
    names: NominationList | None
    places: int | None
    may_change: bool
    may_decide: bool
    may_fill: bool

    def rows(self) -> QuerySet[Nomination]:
        if self.names is None:
            return Nomination.objects.none()
        return self.names.names.select_related("person__unit").order_by("pk")


def sheet_for(user: User, cohort: int, unit: int) -> Sheet:
    """Raises Http404."""
    planned = cohort_for(user, cohort)
    call = call_of(planned)
    found = units_asked(user, planned).filter(pk=unit).first()
    if call is None or found is None:
        raise Http404
    names = NominationList.objects.filter(call=call, unit=found).select_related("unit").first()
    above = found.parent_id
    decides = above is not None and managed_units(user).filter(unit_id=above).exists()
    shown = names or NominationList(call=call, unit=found)
    state = names.state if names is not None else NominationList.State.DRAFT
    sent, approved = (state == one for one in ("sent", "approved"))
    places = free_places(shown)
    return Sheet(
        planned, call, found, names, places, shown.is_open, decides and sent, decides and approved
    )


def who_can_be_named(user: User, sheet: Sheet) -> QuerySet[Person]:
    """People of the unit and under it who work now and are neither enrolled nor named."""
    under = UnitLink.objects.filter(ancestor=sheet.unit).values("unit_id")
    enrolled = Enrolment.objects.filter(
        cohort=sheet.planned.cohort_id, person=OuterRef("pk"), withdrawn_at=None
    )
    named = Nomination.objects.filter(call=sheet.call, person=OuterRef("pk"))
    return (
        persons_within(user, Role.COORDINATOR)
        .filter(unit_id__in=under, left_on=None)
        .filter(~Exists(enrolled), ~Exists(named))
        .select_related("unit")
        .order_by("sort_key", "pk")
    )
