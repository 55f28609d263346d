"""How marks become points. Pure; marks are hundredths.

Two markers who don't know of each other. When they differ by more than the exam allows, a third who
sees neither. The third then counts with the nearer of the two, so that one outlier doesn't pull the
mark; midway between both, the third stands where their mean is. A third that is far from both is
`apart`: it counts all the same, and the examiner is shown it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from lantoa.exams.rules.scoring import worth

MARKERS = 2
HUNDREDTHS = 100


@dataclass(frozen=True)
class Criterion:
    title: str
    possible: int


@dataclass(frozen=True)
class Agreement:
    """`points` None: not agreed yet. `wants`: how many marks the round needs."""

    points: int | None
    wants: int = MARKERS
    apart: bool = False


def criteria(rubric: Sequence[Mapping[str, Any]], hundredths: int) -> list[Criterion]:
    """What is marked one by one; without a rubric the answer as a whole, out of what its slot is
    worth."""
    named = [Criterion(each["title"], HUNDREDTHS * each["points"]) for each in rubric]
    return named or [Criterion("", hundredths)]


def differ(one: int, other: int, possible: int, percent: int) -> bool:
    """By more than so many percent of what is possible."""
    return HUNDREDTHS * abs(one - other) > percent * possible


def mean(one: int, other: int) -> int:
    """Half a hundredth is in the candidate's favour."""
    return (one + other + 1) // 2


def agreement(marks: Sequence[int], possible: int, percent: int) -> Agreement:
    """Of the marks given in one round, in the order of their ordinals."""
    if len(marks) < MARKERS:
        return Agreement(None)
    one, other, *rest = marks
    if not differ(one, other, possible, percent):
        return Agreement(mean(one, other))
    if not rest:
        return Agreement(None, wants=MARKERS + 1)
    third = rest[0]
    to_one, to_other = abs(third - one), abs(third - other)
    apart = HUNDREDTHS * min(to_one, to_other) > percent * possible
    if to_one == to_other:
        return Agreement(third, MARKERS + 1, apart)
    return Agreement(mean(third, one if to_one < to_other else other), MARKERS + 1, apart)


def given(agreed: int, possible: int, hundredths: int) -> int:
    """What an agreed mark is of what its slot is worth."""
    return worth(agreed, possible, hundredths)


class BadPoints(ValueError):
    """What was typed is no number of points of this criterion."""


def read_points(typed: str, possible: int) -> int | None:
    """ "1,5" or "1.5" → 150 hundredths; None when nothing was typed. Raises BadPoints."""
    text = typed.strip().replace(",", ".")
    if not text:
        return None
    try:
        number = Decimal(text) * HUNDREDTHS
    except InvalidOperation:
        raise BadPoints from None
    if (
        not number.is_finite()
        or number != number.to_integral_value()
        or not 0 <= number <= possible
    ):
        raise BadPoints
    return int(number)
