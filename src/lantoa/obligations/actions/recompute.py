"""What each rule asks of each person, made anew: all of it, or only what a change touches."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from lantoa.kernel import clock
from lantoa.obligations.models import Obligation, Rule
from lantoa.obligations.queries.reach import Met, met_by, reached
from lantoa.obligations.rules.dates import due_of, years_of
from lantoa.obligations.rules.whom import Whom
from lantoa.people.models import UnitLink

State = Obligation.State
BATCH = 1000
KEPT = (State.EXEMPT,)


@transaction.atomic
def recompute_rule(rule: Rule, *, persons: Sequence[int] | None = None) -> int:
    """How many rows were made or changed. `persons`: only theirs."""
    today = clock.today()
    repeats = rule.repeat == Rule.Repeat.YEARLY
    changed = 0
    for year in years_of(
        repeats=repeats, starts_on=rule.starts_on, ends_on=rule.ends_on, today=today
    ):
        due = due_of(repeats=repeats, due_on=rule.due_on, grace_days=rule.grace_days, year=year)
        changed += _year(rule, year, due, persons)
    return changed


def _year(rule: Rule, year: int, due: date, persons: Sequence[int] | None) -> int:
    whom = Whom.from_json(rule.whom)
    people = dict(reached(rule.unit, whom, persons).values_list("pk", "unit_id"))
    done = met_by(rule, year, persons)
    standing = Obligation.objects.filter(rule=rule, year=year)
    if persons is not None:
        standing = standing.filter(person__in=persons)
    rows = {row.person_id: row for row in standing}
    fresh = [
        _made(rule, year, due, person, unit, done.get(person))
        for person, unit in people.items()
        if person not in rows
    ]
    Obligation.objects.bulk_create(fresh, batch_size=BATCH)
    changed = [
        row
        for person, row in rows.items()
        if _moved(row, people.get(person), due, done.get(person))
    ]
    fields = ["unit", "state", "met_on", "met_by", "due_on"]
    Obligation.objects.bulk_update(changed, fields, batch_size=BATCH)
    return len(fresh) + len(changed)


def _made(rule: Rule, year: int, due: date, person: int, unit: int, met: Met | None) -> Obligation:
    row = Obligation(rule=rule, person_id=person, unit_id=unit, year=year, due_on=due)
    _judge(row, met)
    return row


def _judge(row: Obligation, met: Met | None) -> None:
    if met is not None:
        row.state, (row.met_on, row.met_by) = State.MET, met
    elif row.state != State.MET or not row.met_by.startswith("petition:"):
        row.state, row.met_on, row.met_by = State.OPEN, None, ""


def _moved(row: Obligation, unit: int | None, due: date, met: Met | None) -> bool:
    """Whether anything about it changed; the row then says it."""
    before = (row.unit_id, row.state, row.met_on, row.met_by, row.due_on)
    if unit is None:
        if row.state == State.OPEN:
            row.state = State.LAPSED
    else:
        row.unit_id = unit
        row.due_on = max(row.due_on, due)  # an extension stays
        if row.state not in KEPT:
            _judge(row, met)
    return before != (row.unit_id, row.state, row.met_on, row.met_by, row.due_on)


def recompute_all(persons: Sequence[int] | None = None) -> int:
    """Every rule that holds; for these people only those of units above them."""
    rules = Rule.objects.select_related("unit")
    if persons is not None:
        units = UnitLink.objects.filter(unit__people__in=persons).values("ancestor")
        known = Obligation.objects.filter(person__in=persons).values("rule")
        rules = rules.filter(unit__in=units) | rules.filter(pk__in=known)
    return sum(recompute_rule(rule, persons=persons) for rule in rules.distinct())
