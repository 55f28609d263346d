"""Points of tests: as they are typed, and what they come to."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

_NUMBER = re.compile(r"\d{1,4}(?:[.,]\d{1,2})?", re.ASCII)


class Wrong(StrEnum):
    NO_NUMBER = "no_number"
    TOO_MANY = "too_many"


class PointsWrong(ValueError):
    def __init__(self, why: Wrong) -> None:
        self.why = why
        super().__init__(why)


@dataclass(frozen=True)
class Asks:
    """What a test asks."""

    pk: int
    greatest: Decimal
    pass_mark: Decimal
    required: bool


def read_points(text: str, greatest: Decimal) -> Decimal | None:
    """ "7,5" or "7.5"; nothing: not taken. Raises PointsWrong."""
    text = text.strip()
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise PointsWrong(Wrong.NO_NUMBER)
    points = Decimal(text.replace(",", "."))
    if points > greatest:
        raise PointsWrong(Wrong.TOO_MANY)
    return points


def shown(points: Decimal | None) -> str:
    """As one types it: 7.50 is "7,5"; nothing where there is none."""
    if points is None:
        return ""
    text = f"{points:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def lacking(tests: Iterable[Asks], points: Mapping[int, Decimal | None]) -> list[int]:
    """Required tests that aren't passed."""
    return [test.pk for test in tests if test.required and not is_passed(test, points.get(test.pk))]


def is_passed(test: Asks, points: Decimal | None) -> bool:
    return points is not None and points >= test.pass_mark


def mean_percent(tests: Iterable[Asks], points: Mapping[int, Decimal | None]) -> int | None:
    """The mean of the tests in percent, rounded down: a required one that wasn't taken is 0,
    another doesn't count. None where nothing counts."""
    parts = []
    for test in tests:
        got = points.get(test.pk)
        if got is not None or test.required:
            parts.append((got or Decimal(0)) * 100 / test.greatest)
    return int(sum(parts) / len(parts)) if parts else None
