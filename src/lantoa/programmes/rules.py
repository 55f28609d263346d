"""What a programme decides, without a clock or a database."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum

DUE_SOON_DAYS = 7
"""A window that closes within so many days is "sắp đến hạn"."""


class Progress(StrEnum):
    """How far an enrolment has come, in the order in which people get there."""

    INACTIVE = "inactive"
    NOT_BEGUN = "not_begun"
    LEARNING = "learning"
    COMPLETED = "completed"
    CERTIFIED = "certified"


class Timing(StrEnum):
    LATE = "late"
    DUE_SOON = "due_soon"
    ON_TIME = "on_time"


def is_complete(required: Iterable[int], passed: Iterable[int]) -> bool:
    """Every requirement has a passed outcome. A programme that asks nothing is never completed."""
    asked = set(required)
    return bool(asked) and asked <= set(passed)


def progress(*, activated: bool, started: bool, completed: bool, certified: bool) -> Progress:
    """Later facts win: somebody who completed in a class may never have used their account."""
    if certified:
        return Progress.CERTIFIED
    if completed:
        return Progress.COMPLETED
    if started:
        return Progress.LEARNING
    return Progress.NOT_BEGUN if activated else Progress.INACTIVE


def timing(*, closes_on: date, completed: bool, today: date) -> Timing:
    """Late: the window has closed (its last day is over) and the person hasn't completed."""
    if completed:
        return Timing.ON_TIME
    if closes_on < today:
        return Timing.LATE
    if closes_on <= today + timedelta(days=DUE_SOON_DAYS):
        return Timing.DUE_SOON
    return Timing.ON_TIME


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    month += 1
    next_month = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(day.day, (next_month - timedelta(days=1)).day))


def part_of(index: int, topics: int, parts: Sequence[str]) -> str:
    """The part in which a topic of an outline begins: parts in order, as even as they go."""
    if not parts:
        return ""
    return parts[index * len(parts) // topics]
