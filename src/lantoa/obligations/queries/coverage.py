"""How far a rule is kept in a unit and in each unit right below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.shortcuts import get_object_or_404

from lantoa.accounts.models import User
from lantoa.kernel import clock
from lantoa.kernel.text import fold
from lantoa.obligations.models import Obligation, Petition, Rule
from lantoa.obligations.permissions import above, managed_units, readable_units
from lantoa.obligations.rules.dates import DUE_SOON_DAYS
from lantoa.people.models import Unit, UnitLink

State = Obligation.State


def rules_visible(user: User) -> QuerySet[Rule]:
    """Of units in reach and of those above, which bind them too."""
    return (
        Rule.objects.filter(unit_id__in=above(readable_units(user)))
        .select_related("unit", "programme")
        .order_by("ends_on", "title", "pk")
    )


def rule_for(user: User, pk: int) -> Rule:
    return get_object_or_404(rules_visible(user), pk=pk)


def rule_managed(user: User, pk: int) -> Rule:
    return get_object_or_404(rules_visible(user).filter(unit_id__in=managed_units(user)), pk=pk)


@dataclass(frozen=True)
class Figures:
    asked: int = 0
    met: int = 0
    exempt: int = 0
    late: int = 0
    due_soon: int = 0

    @property
    def share(self) -> float | None:
        """Of those who aren't exempt."""
        bound = self.asked - self.exempt
        return self.met / bound if bound else None


def _counted(rows: QuerySet[Obligation]) -> dict[str, Any]:
    today = clock.today()
    soon = today + timedelta(days=DUE_SOON_DAYS)
    waiting = Q(state=State.OPEN)
    return {
        "asked": Count("pk"),
        "met": Count("pk", filter=Q(state=State.MET)),
        "exempt": Count("pk", filter=Q(state=State.EXEMPT)),
        "late": Count("pk", filter=waiting & Q(due_on__lt=today)),
        "due_soon": Count("pk", filter=waiting & Q(due_on__range=(today, soon))),
    }


def _rows(rule: Rule) -> QuerySet[Obligation]:
    """Of the year that runs (or of once)."""
    year = clock.today().year if rule.repeat == Rule.Repeat.YEARLY else 0
    return Obligation.objects.filter(rule=rule, year=year).exclude(state=State.LAPSED)


def tops_of(user: User, rules: Sequence[Rule]) -> dict[int, Unit]:
    """Unit of a rule → the highest unit of it in reach."""
    units = {rule.unit_id for rule in rules}
    links = UnitLink.objects.filter(ancestor__in=units, unit_id__in=readable_units(user))
    found: dict[int, Unit] = {}
    for link in links.order_by("depth", "unit__sort_key").select_related("unit"):
        found.setdefault(link.ancestor_id, link.unit)
    return found


def totals_of(user: User, rules: Sequence[Rule]) -> dict[int, Figures]:
    """Rule → figures of everybody in the reader's units, in one query."""
    year = clock.today().year
    rows = Obligation.objects.filter(
        rule__in=rules, year__in=(0, year), unit_id__in=readable_units(user)
    ).exclude(state=State.LAPSED)
    counts = rows.values("rule").annotate(**_counted(rows)).order_by()
    found: dict[int, Figures] = {}
    for row in counts:
        values: dict[str, Any] = dict(row)
        rule = values.pop("rule")
        found[rule] = Figures(**values)
    return found


def unit_within(user: User, rule: Rule, unit: int) -> Unit:
    links = UnitLink.objects.filter(
        ancestor=rule.unit_id, unit=unit, unit_id__in=readable_units(user)
    )
    return get_object_or_404(links.select_related("unit")).unit


def total_of(rule: Rule, unit: Unit) -> Figures:
    under = UnitLink.objects.filter(ancestor=unit).values("unit_id")
    rows = _rows(rule).filter(unit_id__in=under)
    counts: dict[str, Any] = rows.aggregate(**_counted(rows))
    return Figures(**counts)


def children_of(rule: Rule, unit: Unit) -> list[tuple[Unit, Figures]]:
    """Each unit below with everything under it, those with people only, in two queries."""
    rows = _rows(rule).filter(unit__links_up__ancestor__parent=unit)
    counts = rows.values(child=F("unit__links_up__ancestor")).annotate(**_counted(rows)).order_by()
    figures: dict[int, Figures] = {}
    for row in counts:
        values: dict[str, Any] = dict(row)
        child = values.pop("child")
        figures[child] = Figures(**values)
    units = Unit.objects.filter(pk__in=figures).order_by("kind", "sort_key")
    return [(one, figures[one.pk]) for one in units]


STATES = ("late", "due_soon", "open", "met", "exempt")


def people_of(rule: Rule, unit: Unit, state: str, search: str) -> QuerySet[Obligation]:
    under = UnitLink.objects.filter(ancestor=unit).values("unit_id")
    rows = _rows(rule).filter(unit_id__in=under)
    today: date = clock.today()
    soon = today + timedelta(days=DUE_SOON_DAYS)
    conditions = {
        "late": Q(state=State.OPEN, due_on__lt=today),
        "due_soon": Q(state=State.OPEN, due_on__range=(today, soon)),
        "open": Q(state=State.OPEN),
        "met": Q(state=State.MET),
        "exempt": Q(state=State.EXEMPT),
    }
    if state in conditions:
        rows = rows.filter(conditions[state])
    for word in fold(search).split()[:6]:
        rows = rows.filter(person__search_key__contains=word)
    return rows.select_related("person", "unit").order_by("person__sort_key", "pk")


def petitions_waiting(user: User) -> QuerySet[Petition]:
    """Of people in the user's units, the longest wait first."""
    return (
        Petition.objects.filter(decided_at=None, obligation__unit_id__in=managed_units(user))
        .select_related("obligation__rule", "obligation__person", "obligation__unit", "file")
        .order_by("at")
    )


def petition_for(user: User, pk: int) -> Petition:
    found = Petition.objects.filter(obligation__unit_id__in=managed_units(user))
    return get_object_or_404(
        found.select_related("obligation__rule", "obligation__person", "obligation__unit", "file"),
        pk=pk,
    )
