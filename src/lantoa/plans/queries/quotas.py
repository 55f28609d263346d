"""The table of quotas that a unit passes down."""

from dataclasses import dataclass

from django.db.models import Count, F, FilteredRelation, Q, QuerySet, Sum

from lantoa.kernel import clock
from lantoa.people.models import Unit, UnitLink
from lantoa.plans import rules
from lantoa.plans.models import Quota
from lantoa.plans.models.quotas import Book


@dataclass(frozen=True)
class QuotaRow:
    unit: Unit
    count: int | None
    passed_down: int
    headcount: int

    @property
    def excess(self) -> int:
        return rules.excess(self.count, self.passed_down)

    @property
    def kept(self) -> int:
        return max(0, (self.count or 0) - self.passed_down)


@dataclass(frozen=True)
class QuotaTable:
    """`own` is what the unit has; `rows` what it gives its children."""

    unit: Unit
    own: int | None
    rows: list[QuotaRow]

    @property
    def passed_down(self) -> int:
        return sum(row.count or 0 for row in self.rows)

    @property
    def excess(self) -> int:
        return rules.excess(self.own, self.passed_down)

    @property
    def left(self) -> int | None:
        return None if self.own is None else self.own - self.passed_down


def headcounts(unit: Unit) -> dict[int, int]:
    """Child unit id -> people who work there and below, today."""
    today = clock.today()
    working = Q(unit__people__left_on__isnull=True) | Q(unit__people__left_on__gt=today)
    counted = (
        UnitLink.objects.filter(ancestor__parent=unit)
        .values("ancestor_id")
        .annotate(people=Count("unit__people", filter=working))
    )
    return dict(counted.values_list("ancestor_id", "people"))


def passed_down_by_children(book: Book, unit: Unit) -> dict[int, int]:
    given = (
        _of(book)
        .filter(unit__parent__parent=unit)
        .values("unit__parent_id")
        .annotate(given=Sum("count"))
    )
    return {parent or 0: total for parent, total in given.values_list("unit__parent_id", "given")}


def quota_table(book: Book, unit: Unit) -> QuotaTable:
    """The unit's quota and its children's, in four queries. The caller has checked the reach."""
    of_book = Q(
        quotas__plan=book.plan, quotas__programme=book.programme, quotas__measure=book.measure
    )
    children = (
        Unit.objects.filter(parent=unit)
        .annotate(asked=FilteredRelation("quotas", condition=of_book))
        .annotate(asked_count=F("asked__count"))
        .order_by("sort_key")
    )
    people, given = headcounts(unit), passed_down_by_children(book, unit)
    rows = [
        QuotaRow(child, child.asked_count, given.get(child.pk, 0), people.get(child.pk, 0))
        for child in children
        if child.ended_on is None or child.asked_count
    ]
    own = _of(book).filter(unit=unit).first()
    return QuotaTable(unit, own.count if own else None, rows)


def _of(book: Book) -> QuerySet[Quota]:
    return Quota.objects.filter(plan=book.plan, programme=book.programme, measure=book.measure)
