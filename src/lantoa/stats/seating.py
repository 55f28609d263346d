"""Putting people into classes, with HiGHS.

People who can't be told apart (same unit, same matters, same wait, nothing pinned) are one whole
number per class instead of a yes or no each: 250 people of 40 agencies become some 60 groups, and a
program that would take minutes takes a second. That loses nothing as long as classes meet either at
the same time or at no common time: then the counts of a group are a bipartite multigraph of matters
and times, each of degree at most the group's size, which always splits into one schedule without
clashes per person (König). Where times overlap in part, each person is a group of their own.

Nothing is infeasible: a seat that can't be found, an agency that loses too many people at a time
and a class that stays too small cost much, and stand in the result as findings.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from lantoa.stats.linear import Program
from lantoa.stats.schedules import split

NOT_SEATED, TOO_MANY_AWAY, TOO_FEW, APART = 10_000.0, 400.0, 100.0, 40.0
KILOMETRE, LATER = 1.0, 0.5
"""What each costs: a person without a seat more than everything else together; a person away beyond
an agency's share as much as 400 km; a later class of the same matter half a kilometre."""


@dataclass(frozen=True)
class Seat:
    """A class: `times` are ids of half-days; `order` is 0 for the first of its matter in time."""

    key: int
    matter: int
    capacity: int
    least: int
    times: frozenset[int]
    order: int = 0


@dataclass(frozen=True)
class Learner:
    """`waits`: 0 for who waits least; `pinned`: classes where they stay."""

    key: int
    unit: int
    matters: frozenset[int]
    waits: int = 0
    pinned: frozenset[int] = frozenset()


class Together(StrEnum):
    """Colleagues of one unit."""

    FREE = "free"
    TOGETHER = "together"
    APART = "apart"


@dataclass(frozen=True)
class Wishes:
    """`away`: the largest share (percent) of a unit's learners in class at one time; one person
    may always go. `distance`: kilometres by (unit, class key), where known."""

    away: int = 100
    colleagues: Together = Together.FREE
    distance: Mapping[tuple[int, int], float] = field(default_factory=dict)


class Lack(StrEnum):
    SEATS = "seats"  # place: matter
    NOT_SEATED = "not_seated"  # place: matter
    AWAY = "away"  # place: unit
    TOO_FEW = "too_few"  # place: class


@dataclass(frozen=True)
class Finding:
    lack: Lack
    place: int
    found: int
    asked: int


@dataclass(frozen=True)
class Seating:
    """Learner → classes, and what could not be kept."""

    classes: dict[int, list[int]]
    findings: list[Finding]


@dataclass(frozen=True)
class _Group:
    unit: int
    matters: frozenset[int]
    waits: int
    pinned: frozenset[int]
    people: tuple[int, ...]


def seat(
    learners: Sequence[Learner], seats: Sequence[Seat], wishes: Wishes, *, seconds: float = 30.0
) -> Seating:
    """The same people, classes and wishes give the same answer."""
    groups = _grouped(learners, clean=_is_clean(seats))
    counts = _Work(groups, seats, wishes).solve(seconds) if groups else {}
    classes: dict[int, list[int]] = {}
    for at, group in enumerate(groups):
        mine = {s.key: counts[at, s.key] for s in seats if counts.get((at, s.key))}
        slots = {s.key: (s.matter, min(s.times, default=-s.key)) for s in seats}
        for person, schedule in zip(
            group.people, split(mine, slots, len(group.people)), strict=True
        ):
            classes[person] = sorted(schedule)
    return Seating(classes, _findings(learners, seats, wishes, classes))


def _is_clean(seats: Sequence[Seat]) -> bool:
    """Any two classes meet at the same times or at no common time."""
    distinct = {one.times for one in seats}
    return sum(map(len, distinct)) == len(frozenset().union(*distinct))


def _grouped(learners: Sequence[Learner], *, clean: bool) -> list[_Group]:
    found: dict[tuple[int, frozenset[int], int, frozenset[int], int], list[int]] = defaultdict(list)
    for one in learners:
        own = one.key if one.pinned or not clean else 0
        found[one.unit, one.matters, one.waits, one.pinned, own].append(one.key)
    return [_Group(*key[:4], tuple(people)) for key, people in found.items()]


class _Work:
    def __init__(self, groups: Sequence[_Group], seats: Sequence[Seat], wishes: Wishes) -> None:
        self.groups, self.seats, self.wishes = groups, seats, wishes
        self.program = Program()
        self.x: dict[tuple[int, int], int] = {}
        self._seats_of_each()
        self._sizes()
        self._clashes()
        self._away()
        if wishes.colleagues is not Together.FREE:
            self._colleagues()

    def solve(self, seconds: float) -> dict[tuple[int, int], int]:
        found = self.program.solve(seconds=seconds, gap=0.01)
        return {key: n for key, column in self.x.items() if (n := round(found[column]))}

    def _seats_of_each(self) -> None:
        for at, group in enumerate(self.groups):
            size = len(group.people)
            for matter in sorted(group.matters):
                columns = []
                for one in (s for s in self.seats if s.matter == matter):
                    column = self.program.column(self._cost(group, one), size, whole=True)
                    self.x[at, one.key] = column
                    columns.append(column)
                    if one.key in group.pinned:
                        self.program.row(size, size, [column])
                missing = self.program.column(NOT_SEATED * (1 + group.waits), size)
                self.program.row(size, size, [*columns, missing])

    def _cost(self, group: _Group, one: Seat) -> float:
        far = self.wishes.distance.get((group.unit, one.key), 0.0)
        return KILOMETRE * far + LATER * one.order * (1 + group.waits)

    def _of_class(self, key: int) -> list[int]:
        return [c for (_at, of), c in self.x.items() if of == key]

    def _sizes(self) -> None:
        by_class: dict[int, list[int]] = defaultdict(list)
        for (_at, key), column in self.x.items():
            by_class[key].append(column)
        for one in self.seats:
            columns = by_class[one.key]
            self.program.row(0, one.capacity, columns)
            if one.least:
                short = self.program.column(TOO_FEW)
                self.program.row(one.least, 1e9, [*columns, short])

    def _clashes(self) -> None:
        by_time: dict[int, list[int]] = defaultdict(list)
        for one in self.seats:
            for time in one.times:
                by_time[time].append(one.key)
        self.meeting = {frozenset(keys) for keys in by_time.values()}
        for keys in sorted(map(sorted, self.meeting)):
            for at, group in enumerate(self.groups):
                columns = [self.x[at, key] for key in keys if (at, key) in self.x]
                if len(columns) > 1:
                    self.program.row(0, len(group.people), columns)

    def _away(self) -> None:
        if self.wishes.away >= 100:
            return
        units: dict[int, list[int]] = defaultdict(list)
        for at, group in enumerate(self.groups):
            units[group.unit].append(at)
        for _unit, groups in units.items():
            most = most_away(sum(len(self.groups[g].people) for g in groups), self.wishes.away)
            for keys in sorted(map(sorted, self.meeting)):
                columns = [self.x[g, k] for g in groups for k in keys if (g, k) in self.x]
                beyond = self.program.column(TOO_MANY_AWAY)
                self.program.row(-1e9, most, [*columns, beyond], [1.0] * len(columns) + [-1.0])

    def _colleagues(self) -> None:
        """Together: as few classes of a matter as it takes. Apart: as even as it goes."""
        for unit in sorted({group.unit for group in self.groups}):
            of = [at for at, group in enumerate(self.groups) if group.unit == unit]
            for matter in sorted({m for at in of for m in self.groups[at].matters}):
                classes = [s for s in self.seats if s.matter == matter]
                size = sum(
                    len(self.groups[a].people) for a in of if matter in self.groups[a].matters
                )
                for one in classes:
                    columns = [self.x[a, one.key] for a in of if (a, one.key) in self.x]
                    if self.wishes.colleagues is Together.TOGETHER:
                        there = self.program.column(APART, 1, whole=True)
                        self.program.row(-1e9, 0, [*columns, there], [1.0] * len(columns) + [-size])
                    else:
                        even = -(-size // len(classes))
                        beyond = self.program.column(APART)
                        row = [1.0] * len(columns) + [-1.0]
                        self.program.row(-1e9, even, [*columns, beyond], row)


def most_away(size: int, percent: int) -> int:
    """How many of a unit may be in class at one time: its share rounded down, one at least."""
    return max(1, size * percent // 100)


def _findings(
    learners: Sequence[Learner],
    seats: Sequence[Seat],
    wishes: Wishes,
    classes: Mapping[int, Sequence[int]],
) -> list[Finding]:
    """Counted from what came out, not from what the program meant."""
    of = {one.key: one for one in seats}
    found = []
    for matter in sorted({m for one in learners for m in one.matters}):
        asked = sum(matter in one.matters for one in learners)
        there = sum(s.capacity for s in seats if s.matter == matter)
        if there < asked:
            found.append(Finding(Lack.SEATS, matter, there, asked))
        seated = sum(of[key].matter == matter for keys in classes.values() for key in keys)
        if seated < asked:
            found.append(Finding(Lack.NOT_SEATED, matter, seated, asked))
    sizes: dict[int, int] = defaultdict(int)
    for keys in classes.values():
        for key in keys:
            sizes[key] += 1
    found += [
        Finding(Lack.TOO_FEW, one.key, sizes[one.key], one.least)
        for one in seats
        if sizes[one.key] < one.least
    ]
    return found + _too_many_away(learners, of, wishes, classes)


def _too_many_away(
    learners: Sequence[Learner],
    of: Mapping[int, Seat],
    wishes: Wishes,
    classes: Mapping[int, Sequence[int]],
) -> list[Finding]:
    size: dict[int, int] = defaultdict(int)
    away: dict[tuple[int, int], int] = defaultdict(int)
    for one in learners:
        size[one.unit] += 1
        for time in {t for key in classes.get(one.key, ()) for t in of[key].times}:
            away[one.unit, time] += 1
    worst: dict[int, int] = defaultdict(int)
    for (unit, _time), count in away.items():
        worst[unit] = max(worst[unit], count)
    return [
        Finding(Lack.AWAY, unit, count, most_away(size[unit], wishes.away))
        for unit, count in sorted(worst.items())
        if wishes.away < 100 and count > most_away(size[unit], wishes.away)
    ]
