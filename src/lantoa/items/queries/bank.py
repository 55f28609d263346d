"""The bank of a blueprint: the newest approved versions of the approved exam items of its unit and
of every unit under it. An examiner of the unit therefore sees every item that may be drawn.

A cell that names no kind takes the kinds that no other cell of its topic and level names, so that
every item has one cell it can fill."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from lantoa.items import draws
from lantoa.items.kinds import kind_of
from lantoa.items.models import Blueprint, BlueprintCell, Enmity, Item, ItemVersion
from lantoa.items.rules import BankTooSmall, Shortage
from lantoa.people.models import UnitLink

Cell = tuple[int, str]
KindCell = tuple[int, str, str]
"""Topic, level, kind ("" in a blueprint's cell: any other)."""
LEVELS = list(Item.Level)
TRIES = 200


def _bank_items(unit_id: int) -> QuerySet[Item]:
    units = UnitLink.objects.filter(ancestor_id=unit_id).values("unit_id")
    return Item.objects.filter(
        state=Item.State.APPROVED, purpose=Item.Purpose.EXAM, unit_id__in=units
    )


def kind_counts(unit_id: int, topic_ids: Iterable[int]) -> Counter[KindCell]:
    """How many items a blueprint of this unit could draw from, by topic, level and kind."""
    rows = (
        _bank_items(unit_id)
        .filter(topic_id__in=list(topic_ids))
        .values_list("topic_id", "level", "kind")
        .annotate(n=Count("id"))
    )
    return Counter({(topic, level, kind): n for topic, level, kind, n in rows if topic is not None})


def bank_counts(unit_id: int, topic_ids: Iterable[int]) -> dict[Cell, int]:
    """The same by topic and level."""
    counted: Counter[Cell] = Counter()
    for (topic_id, level, _kind), n in kind_counts(unit_id, topic_ids).items():
        counted[topic_id, level] += n
    return dict(counted)


def cell_for(item: KindCell, cells: Collection[KindCell]) -> KindCell | None:
    """The one cell that an item of this topic, level and kind can fill."""
    anything = (item[0], item[1], "")
    return item if item in cells else anything if anything in cells else None


def available(counts: Mapping[KindCell, int], cells: Collection[KindCell]) -> Counter[KindCell]:
    """How many items could fill each of these cells."""
    held: Counter[KindCell] = Counter()
    for item, n in counts.items():
        if cell := cell_for(item, cells):
            held[cell] += n
    return held


def cells_of(blueprint: Blueprint) -> list[BlueprintCell]:
    """In the order of the syllabus; of one topic and level, the named kinds first."""

    def place(cell: BlueprintCell) -> tuple[int, int, int, int, bool, str]:
        parent = cell.topic.parent
        level = LEVELS.index(Item.Level(cell.level))
        top = parent.position if parent else 0
        return top, cell.topic.position, cell.topic_id, level, not cell.kind, cell.kind

    return sorted(blueprint.cells.select_related("topic__parent"), key=place)


def key_of(cell: BlueprintCell) -> KindCell:
    return cell.topic_id, cell.level, cell.kind


def shortage(cell: BlueprintCell, held: int) -> Shortage:
    kind = str(kind_of(cell.kind).label) if cell.kind else ""
    level = str(Item.Level(cell.level).label)
    return Shortage(cell.topic.title, level, cell.count, held, kind)


def shortages_of(blueprint: Blueprint) -> list[Shortage]:
    """The cells for which the bank holds too few, in the order of the syllabus."""
    cells = cells_of(blueprint)
    counts = kind_counts(blueprint.unit_id, {cell.topic_id for cell in cells})
    held = available(counts, {key_of(cell) for cell in cells})
    return [shortage(c, held[key_of(c)]) for c in cells if held[key_of(c)] < c.count]


@dataclass(frozen=True)
class Entry:
    """An approved item as forms are made of it."""

    version: int
    item: int
    difficulty: str
    kind: str


@dataclass(frozen=True)
class Bank:
    """What a blueprint may draw: its cells in the order of the syllabus, what each holds, and which
    items may not meet."""

    cells: Sequence[BlueprintCell]
    held: Mapping[KindCell, Sequence[Entry]]
    enemies: frozenset[tuple[int, int]] = field(default_factory=frozenset)

    @property
    def ids(self) -> set[int]:
        return {entry.version for entry in self.entries()}

    def entries(self) -> Iterator[Entry]:
        return (entry for cell in self.cells for entry in self.held[key_of(cell)])

    def short(self) -> list[Shortage]:
        held = {key_of(cell): len(self.held[key_of(cell)]) for cell in self.cells}
        return [shortage(c, held[key_of(c)]) for c in self.cells if held[key_of(c)] < c.count]

    def draw(self, rng: Random) -> list[int]:
        """The version ids of one form. The same bank and seed draw the same. Raises BankTooSmall
        when enemies leave no form."""
        for _try in range(TRIES):
            if (items := self._draw(rng)) is not None:
                of = {entry.item: entry.version for entry in self.entries()}
                return [of[item] for item in items]
        raise BankTooSmall([], _("Những câu không được đi cùng nhau làm cho không còn đề nào."))

    def _draw(self, rng: Random) -> list[int] | None:
        items: list[int] = []
        for cell in self.cells:
            held = [entry.item for entry in self.held[key_of(cell)]]
            more = draws.pick_apart(held, cell.count, rng, beside=items, enemies=self.enemies)
            if more is None:
                return None
            items += more
        return items


def pool_of(blueprint: Blueprint, *, without: Collection[int] = ()) -> Bank:
    """The bank as it is, also when it is too small; `without` leaves items out."""
    cells = cells_of(blueprint)
    keys = {key_of(cell) for cell in cells}
    held: dict[KindCell, list[Entry]] = defaultdict(list)
    for version, item, topic, level, kind, difficulty in _approved(blueprint, cells):
        cell = cell_for((topic, level, kind), keys)
        if cell and item not in without:
            held[cell].append(Entry(version, item, difficulty, kind))
    for key in keys:
        held.setdefault(key, [])
    return Bank(cells, dict(held), enemies_among({e.item for h in held.values() for e in h}))


def _approved(
    blueprint: Blueprint, cells: Sequence[BlueprintCell]
) -> Iterable[tuple[int, int, int, str, str, str]]:
    newer = ItemVersion.objects.filter(
        item=OuterRef("item"), approval__isnull=False, number__gt=OuterRef("number")
    )
    return (
        ItemVersion.objects.filter(
            ~Exists(newer),
            approval__isnull=False,
            item__in=_bank_items(blueprint.unit_id),
            item__topic_id__in={cell.topic_id for cell in cells},
        )
        .order_by("id")
        .values_list(
            "id", "item_id", "item__topic_id", "item__level", "item__kind", "item__difficulty"
        )
    )


def enemies_among(items: Collection[int]) -> frozenset[tuple[int, int]]:
    """Pairs of these items that may not stand in one form."""
    return frozenset(
        (one, other)
        for one, other in Enmity.objects.values_list("first_id", "second_id")
        if one in items and other in items
    )


def bank_of(blueprint: Blueprint) -> Bank:
    """Read once, drawn from as often as wanted. Raises BankTooSmall."""
    bank = pool_of(blueprint)
    if (short := bank.short()) or not bank.cells:
        raise BankTooSmall(short)
    return bank


def draw_versions(blueprint: Blueprint, rng: Random) -> list[ItemVersion]:
    """The item versions of one form, in the order of the syllabus, each with its item, topic and
    part loaded. The same bank and seed draw the same. Raises BankTooSmall."""
    drawn = bank_of(blueprint).draw(rng)
    found = ItemVersion.objects.select_related("item__topic__parent").in_bulk(drawn)
    return [found[pk] for pk in drawn]
