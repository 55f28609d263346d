"""Who may sit, until when, what counts as the answer, and how the log holds together. Pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

GRACE = timedelta(seconds=5)
"""A save or submission that left the page in time may arrive this much after the deadline."""

MOST_SAVES = 5000
"""Saves per attempt; far above what a person can do, it stops a script filling the disk."""


class State(StrEnum):
    """Where one person stands with one sitting."""

    PASSED = "passed"
    SUBMITTING = "submitting"
    IN_PROGRESS = "in_progress"
    EXHAUSTED = "exhausted"
    CLOSED = "closed"
    UPCOMING = "upcoming"
    LOCKED = "locked"
    OPEN = "open"


@dataclass(frozen=True)
class Standing:
    """The facts that decide it. `open_deadline` is that of an attempt not submitted yet."""

    opens_at: datetime
    closes_at: datetime
    courses_done: bool
    attempts_used: int
    attempts_allowed: int | None
    passed: bool
    open_deadline: datetime | None = None

    @property
    def attempts_left(self) -> int | None:
        """None: no limit."""
        if self.attempts_allowed is None:
            return None
        return max(0, self.attempts_allowed - self.attempts_used)


def state_of(standing: Standing, now: datetime) -> State:
    """An attempt under way goes on even when something else would no longer let it start."""
    if standing.passed:
        return State.PASSED
    if standing.open_deadline is not None:
        over = is_over(standing.open_deadline, now)
        return State.SUBMITTING if over else State.IN_PROGRESS
    if standing.attempts_left == 0:
        return State.EXHAUSTED
    if now >= standing.closes_at:
        return State.CLOSED
    if now < standing.opens_at:
        return State.UPCOMING
    return State.OPEN if standing.courses_done else State.LOCKED


def is_over(deadline: datetime, now: datetime) -> bool:
    """Nothing arrives any more."""
    return now > deadline + GRACE


def deadline(*, started_at: datetime, minutes: int, closes_at: datetime) -> datetime:
    return min(started_at + timedelta(minutes=minutes), closes_at)


# ---- the answer log ----


class Saved(Protocol):
    """A row of the log, as far as the rules need it."""

    sequence: int
    slot: int
    response: Any
    received_at: datetime
    previous_hash: str
    hash: str


def canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def link(
    *, previous: str, attempt: str, sequence: int, slot: int, response: Any, received_at: datetime
) -> str:
    """The hash of a row: it covers the row's own values and the hash of the row before. The first
    row's `previous` is the form's digest, so the log belongs to one paper. Times in milliseconds:
    both databases keep them alike."""
    millis = round(received_at.timestamp() * 1000)
    return sha256(canonical([previous, attempt, sequence, slot, response, millis]))


def first_break(*, root: str, attempt: str, rows: Iterable[Saved]) -> int | None:
    """The sequence of the first row (in order of arrival) that doesn't fit; None: all fit."""
    previous = root
    for row in rows:
        expected = link(
            previous=previous,
            attempt=attempt,
            sequence=row.sequence,
            slot=row.slot,
            response=row.response,
            received_at=row.received_at,
        )
        if row.previous_hash != previous or row.hash != expected:
            return row.sequence
        previous = row.hash
    return None


def latest(rows: Iterable[Saved]) -> dict[int, Any]:
    """Slot → response: the highest sequence counts, whatever order the saves arrived in."""
    return {row.slot: row.response for row in sorted(rows, key=lambda row: row.sequence)}


def is_answered(response: Any) -> bool:
    """An emptied answer ("nothing chosen") is none."""
    return response is not None and response != []


def unanswered(slots: int, responses: Mapping[int, Any]) -> list[int]:
    """Slots without an answer, from 0."""
    return [slot for slot in range(slots) if not is_answered(responses.get(slot))]


# ---- marking ----


@dataclass(frozen=True)
class Tally:
    title: str
    points: int
    possible: int
    topic: int | None = None

    @property
    def percent(self) -> int:
        return percent(self.points, self.possible)


def percent(points: int, possible: int) -> int:
    """Rounded down, so that the score shown reaches the pass mark exactly when the person did."""
    return 100 * points // possible if possible else 0


def passed(points: int, possible: int, pass_mark: int) -> bool:
    return possible > 0 and 100 * points >= pass_mark * possible


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
