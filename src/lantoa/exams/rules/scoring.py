"""From marks to a result: sums by part and topic, and every rule that passing asks for. Points are
hundredths of a point; percents are rounded down, so that the score shown reaches a mark exactly
when the person did. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any


@dataclass(frozen=True)
class Tally:
    title: str
    points: int
    possible: int
    topic: int | None = None

    @property
    def percent(self) -> int:
        return percent(self.points, self.possible)

    @property
    def points_shown(self) -> float:
        return self.points / 100

    @property
    def possible_shown(self) -> float:
        return self.possible / 100


def percent(points: int, possible: int) -> int:
    return 100 * points // possible if possible else 0


def reaches(points: int, possible: int, mark: int) -> bool:
    return possible > 0 and 100 * points >= mark * possible


def worth(points: int, possible: int, hundredths: int) -> int:
    """What so many of an item's own points are of what its slot is worth, rounded down."""
    return hundredths * points // possible if possible else 0


def tallies(
    marks: Sequence[tuple[int, int]], keys: Sequence[tuple[str, int | None]]
) -> list[Tally]:
    """Marks added up by title (a part or a topic), in the order in which titles first appear."""
    sums: dict[tuple[str, int | None], list[int]] = {}
    for (points, possible), key in zip(marks, keys, strict=True):
        row = sums.setdefault(key, [0, 0])
        row[0] += points
        row[1] += possible
    return [Tally(title, got, of, topic) for (title, topic), (got, of) in sums.items()]


def failed_rules(
    rules: Mapping[str, Any],
    total: tuple[int, int],
    parts: Sequence[Tally],
    topics: Sequence[Tally],
) -> list[str]:
    """Names of the rules not met; empty: passed. A rule that asks nothing (None) is met. The
    average of parts is of their percents, each part weighing the same (TTLT 17/2016)."""
    failed = []
    if not reaches(*total, rules["pass_mark"]):
        failed.append("pass_mark")
    for name, tallied in (("part_minimum", parts), ("topic_minimum", topics)):
        mark = rules.get(name)
        if mark is not None and any(not reaches(t.points, t.possible, mark) for t in tallied):
            failed.append(name)
    average = rules.get("parts_average")
    if average is not None and parts:
        shares = sum(Fraction(t.points, t.possible) for t in parts if t.possible)
        if 100 * shares < average * len(parts):
            failed.append("parts_average")
    return failed
