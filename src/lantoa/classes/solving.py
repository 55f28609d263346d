"""A proposal worked out: days, rooms and trainers first, then people. Only jobs import this."""

from collections import Counter
from typing import Any

from lantoa.classes.models import Lecturer, Meeting, Proposal, TrainingClass, Venue
from lantoa.classes.queries.proposals import Waiting, places_of_units, waiting_of
from lantoa.classes.rules.proposing import Asked, Place, kilometres
from lantoa.classes.rules.spans import Span
from lantoa.classes.timing import span_of
from lantoa.stats.scheduling import Room, Timetable, Trainer, Wanted, schedule
from lantoa.stats.seating import Learner, Seat, Seating, Together, Wishes, seat

SECONDS = 45.0


class Solving:
    def __init__(self, proposal: Proposal) -> None:
        self.proposal = proposal
        self.asked = Asked.from_json(proposal.wishes)
        self.times = self.asked.times()
        self.spans = [span_of(day, half) for day, half in self.times]
        self.before = {one["key"]: one for one in proposal.outcome.get("classes", [])}
        self.waiting = waiting_of(proposal.cohort, [c.requirement for c in self.asked.classes])

    def solve(self) -> dict[str, Any]:
        """What `Proposal.outcome` keeps."""
        wanted = self._wanted()
        table = schedule(
            wanted,
            len(self.times),
            self._rooms(),
            self._trainers(),
            at_once=self.asked.at_once,
            seconds=SECONDS / 2,
        )
        seating = self._seat(wanted, table)
        return self._told(wanted, table, seating)

    def _wanted(self) -> list[Wanted]:
        found = []
        for asked in self.asked.classes:
            for number in range(asked.classes):
                key = asked.requirement * 1000 + number
                found.append(
                    Wanted(key, asked.requirement, self.asked.least, asked.halves, self._fixed(key))
                )
        return found

    def _fixed(self, key: int) -> tuple[int, int | None, int | None] | None:
        """Where a class stays that somebody holds where it is."""
        one = self.before.get(key)
        if key not in self.proposal.held or one is None or not one["times"]:
            return None
        day, half = one["times"][0]
        start = next(
            (n for n, (d, h) in enumerate(self.times) if (d.isoformat(), h.value) == (day, half)),
            None,
        )
        return None if start is None else (start, one["venue"], one["trainer"])

    def _busy(self, meetings: Any) -> frozenset[int]:
        taken = [Span(*row) for row in meetings.values_list("starts_at", "ends_at")]
        return frozenset(
            n for n, span in enumerate(self.spans) if any(span.overlaps(t) for t in taken)
        )

    def _standing(self) -> Any:
        held = Meeting.objects.filter(cancelled_at=None)
        return held.exclude(training_class__state=TrainingClass.State.CANCELLED)

    def _rooms(self) -> list[Room]:
        venues = Venue.objects.filter(pk__in=self.asked.venues).order_by("pk")
        found = []
        for venue in venues:
            there = self._standing().filter(venue=venue) | self._standing().filter(
                venue=None, training_class__venue=venue
            )
            found.append(Room(venue.pk, venue.seats or self.asked.capacity, self._busy(there)))
        return found

    def _trainers(self) -> list[Trainer]:
        matters: dict[int, set[int]] = {}
        wanted = [one.requirement for one in self.asked.classes]
        for requirement, person in Lecturer.objects.filter(requirement__in=wanted).values_list(
            "requirement_id", "person_id"
        ):
            matters.setdefault(person, set()).add(requirement)
        return [
            Trainer(
                person,
                frozenset(teaches),
                self._busy(self._standing().filter(teachings__trainer=person)),
            )
            for person, teaches in sorted(matters.items())
        ]

    def _seat(self, wanted: list[Wanted], table: Timetable) -> Seating:
        matter = {one.key: one.matter for one in wanted}
        seen: Counter[int] = Counter()
        seats, rooms = [], {}
        seats_in = dict(Venue.objects.filter(pk__in=self.asked.venues).values_list("pk", "seats"))
        for held in table.held:
            of = matter[held.key]
            room = seats_in.get(held.room or 0) or self.asked.capacity
            capacity = min(self.asked.capacity, room)
            least, times = self.asked.least, frozenset(held.times)
            seats.append(Seat(held.key, of, capacity, least, times, seen[of]))
            rooms[held.key] = held.room
            seen[of] += 1
        wishes = Wishes(self.asked.away, Together(self.asked.colleagues), self._distances(rooms))
        learners = [self._learner(one, {s.key for s in seats}) for one in self.waiting]
        return seat(learners, seats, wishes, seconds=SECONDS)

    def _learner(self, one: Waiting, keys: set[int]) -> Learner:
        moved = self.proposal.moved.get(str(one.enrolment), [])
        pinned = frozenset(key for key in moved if key in keys)
        return Learner(one.enrolment, one.unit, frozenset(one.requirements), one.waits, pinned)

    def _distances(self, rooms: dict[int, int | None]) -> dict[tuple[int, int], float]:
        venues = {
            venue.pk: Place(venue.zone, venue.latitude, venue.longitude)
            for venue in Venue.objects.filter(pk__in=self.asked.venues)
        }
        homes = places_of_units({one.unit for one in self.waiting})
        return {
            (unit, key): kilometres(home, venues[room])
            for unit, home in homes.items()
            for key, room in rooms.items()
            if room is not None
        }

    def _told(self, wanted: list[Wanted], table: Timetable, seating: Seating) -> dict[str, Any]:
        people: dict[int, list[int]] = {}
        for enrolment, keys in seating.classes.items():
            for key in keys:
                people.setdefault(key, []).append(enrolment)
        numbers: Counter[int] = Counter()
        matter = {one.key: one.matter for one in wanted}
        classes = []
        for held in table.held:
            numbers[matter[held.key]] += 1
            classes.append(
                {
                    "key": held.key,
                    "requirement": matter[held.key],
                    "number": numbers[matter[held.key]],
                    "times": [
                        [self.times[t][0].isoformat(), self.times[t][1].value] for t in held.times
                    ],
                    "venue": held.room,
                    "trainer": held.trainer,
                    "enrolments": sorted(people.get(held.key, [])),
                }
            )
        findings = [
            {"lack": one.lack.value, "place": one.place, "found": one.found, "asked": one.asked}
            for one in seating.findings
        ]
        missing = [
            {"requirement": matter[key], "why": why.value} for key, why in table.missing.items()
        ]
        return {
            "classes": classes,
            "findings": findings,
            "missing": missing,
            "people": len(self.waiting),
        }
