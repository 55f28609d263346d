"""The tree of a day: who stood under whom, and what units were called then."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from lantoa.people.models import PastUnitLink, Unit, UnitLink, UnitPredecessor


def _holding(day: date) -> tuple[Q, Q]:
    begun = Q(since__isnull=True) | Q(since__lte=day)
    return begun, begun & Q(until__gt=day)


def below_then(unit: Unit, day: date, *, depth: int | None = None) -> set[int]:
    """Ids of what stood under the unit on that day, itself included; at one depth only if asked."""
    now, past = _holding(day)
    wanted = Q(ancestor=unit) if depth is None else Q(ancestor=unit, depth=depth)
    found = set(UnitLink.objects.filter(now, wanted).values_list("unit_id", flat=True))
    return found | set(PastUnitLink.objects.filter(past, wanted).values_list("unit_id", flat=True))


def units_then(column: str, unit: Unit, day: date | None) -> Q:
    """A condition: what `column` names stands under the unit, or stood there on that day."""
    if day is None:
        return Q(**{f"{column}__in": UnitLink.objects.filter(ancestor=unit).values("unit_id")})
    now, past = _holding(day)
    holding = UnitLink.objects.filter(now, ancestor=unit).values("unit_id")
    held = PastUnitLink.objects.filter(past, ancestor=unit).values("unit_id")
    return Q(**{f"{column}__in": holding}) | Q(**{f"{column}__in": held})


def has_past(unit: Unit) -> bool:
    """Whether anything under the unit ever stood elsewhere, or something else under it."""
    under = UnitLink.objects.filter(ancestor=unit).values("unit_id")
    moved = Q(ancestor=unit) | Q(unit_id__in=under)
    return PastUnitLink.objects.filter(moved).exists()


def names_then(units: Iterable[Unit], day: date) -> dict[int, str]:
    """What those of these units were called on that day that have been renamed since."""
    former = UnitPredecessor.objects.filter(
        Q(predecessor__founded_on__isnull=True) | Q(predecessor__founded_on__lte=day),
        how=UnitPredecessor.How.RENAMED,
        unit__in=[unit.pk for unit in units],
        predecessor__ended_on__gt=day,
    )
    return dict(former.values_list("unit_id", "predecessor__name"))
