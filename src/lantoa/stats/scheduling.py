"""Days, rooms and trainers for classes, with HiGHS.

Time is a row of half-days. A class of n half-days begins at a multiple of n, so that classes of one
length meet either at the same time or at no common time (what `seating` can count by groups).
"""

import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from lantoa.stats.linear import Program

NOT_HELD, SAME_TIME, LATER, ROOM_TOO_LARGE = 1000.0, 3.0, 0.05, 0.001


@dataclass(frozen=True)
class Wanted:
    """A class to be held: so many half-days. `fixed`: where it stands already (first half-day,
    room, trainer), which stays."""

    key: int
    matter: int
    size: int
    halves: int
    fixed: tuple[int, int | None, int | None] | None = None


@dataclass(frozen=True)
class Room:
    key: int
    seats: int
    busy: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Trainer:
    key: int
    matters: frozenset[int]
    busy: frozenset[int] = frozenset()


class Missing(StrEnum):
    TIME = "time"  # fewer half-days than one class needs
    ROOM = "room"  # no room holds so many
    TRAINER = "trainer"  # nobody teaches the matter
    TOGETHER = "together"  # each could be held, but not all


@dataclass(frozen=True)
class Held:
    key: int
    times: tuple[int, ...]
    room: int | None
    trainer: int | None


@dataclass(frozen=True)
class Timetable:
    held: list[Held]
    missing: dict[int, Missing]


def schedule(
    wanted: Sequence[Wanted],
    times: int,
    rooms: Sequence[Room],
    trainers: Sequence[Trainer],
    *,
    at_once: int,
    seconds: float = 20.0,
) -> Timetable:
    """No rooms or no trainers given: none are needed. `at_once`: the most classes at one time."""
    work = _Work(wanted, times, rooms, trainers, at_once)
    return work.solve(seconds)


class _Work:
    def __init__(
        self,
        wanted: Sequence[Wanted],
        times: int,
        rooms: Sequence[Room],
        trainers: Sequence[Trainer],
        at_once: int,
    ) -> None:
        self.wanted, self.times, self.at_once = wanted, times, at_once
        self.rooms: Sequence[Room | None] = rooms or [None]
        self.trainers = trainers
        self.program = Program()
        self.z: dict[tuple[int, int, int], int] = {}  # class, start, room's place
        self.v: dict[tuple[int, int, int], int] = {}  # class, start, trainer's place
        self.out: dict[int, int] = {}
        for one in wanted:
            self._class(one)
        self._limits()
        self._order()

    def _starts(self, one: Wanted) -> range:
        return range(0, self.times - one.halves + 1, one.halves)

    def _room_fits(self, one: Wanted, room: Room | None, start: int) -> bool:
        span = set(range(start, start + one.halves))
        return room is None or (room.seats >= one.size and not span & room.busy)

    def _class(self, one: Wanted) -> None:
        out = self.out[one.key] = self.program.column(NOT_HELD, 1)
        columns = [out]
        for start in self._starts(one):
            here = []
            for place, room in enumerate(self.rooms):
                if self._room_fits(one, room, start):
                    spare = room.seats - one.size if room else 0
                    cost = LATER * start + ROOM_TOO_LARGE * spare
                    column = self.program.column(cost, 1, whole=True)
                    self.z[one.key, start, place] = column
                    here.append(column)
            columns += here
            if self.trainers and here:
                self._trainer(one, start, here)
        self.program.row(1, 1, columns)

    def _trainer(self, one: Wanted, start: int, here: Sequence[int]) -> None:
        span = set(range(start, start + one.halves))
        teach = []
        for place, trainer in enumerate(self.trainers):
            if one.matter in trainer.matters and not span & trainer.busy:
                column = self.program.column(0, 1, whole=True)
                self.v[one.key, start, place] = column
                teach.append(column)
        signs = [1.0] * len(here) + [-1.0] * len(teach)
        self.program.row(0, 0, [*here, *teach], signs)

    def _limits(self) -> None:
        of = {one.key: one for one in self.wanted}
        rooms: dict[tuple[int, int], list[int]] = defaultdict(list)
        teach: dict[tuple[int, int], list[int]] = defaultdict(list)
        every: dict[int, list[int]] = defaultdict(list)
        matters: dict[tuple[int, int], list[int]] = defaultdict(list)
        for (key, start, place), column in self.z.items():
            for time in range(start, start + of[key].halves):
                rooms[place, time].append(column)
                every[time].append(column)
            matters[of[key].matter, start].append(column)
        for (key, start, place), column in self.v.items():
            for time in range(start, start + of[key].halves):
                teach[place, time].append(column)
        for columns in [*(rooms.values() if self.rooms[0] else ()), *teach.values()]:
            self.program.row(0, 1, columns)
        for columns in every.values():
            self.program.row(0, self.at_once, columns)
        for columns in matters.values():
            # Who can't come to one class of a matter should find another at another time.
            twice = self.program.column(SAME_TIME)
            self.program.row(-1e9, 1, [*columns, twice], [1.0] * len(columns) + [-1.0])

    def _order(self) -> None:
        """Classes of a matter can't be told apart: the first comes first."""
        matters: dict[tuple[int, int, int], list[int]] = defaultdict(list)
        for one in self.wanted:
            if one.fixed is None:
                matters[one.matter, one.size, one.halves].append(one.key)
            else:
                self._fix(one)
        for keys in matters.values():
            for before, after in itertools.pairwise(keys):
                columns = [c for (k, _s, _p), c in self.z.items() if k in (before, after)]
                signs = [
                    float(start + 1 if key == before else -(start + 1))
                    for (key, start, _p) in self.z
                    if key in (before, after)
                ]
                # A class that isn't held comes last.
                columns += [self.out[before], self.out[after]]
                signs += [float(self.times + 1), -float(self.times + 1)]
                self.program.row(-1e9, 0, columns, signs)

    def _fix(self, one: Wanted) -> None:
        assert one.fixed is not None
        start, room, trainer = one.fixed
        for (key, at, place), column in self.z.items():
            if key == one.key:
                standing = self.rooms[place]
                same = at == start and (room is None or (standing and standing.key == room))
                self.program.upper[column] = 1.0 if same else 0.0
        for (key, at, place), column in self.v.items():
            if key == one.key and trainer is not None:
                same = at == start and self.trainers[place].key == trainer
                self.program.upper[column] = 1.0 if same else 0.0

    def solve(self, seconds: float) -> Timetable:
        found = self.program.solve(seconds=seconds, gap=0.02)
        taught = {
            key: self.trainers[place].key
            for (key, _start, place), column in self.v.items()
            if found[column] > 0.5
        }
        held = []
        for (key, start, place), column in self.z.items():
            if found[column] > 0.5:
                halves = next(one.halves for one in self.wanted if one.key == key)
                room = self.rooms[place]
                span = tuple(range(start, start + halves))
                held.append(Held(key, span, room.key if room else None, taught.get(key)))
        there = {one.key for one in held}
        missing = {one.key: self._why(one) for one in self.wanted if one.key not in there}
        return Timetable(sorted(held, key=lambda one: (one.times, one.key)), missing)

    def _why(self, one: Wanted) -> Missing:
        if not self._starts(one):
            return Missing.TIME
        fits = any(
            self._room_fits(one, room, start) for start in self._starts(one) for room in self.rooms
        )
        if not fits:
            return Missing.ROOM
        if self.trainers and not any(one.matter in t.matters for t in self.trainers):
            return Missing.TRAINER
        return Missing.TOGETHER
