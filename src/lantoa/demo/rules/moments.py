"""When things happened in the model province, all reckoned from the present moment."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from lantoa.kernel.clock import VIETNAM

FIRST_HOUR, LAST_HOUR = 7, 21
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Moments:
    """A pilot cohort that closed weeks ago, and the one in whose middle we stand: like the window
    of 2022, seventeen days long."""

    now: datetime

    @property
    def today(self) -> date:
        return self.now.astimezone(VIETNAM).date()

    def _ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    @property
    def installed(self) -> datetime:
        return morning(self._ago(100))

    @property
    def decided(self) -> date:
        return self._ago(80)

    @property
    def pilot_opens(self) -> date:
        return self._ago(60)

    @property
    def pilot_closes(self) -> date:
        return self._ago(44)

    @property
    def enrolled(self) -> datetime:
        return morning(self._ago(12))

    @property
    def opens(self) -> date:
        return self._ago(10)

    @property
    def closes(self) -> date:
        return self.today + timedelta(days=6)


def morning(day: date) -> datetime:
    return datetime.combine(day, time(8), tzinfo=VIETNAM)


def hours(first: date, last: date, before: datetime) -> list[datetime]:
    """The hours in which people learn, early to late, over before a moment."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    starts = [
        datetime.combine(day, time(hour), tzinfo=VIETNAM)
        for day in days
        for hour in range(FIRST_HOUR, LAST_HOUR + 1)
    ]
    return [start for start in starts if start + HOUR <= before]
