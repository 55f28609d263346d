"""Keeping the closure of the unit tree (`UnitLink`) true, inside the actions that change it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from lantoa.people.models import PastUnitLink, Unit, UnitLink

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
    links = [
        UnitLink(ancestor_id=unit.pk, unit_id=unit.pk, depth=0, since=unit.founded_on)
        for unit in units
    ]
    for unit in units:
        if unit.parent_id is not None:
            links += [
                UnitLink(ancestor_id=ancestor, unit_id=unit.pk, depth=depth, since=unit.founded_on)
                for ancestor, depth in above[unit.parent_id]
            ]
    UnitLink.objects.bulk_create(links, batch_size=BATCH)


def relink_subtree(unit: Unit, *, on_date: date, document: str = "") -> None:
    """Rewrite the closure after `unit.parent` changed on a day: the subtree keeps its inner links;
    those to the old ancestors become past, those to the new hold since then."""
    below = list(UnitLink.objects.filter(ancestor=unit).values_list("unit_id", "depth"))
    former = UnitLink.objects.filter(unit=unit, depth__gt=0).values("ancestor_id")
    subtree = UnitLink.objects.filter(ancestor=unit).values("unit_id")
    left = list(UnitLink.objects.filter(unit_id__in=subtree, ancestor_id__in=former))
    keep_past(left, until=on_date, document=document)
    above = list(UnitLink.objects.filter(unit=unit.parent).values_list("ancestor_id", "depth"))
    UnitLink.objects.bulk_create(
        [
            UnitLink(ancestor_id=ancestor, unit_id=unit_id, depth=up + down + 1, since=on_date)
            for ancestor, up in above
            for unit_id, down in below
        ],
        batch_size=BATCH,
    )


def keep_past(left: Sequence[UnitLink], *, until: date, document: str) -> None:
    """Links that hold no longer. One that began on this day or later never came into force."""
    PastUnitLink.objects.bulk_create(
        [
            PastUnitLink(
                ancestor_id=link.ancestor_id,
                unit_id=link.unit_id,
                depth=link.depth,
                since=link.since,
                until=until,
                document=document[:100],
            )
            for link in left
            if link.since is None or link.since < until
        ],
        batch_size=BATCH,
    )
    ids = [link.pk for link in left]
    for start in range(0, len(ids), BATCH):
        UnitLink.objects.filter(pk__in=ids[start : start + BATCH]).delete()


def relink_all(*, on_date: date, document: str) -> None:
    """Make the whole closure anew from the parents, after many units changed theirs on a day. What
    didn't change keeps its row; units outside the tree (former names) stay outside."""
    outside = Unit.objects.filter(ended_on__isnull=False, parent=None, links_up=None)
    parents = dict(Unit.objects.exclude(pk__in=outside).values_list("pk", "parent_id"))
    wanted = {
        (above, unit): depth
        for unit in parents
        for depth, above in enumerate(_upwards(unit, parents))
    }
    kept, left = set(), []
    for link in UnitLink.objects.iterator(chunk_size=BATCH):
        pair = (link.ancestor_id, link.unit_id)
        if wanted.get(pair) == link.depth:
            kept.add(pair)
        else:
            left.append(link)
    keep_past(left, until=on_date, document=document)
    UnitLink.objects.bulk_create(
        [
            UnitLink(ancestor_id=above, unit_id=unit, depth=depth, since=on_date)
            for (above, unit), depth in wanted.items()
            if (above, unit) not in kept
        ],
        batch_size=BATCH,
    )


def _upwards(unit: int, parents: Mapping[int, int | None]) -> Iterator[int]:
    at: int | None = unit
    while at is not None:
        yield at
        at = parents.get(at)
