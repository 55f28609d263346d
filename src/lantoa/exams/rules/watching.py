"""What an invigilator sees of a candidate. Pure."""

from dataclasses import dataclass
from enum import StrEnum

SILENCE_MS = 60_000
"""A page speaks every 20 seconds; three times unheard is offline."""

GRACE_MS = 5_000


class Watch(StrEnum):
    """In the order in which an invigilator wants to see them."""

    LOCKED = "locked"
    OFFLINE = "offline"
    OVER = "over"
    ABSENT = "absent"
    WAITING = "waiting"
    PAUSED = "paused"
    WORKING = "working"
    SUBMITTED = "submitted"


@dataclass(frozen=True)
class Facts:
    """Times in milliseconds; None: hasn't happened."""

    locked: bool
    seen: int | None
    started: int | None
    deadline: int | None
    paused: bool
    submitted: int | None


def watch(facts: Facts, now_ms: int) -> Watch:
    """One word for a candidate. Offline comes before everything that goes on by itself, since it
    asks for somebody to walk over."""
    if facts.submitted is not None:
        return Watch.SUBMITTED
    if facts.locked:
        return Watch.LOCKED
    if facts.seen is None:
        return Watch.ABSENT
    if facts.deadline is not None and not facts.paused and now_ms > facts.deadline + GRACE_MS:
        return Watch.OVER
    if now_ms - facts.seen > SILENCE_MS:
        return Watch.OFFLINE
    if facts.paused:
        return Watch.PAUSED
    return Watch.WAITING if facts.started is None else Watch.WORKING
