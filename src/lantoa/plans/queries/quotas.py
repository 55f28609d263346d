"""The table of quotas that a unit passes down."""

from dataclasses import dataclass

from django.db.models import Count, F, FilteredRelation, Q, Sum

from lantoa.kernel import clock
from lantoa.people.models import Unit, UnitLink
from lantoa.plans import rules
from lantoa.plans.models import Plan, Quota
from lantoa.programmes.models import Programme


@dataclass(frozen=True)
class QuotaRow:
    unit: Unit
    persons: int | None
    passed_down: int
    headcount: int

    @property
    def excess(self) -> int:
        return rules.excess(self.persons, self.passed_down)


@dataclass(frozen=True)
class QuotaTable:
    """`own` is what the unit has; `rows` what it gives its children."""

    unit: Unit
    own: int | None
    rows: list[QuotaRow]

    @property
    def passed_down(self) -> int:
        return sum(row.persons or 0 for row in self.rows)

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


def passed_down_by_children(plan: Plan, programme: Programme, unit: Unit) -> dict[int, int]:
    given = (
        Quota.objects.filter(plan=plan, programme=programme, unit__parent__parent=unit)
        .values("unit__parent_id")
        .annotate(given=Sum("persons"))
    )
    return {parent or 0: total for parent, total in given.values_list("unit__parent_id", "given")}


def quota_table(plan: Plan, programme: Programme, unit: Unit) -> QuotaTable:
    """The unit's quota and its children's, in four queries. The caller has checked the reach."""
    of_plan = Q(quotas__plan=plan, quotas__programme=programme)
    children = (
        Unit.objects.filter(parent=unit)
        .annotate(asked=FilteredRelation("quotas", condition=of_plan))
        .annotate(asked_persons=F("asked__persons"))
        .order_by("sort_key")
    )
    people, given = headcounts(unit), passed_down_by_children(plan, programme, unit)
    rows = [
        QuotaRow(child, child.asked_persons, given.get(child.pk, 0), people.get(child.pk, 0))
        for child in children
        if child.ended_on is None or child.asked_persons
    ]
    own = Quota.objects.filter(plan=plan, programme=programme, unit=unit).first()
    return QuotaTable(unit, own.persons if own else None, rows)
