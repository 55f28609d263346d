"""What is asked of somebody, why, and why other rules don't reach them."""

from dataclasses import dataclass

from lantoa.kernel import clock
from lantoa.obligations.models import Obligation, Petition, Rule
from lantoa.obligations.queries.reach import facts_of
from lantoa.obligations.rules.whom import Condition, Whom, misses
from lantoa.people.models import Person, UnitLink

SHOWN = 50


@dataclass(frozen=True)
class Mine:
    obligation: Obligation
    petition: Petition | None  # that waits
    answered: Petition | None  # the newest that was decided

    @property
    def rule(self) -> Rule:
        return self.obligation.rule

    @property
    def is_late(self) -> bool:
        row = self.obligation
        return row.state == Obligation.State.OPEN and row.due_on < clock.today()


def obligations_of(person: Person) -> list[Mine]:
    """What is open first, the nearest day first; then what is over."""
    rows = (
        Obligation.objects.filter(person=person)
        .exclude(state=Obligation.State.LAPSED)
        .select_related("rule__unit", "rule__programme")
        .prefetch_related("petitions")
        .order_by("due_on", "pk")[:SHOWN]
    )
    found = [_mine(row) for row in rows]
    return sorted(found, key=lambda one: one.obligation.state != Obligation.State.OPEN)


def _mine(row: Obligation) -> Mine:
    petitions = sorted(row.petitions.all(), key=lambda one: one.at)
    waiting = next((one for one in petitions if one.decided_at is None), None)
    decided = [one for one in petitions if one.decided_at is not None]
    return Mine(row, waiting, decided[-1] if decided else None)


def rules_that_miss(person: Person) -> list[tuple[Rule, list[Condition]]]:
    """Rules of the units above that hold today and ask nothing of this person, with the reasons."""
    today = clock.today()
    units = UnitLink.objects.filter(unit=person.unit_id).values("ancestor")
    rules = Rule.objects.filter(unit__in=units, starts_on__lte=today).exclude(ends_on__lt=today)
    missed = []
    for rule in rules.order_by("title", "pk")[:SHOWN]:
        reasons = misses(Whom.from_json(rule.whom), facts_of(person, rule))
        if reasons:
            missed.append((rule, reasons))
    return missed
