from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet, Sum

from lantoa.accounts.models import User
from lantoa.frameworks.models import Framework, Node
from lantoa.frameworks.queries import topic_groups
from lantoa.items.kinds import kind_of
from lantoa.items.models import Blueprint, BlueprintCell, Item
from lantoa.items.permissions import READERS
from lantoa.items.queries.bank import Cell, KindCell, available, key_of, kind_counts
from lantoa.people.permissions import unit_ids_within


def blueprints_within(user: User | AnonymousUser) -> QuerySet[Blueprint]:
    """Blueprints of units in reach of an author or examiner, with `questions`, their number."""
    return (
        Blueprint.objects.filter(unit_id__in=unit_ids_within(user, *READERS))
        .select_related("unit")
        .annotate(questions=Sum("cells__count", default=0))
    )


def blueprint_for(user: User | AnonymousUser, pk: int) -> Blueprint:
    """Raises Blueprint.DoesNotExist when there is none in reach."""
    return blueprints_within(user).get(pk=pk)


@dataclass(frozen=True)
class MatrixCell:
    """`count` and `points` as they are kept, or as they were typed."""

    level: str
    label: str
    count: str
    points: str
    available: int

    @property
    def number(self) -> int:
        return int(self.count) if self.count.isascii() and self.count.isdigit() else 0

    @property
    def is_short(self) -> bool:
        return self.available < self.number


@dataclass(frozen=True)
class MatrixRow:
    topic: Node
    cells: Sequence[MatrixCell]

    @property
    def total(self) -> int:
        return sum(cell.number for cell in self.cells)


@dataclass(frozen=True)
class MatrixGroup:
    title: str
    rows: Sequence[MatrixRow]


@dataclass(frozen=True)
class KindRow:
    """A cell with a kind of its own."""

    cell: BlueprintCell
    kind: str
    available: int

    @property
    def is_short(self) -> bool:
        return self.available < self.cell.count


def framework_of(blueprint: Blueprint) -> Framework | None:
    """The framework whose topics the blueprint counts."""
    return Framework.objects.filter(nodes__in=blueprint.cells.values("topic_id")).first()


def matrix_of(
    framework: Framework,
    unit_id: int,
    counts: Mapping[Cell, str],
    points: Mapping[Cell, str],
    kinds: Collection[KindCell] = (),
) -> list[MatrixGroup]:
    """Topics in their parts as rows, levels as columns; each cell with what it takes and what the
    bank of the unit holds for it. `kinds` have cells of their own."""
    groups = topic_groups(framework)
    topics = [topic.pk for group in groups for topic in group.topics]
    anything = {(topic, level.value, "") for topic in topics for level in Item.Level}
    held = available(kind_counts(unit_id, topics), anything | set(kinds))
    return [
        MatrixGroup(
            group.parent.title if group.parent else "",
            [_row(topic, counts, points, held) for topic in group.topics],
        )
        for group in groups
    ]


def _row(
    topic: Node,
    counts: Mapping[Cell, str],
    points: Mapping[Cell, str],
    held: Mapping[KindCell, int],
) -> MatrixRow:
    return MatrixRow(
        topic,
        [
            MatrixCell(
                level.value,
                str(level.label),
                counts.get((topic.pk, level.value), "0"),
                points.get((topic.pk, level.value), "1"),
                held.get((topic.pk, level.value, ""), 0),
            )
            for level in Item.Level
        ],
    )


def kind_rows(cells: Sequence[BlueprintCell], unit_id: int) -> list[KindRow]:
    named = [cell for cell in cells if cell.kind]
    counts = kind_counts(unit_id, {cell.topic_id for cell in named}) if named else {}
    return [KindRow(c, str(kind_of(c.kind).label), counts.get(key_of(c), 0)) for c in named]


def total_points(cells: Sequence[BlueprintCell]) -> int:
    return sum(cell.count * cell.points for cell in cells)
