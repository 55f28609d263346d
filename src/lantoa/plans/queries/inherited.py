"""Quotas of units that have merged into others: as now they count for those."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F, QuerySet

from lantoa.people.models import Unit, UnitPredecessor
from lantoa.plans.models import Plan, Quota
from lantoa.programmes.models import Programme

MERGED = (UnitPredecessor.How.MERGED, UnitPredecessor.How.SPLIT)


def heirs_of(units: Iterable[int]) -> dict[int, int]:
    """Unit id -> the unit that it merged into, through several mergers if need be. Units that
    ended without a successor have none: their quota is in that of the unit above already."""
    found: dict[int, int] = {}
    asked = set(units)
    while asked:
        step = dict(
            UnitPredecessor.objects.filter(
                how__in=MERGED, predecessor__in=asked, predecessor__ended_on__isnull=False
            )
            .filter(unit=F("predecessor__parent"))
            .values_list("predecessor_id", "unit_id")
        )
        found |= step
        asked = set(step.values()) - set(found)
    return {unit: _last(found, unit) for unit in found}


def _last(found: dict[int, int], unit: int) -> int:
    while unit in found:
        unit = found[unit]
    return unit


def with_inherited(counts: dict[int, int]) -> dict[int, int]:
    """The same counts, those of merged units added to their heirs' and taken from themselves."""
    heirs = heirs_of(counts)
    summed: dict[int, int] = defaultdict(int)
    for unit, count in counts.items():
        summed[heirs.get(unit, unit)] += count
    return dict(summed)


def quotas_of_merged(plan: Plan, programme: Programme, unit: Unit) -> QuerySet[Quota]:
    """Of the units under this one that have ended."""
    return Quota.objects.filter(
        plan=plan,
        programme=programme,
        unit__ended_on__isnull=False,
        unit__links_up__ancestor=unit,
    )


def inherited(plan: Plan, programme: Programme, unit: Unit) -> dict[str, dict[int, int]]:
    """Measure -> heir -> what the units under this one that merged into it had been given."""
    ended = quotas_of_merged(plan, programme, unit).values_list("measure", "unit_id", "count")
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for measure, giver, count in ended:
        found[measure][giver] = count
    return {
        measure: {heir: n for heir, n in with_inherited(counts).items() if heir not in counts}
        for measure, counts in found.items()
    }
