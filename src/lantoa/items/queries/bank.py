"""The bank of a blueprint: the newest approved versions of the approved exam items of its unit and
of every unit under it. An examiner of the unit therefore sees every item that may be drawn."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from django.db.models import Count, Exists, OuterRef, QuerySet

from lantoa.items.models import Blueprint, BlueprintCell, Item, ItemVersion
from lantoa.items.rules import BankTooSmall, Shortage
from lantoa.people.models import UnitLink

Cell = tuple[int, str]
LEVELS = list(Item.Level)


def _bank_items(unit_id: int) -> QuerySet[Item]:
    units = UnitLink.objects.filter(ancestor_id=unit_id).values("unit_id")
    return Item.objects.filter(
        state=Item.State.APPROVED, purpose=Item.Purpose.EXAM, unit_id__in=units
    )


def bank_counts(unit_id: int, topic_ids: Iterable[int]) -> dict[Cell, int]:
    """How many items a blueprint of this unit could draw from, by topic and level."""
    rows = (
        _bank_items(unit_id)
        .filter(topic_id__in=list(topic_ids))
        .values_list("topic_id", "level")
        .annotate(n=Count("id"))
    )
    return {(topic_id, level): n for topic_id, level, n in rows if topic_id is not None}


def _shortage(cell: BlueprintCell, available: int) -> Shortage:
    level = str(Item.Level(cell.level).label)
    return Shortage(cell.topic.title, level, cell.count, available)


def shortages_of(blueprint: Blueprint) -> list[Shortage]:
    """The cells for which the bank holds too few, in the order of the syllabus."""
    cells = _cells(blueprint)
    counts = bank_counts(blueprint.unit_id, {cell.topic_id for cell in cells})
    return [
        _shortage(cell, counts.get((cell.topic_id, cell.level), 0))
        for cell in cells
        if counts.get((cell.topic_id, cell.level), 0) < cell.count
    ]


def _cells(blueprint: Blueprint) -> list[BlueprintCell]:
    cells = blueprint.cells.select_related("topic__parent")

    def place(cell: BlueprintCell) -> tuple[int, int, int]:
        parent = cell.topic.parent
        return (
            parent.position if parent else 0,
            cell.topic.position,
            LEVELS.index(Item.Level(cell.level)),
        )

    return sorted(cells, key=place)


@dataclass(frozen=True)
class Bank:
    """What a blueprint may draw: its cells in the order of the syllabus, each with version ids."""

    cells: Sequence[BlueprintCell]
    held: Mapping[Cell, Sequence[int]]

    @property
    def ids(self) -> set[int]:
        return {pk for held in self.held.values() for pk in held}

    def draw(self, rng: Random) -> list[int]:
        """The version ids of one form. The same bank and seed draw the same."""
        return [
            pk
            for cell in self.cells
            for pk in rng.sample(self.held[cell.topic_id, cell.level], cell.count)
        ]


def bank_of(blueprint: Blueprint) -> Bank:
    """Read once, drawn from as often as wanted. Raises BankTooSmall."""
    cells = _cells(blueprint)
    newer = ItemVersion.objects.filter(
        item=OuterRef("item"), approval__isnull=False, number__gt=OuterRef("number")
    )
    candidates = (
        ItemVersion.objects.filter(
            ~Exists(newer),
            approval__isnull=False,
            item__in=_bank_items(blueprint.unit_id),
            item__topic_id__in={cell.topic_id for cell in cells},
        )
        .order_by("id")
        .values_list("id", "item__topic_id", "item__level")
    )
    held: dict[Cell, list[int]] = defaultdict(list)
    for version_id, topic_id, level in candidates:
        if topic_id is not None:
            held[topic_id, level].append(version_id)
    short = [
        _shortage(cell, len(held[cell.topic_id, cell.level]))
        for cell in cells
        if len(held[cell.topic_id, cell.level]) < cell.count
    ]
    if short or not cells:
        raise BankTooSmall(short)
    return Bank(cells, held)


def draw_versions(blueprint: Blueprint, rng: Random) -> list[ItemVersion]:
    """The item versions of one form, in the order of the syllabus, each with its item, topic and
    part loaded. The same bank and seed draw the same. Raises BankTooSmall."""
    drawn = bank_of(blueprint).draw(rng)
    found = ItemVersion.objects.select_related("item__topic__parent").in_bulk(drawn)
    return [found[pk] for pk in drawn]
