"""Units: in reach, under one another, by code, by today's name or a former one."""

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404

from lantoa.accounts.models import User
from lantoa.kernel.text import fold
from lantoa.people.models import RoleGrant, Unit, UnitLink, UnitPredecessor
from lantoa.people.permissions import current_grants, unit_ids_within, units_within

COORDINATOR = RoleGrant.Role.COORDINATOR
FOUND = 50


def unit_by_code(code: str) -> Unit | None:
    """The unit that has this code now. No authorisation: for imports and commands."""
    return Unit.objects.filter(code=code, ended_on=None).first() if code else None


def subtree(unit: Unit) -> QuerySet[Unit]:
    """The unit and every unit under it that is valid now."""
    below = UnitLink.objects.filter(ancestor=unit).values("unit_id")
    return Unit.objects.filter(pk__in=below, ended_on=None)


def with_counts(units: QuerySet[Unit]) -> QuerySet[Unit]:
    """Adds `people_count` (in the unit and everything under it, those who left not counted) and
    `children_count`, in the same query."""
    people = (
        UnitLink.objects.filter(ancestor=OuterRef("pk"), unit__people__left_on=None)
        .values("ancestor")
        .annotate(n=Count("unit__people"))
        .values("n")
    )
    children = (
        Unit.objects.filter(parent=OuterRef("pk"), ended_on=None)
        .order_by()
        .values("parent")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return units.annotate(
        people_count=Coalesce(Subquery(people, output_field=IntegerField()), 0),
        children_count=Coalesce(Subquery(children, output_field=IntegerField()), 0),
    )


def children_with_counts(unit: Unit) -> QuerySet[Unit]:
    """What stands directly under a unit now: administrative units first, then agencies."""
    children = Unit.objects.filter(parent=unit, ended_on=None)
    return with_counts(children).order_by("-kind", "sort_key", "id")


def unit_for(user: User, pk: int, *roles: str) -> Unit:
    """A unit that is valid now, in reach (for coordinators unless roles are named).
    Raises Http404."""
    unit = (
        units_within(user, *(roles or (COORDINATOR,))).select_related("parent").filter(pk=pk)
    ).first()
    if unit is None:
        raise Http404
    return unit


def shown_unit_for(user: User, pk: int) -> Unit:
    """A unit to look at: also one that has ended, when it stood in reach or what became of it
    does. Raises Http404."""
    reach = unit_ids_within(user, COORDINATOR)
    unit = (
        Unit.objects.filter(Q(pk__in=reach) | Q(successors__unit_id__in=reach), pk=pk)
        .select_related("parent")
        .distinct()
        .first()
    )
    if unit is None:
        raise Http404
    return unit


def top_units(user: User) -> QuerySet[Unit]:
    """Where a coordinator's reach begins: their units that stand under no other of theirs."""
    granted = current_grants(user).filter(role__in=[COORDINATOR, RoleGrant.Role.ADMINISTRATOR])
    ids = granted.values("unit_id")
    above = UnitLink.objects.filter(unit=OuterRef("pk"), depth__gt=0, ancestor_id__in=ids)
    units = Unit.objects.filter(~Exists(above), pk__in=ids, ended_on=None)
    return with_counts(units).order_by("sort_key", "id")


def ancestors_of(unit: Unit, user: User) -> list[Unit]:
    """What the unit stands under and the user may see, from the top."""
    return list(
        Unit.objects.filter(links_down__unit=unit, links_down__depth__gt=0)
        .filter(pk__in=unit_ids_within(user, COORDINATOR))
        .order_by("-links_down__depth")
    )


def find_units(user: User, text: str, kind: str = "") -> QuerySet[Unit]:
    """Units in reach by name or code, accents aside; those whose name begins so come first."""
    found = with_counts(units_within(user, COORDINATOR)).select_related("parent")
    if kind:
        found = found.filter(kind=kind)
    if text:
        found = found.filter(Q(search_key__contains=fold(text)) | Q(code__iexact=text.strip()))
    return found.order_by("sort_key", "id")


def find_former(user: User, text: str) -> QuerySet[UnitPredecessor]:
    """Former units by their old names, each with what it became in reach."""
    return (
        UnitPredecessor.objects.filter(
            predecessor__search_key__contains=fold(text),
            unit_id__in=unit_ids_within(user, COORDINATOR),
        )
        .select_related("unit", "predecessor")
        .order_by("predecessor__sort_key", "predecessor_id", "unit__sort_key")
    )


def match_unit(units: QuerySet[Unit], typed: str) -> list[Unit]:
    """What somebody may mean who typed a code, a name, or "code · name": one if it is clear."""
    code = typed.split("·")[0].strip()
    if code and (exact := list(units.filter(code=code)[:2])):
        return exact
    key = fold(typed.split("·")[-1])
    if not key:
        return []
    if exact := list(units.filter(search_key=key).order_by("sort_key")[:6]):
        return exact
    return list(units.filter(search_key__contains=key).order_by("sort_key")[:6])
