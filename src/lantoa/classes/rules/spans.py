"""Days and halves of days, and spans of time that overlap. Times of day are Vietnam's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum


class Half(StrEnum):
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


USUAL: dict[Half, tuple[time, time]] = {
    Half.MORNING: (time(7, 30), time(11, 30)),
    Half.AFTERNOON: (time(13, 30), time(17, 0)),
    Half.EVENING: (time(18, 30), time(21, 0)),
}
"""When such a half is taught where nobody says otherwise."""
MOST_DAYS = 60
SUNDAY = 6


@dataclass(frozen=True)
class Span:
    starts: datetime
    ends: datetime

    def overlaps(self, other: "Span") -> bool:
        """Touching ends don't: one class may begin when the one before it ends."""
        return self.starts < other.ends and other.starts < self.ends


def half_of(starts: time) -> Half:
    if starts < time(12):
        return Half.MORNING
    return Half.AFTERNOON if starts < time(17, 30) else Half.EVENING


def teaching_days(first: date, count: int, *, weekends: bool) -> list[date]:
    """So many days from `first` on; without weekends Saturdays and Sundays are passed over."""
    days: list[date] = []
    day = first
    while len(days) < min(count, MOST_DAYS):
        if weekends or day.weekday() < SUNDAY - 1:
            days.append(day)
        day += timedelta(days=1)
    return days


def slots(days: Iterable[date], halves: Sequence[Half]) -> list[tuple[date, Half]]:
    """Each day's halves, in the order of the day."""
    order = [half for half in Half if half in halves]
    return [(day, half) for day in days for half in order]
