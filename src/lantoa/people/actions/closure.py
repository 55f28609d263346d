"""Keeping the closure of the unit tree (`UnitLink`) true, inside the actions that change it."""

from collections import defaultdict
from collections.abc import Sequence

from lantoa.people.models import Unit, UnitLink

BATCH = 5000


def link_under_parents(units: Sequence[Unit]) -> None:
    """Write the closure rows of new units: themselves, and all that their parents stand under.
    The parents are linked already."""
    above: dict[int, list[tuple[int, int]]] = defaultdict(list)
    parents = {unit.parent_id for unit in units if unit.parent_id is not None}
    for unit_id, ancestor_id, depth in UnitLink.objects.filter(unit_id__in=parents).values_list(
        "unit_id", "ancestor_id", "depth"
    ):
        above[unit_id].append((ancestor_id, depth + 1))
    links = [UnitLink(ancestor_id=unit.pk, unit_id=unit.pk, depth=0) for unit in units]
    for unit in units:
        if unit.parent_id is not None:
            links += [
                UnitLink(ancestor_id=ancestor, unit_id=unit.pk, depth=depth)
                for ancestor, depth in above[unit.parent_id]
            ]
    UnitLink.objects.bulk_create(links, batch_size=BATCH)


def relink_subtree(unit: Unit) -> None:
    """Rewrite the closure after `unit.parent` changed: the subtree keeps its inner links, loses
    those to the old ancestors and gets those to the new."""
    below = list(UnitLink.objects.filter(ancestor=unit).values_list("unit_id", "depth"))
    former = list(
        UnitLink.objects.filter(unit=unit, depth__gt=0).values_list("ancestor_id", flat=True)
    )
    subtree = UnitLink.objects.filter(ancestor=unit).values("unit_id")
    UnitLink.objects.filter(unit_id__in=subtree, ancestor_id__in=former).delete()
    above = list(UnitLink.objects.filter(unit=unit.parent).values_list("ancestor_id", "depth"))
    UnitLink.objects.bulk_create(
        [
            UnitLink(ancestor_id=ancestor, unit_id=unit_id, depth=up + down + 1)
            for ancestor, up in above
            for unit_id, down in below
        ],
        batch_size=BATCH,
    )
