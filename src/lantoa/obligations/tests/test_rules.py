from datetime import date, timedelta
from itertools import product

import pytest

from lantoa.obligations.rules.dates import Step, due_between, due_of, step_of, years_of
from lantoa.obligations.rules.whom import Condition, Facts, Whom, misses

HERE = Facts(
    within=True,
    here=True,
    category="civil_servant",
    is_leader=True,
    specialism="none",
    unit_kind="commune",
    title_key="chu tich ubnd",
)
DUE = date(2026, 12, 31)


def test_no_conditions_reach_everybody_here() -> None:
    assert misses(Whom(), HERE) == []


@pytest.mark.parametrize(
    ("whom", "reason"),
    [
        (Whom(categories=("official",)), Condition.CATEGORY),
        (Whom(leaders="no"), Condition.LEADER),
        (Whom(specialisms=("full", "part")), Condition.SPECIALISM),
        (Whom(unit_kinds=("agency",)), Condition.UNIT_KIND),
        (Whom(title="van thu"), Condition.TITLE),
    ],
)
def test_each_condition_says_itself(whom: Whom, reason: Condition) -> None:
    assert misses(whom, HERE) == [reason]
    fits = {
        "categories": ("civil_servant",) if whom.categories else (),
        "leaders": "yes" if whom.leaders else "",
        "specialisms": ("none",) if whom.specialisms else (),
        "unit_kinds": ("commune",) if whom.unit_kinds else (),
        "title": "chu tich" if whom.title else "",
    }
    assert misses(Whom(**fits), HERE) == []  # type: ignore[arg-type]


def test_all_that_misses_is_said_and_conditions_survive_being_stored() -> None:
    whom = Whom(("official",), "no", ("full",), ("agency",), "van thu")
    assert len(misses(whom, HERE)) == 5
    assert Whom.from_json(whom.as_json()) == whom
    assert Whom.from_json({}) == Whom()


@pytest.mark.parametrize(("within", "here"), list(product((True, False), repeat=2)))
def test_only_people_who_are_there(within: bool, here: bool) -> None:
    facts = Facts(within, here, "", False, "none", "commune", "")
    assert (misses(Whom(), facts) == []) is (within and here)


def test_a_rule_asks_while_it_holds() -> None:
    first, last = date(2026, 3, 1), date(2027, 2, 1)
    for today, years in (
        (date(2026, 2, 28), []),
        (first, [2026]),
        (last, [2027]),
        (date(2027, 2, 2), []),
    ):
        assert years_of(repeats=True, starts_on=first, ends_on=last, today=today) == years
    assert years_of(repeats=False, starts_on=first, ends_on=None, today=last) == [0]


def test_the_last_day_of_each_year() -> None:
    due = {"due_on": date(2024, 2, 29), "grace_days": 0}
    assert due_of(repeats=True, year=2025, **due) == date(2025, 2, 28)  # type: ignore[arg-type]
    assert due_of(repeats=True, due_on=DUE, grace_days=15, year=2027) == date(2028, 1, 15)
    assert due_of(repeats=False, due_on=DUE, grace_days=1, year=0) == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("days", "step"),
    [
        (-31, None),
        (-30, Step.MONTH),
        (-8, Step.MONTH),
        (-7, Step.WEEK),
        (0, Step.WEEK),
        (1, Step.LATE),
        (14, Step.LATE),
        (15, Step.ESCALATED),
    ],
)
def test_when_people_are_reminded(days: int, step: Step | None) -> None:
    assert step_of(DUE, DUE + timedelta(days=days)) is step


def test_both_ways_of_saying_a_step_agree() -> None:
    for days in range(-60, 61):
        due = DUE + timedelta(days=days)
        within = [s for s in Step if due_between(s, DUE)[0] <= due <= due_between(s, DUE)[1]]
        expected = step_of(due, DUE)
        assert within == ([expected] if expected else [])
