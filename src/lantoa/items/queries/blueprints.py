from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet, Sum

from lantoa.accounts.models import User
from lantoa.frameworks.models import Framework, Node
from lantoa.frameworks.queries import topic_groups
from lantoa.items.models import Blueprint, Item
from lantoa.items.permissions import READERS
from lantoa.items.queries.bank import Cell, bank_counts
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
    level: str
    label: str
    count: int
    available: int

    @property
    def is_short(self) -> bool:
        return self.available < self.count


@dataclass(frozen=True)
class MatrixRow:
    topic: Node
    cells: Sequence[MatrixCell]

    @property
    def total(self) -> int:
        return sum(cell.count for cell in self.cells)


@dataclass(frozen=True)
class MatrixGroup:
    title: str
    rows: Sequence[MatrixRow]


def framework_of(blueprint: Blueprint) -> Framework | None:
    """The framework whose topics the blueprint counts."""
    return Framework.objects.filter(nodes__in=blueprint.cells.values("topic_id")).first()


def matrix_of(framework: Framework, unit_id: int, counts: Mapping[Cell, int]) -> list[MatrixGroup]:
    """Topics in their parts as rows, levels as columns; each cell with what it takes and what the
    bank of the unit holds."""
    groups = topic_groups(framework)
    available = bank_counts(unit_id, [topic.pk for group in groups for topic in group.topics])
    return [
        MatrixGroup(
            group.parent.title if group.parent else "",
            [_row(topic, counts, available) for topic in group.topics],
        )
        for group in groups
    ]


def _row(topic: Node, counts: Mapping[Cell, int], available: Mapping[Cell, int]) -> MatrixRow:
    return MatrixRow(
        topic,
        [
            MatrixCell(
                level.value,
                str(level.label),
                counts.get((topic.pk, level.value), 0),
                available.get((topic.pk, level.value), 0),
            )
            for level in Item.Level
        ],
    )
