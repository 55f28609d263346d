"""Who may sit, and until when. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

GRACE = timedelta(seconds=5)
"""A save or submission that left the page in time may arrive this much after the deadline."""


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
