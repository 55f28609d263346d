"""The whole tree of quotas under a unit: what each has, keeps and has passed down, and what doesn't
add up. Two queries, however many units."""

from collections import defaultdict
from dataclasses import dataclass

from lantoa.people.models import Unit
from lantoa.plans import rules
from lantoa.plans.models import Quota
from lantoa.plans.models.quotas import Book
from lantoa.plans.queries.inherited import with_inherited


@dataclass(frozen=True)
class TreeRow:
    """`is_orphan`: it has a quota, and the unit above has none."""

    unit: Unit
    depth: int
    count: int
    passed_down: int
    is_orphan: bool

    @property
    def kept(self) -> int:
        return max(0, self.count - self.passed_down)

    @property
    def excess(self) -> int:
        return rules.excess(self.count, self.passed_down)

    @property
    def is_wrong(self) -> bool:
        return self.is_orphan or self.excess > 0


def quota_tree(book: Book, top: Unit) -> list[TreeRow]:
    """Parents before what stands under them, in Vietnamese order; only who has a quota or has given
    one. A unit that has passed down without having anything is there with 0."""
    given = dict(
        Quota.objects.filter(
            plan=book.plan,
            programme=book.programme,
            measure=book.measure,
            unit__links_up__ancestor=top,
        ).values_list("unit_id", "count")
    )
    under = list(
        Unit.objects.filter(links_up__ancestor=top)
        .only("name", "code", "parent_id", "ended_on")
        .order_by("sort_key", "pk")
    )
    merged = any(unit.ended_on is not None and unit.pk in given for unit in under)
    held = with_inherited(given) if merged else given
    children: dict[int | None, list[Unit]] = defaultdict(list)
    for unit in under:
        children[unit.parent_id if unit.pk != top.pk else None].append(unit)
    return _Walk(book, held, children).rows_of(None, 0)


@dataclass(frozen=True)
class Level:
    """All units of one level together."""

    depth: int
    units: int
    count: int
    kept: int


def levels_of(rows: list[TreeRow]) -> list[Level]:
    depths = sorted({row.depth for row in rows})
    return [
        Level(
            depth,
            sum(row.depth == depth for row in rows),
            sum(row.count for row in rows if row.depth == depth),
            sum(row.kept for row in rows if row.depth == depth),
        )
        for depth in depths
    ]


class _Walk:
    def __init__(
        self, book: Book, held: dict[int, int], children: dict[int | None, list[Unit]]
    ) -> None:
        self.book, self.held, self.children = book, held, children

    def rows_of(self, parent: int | None, depth: int) -> list[TreeRow]:
        rows: list[TreeRow] = []
        for unit in self.children[parent]:
            below = self.rows_of(unit.pk, depth + 1)
            count = self.held.get(unit.pk, 0)
            if not below and not count:
                continue
            passed = sum(self.held.get(child.pk, 0) for child in self.children[unit.pk])
            orphan = depth > 0 and count > 0 and not self.held.get(parent or 0)
            rows += [TreeRow(unit, depth, count, passed, orphan), *below]
        return rows
