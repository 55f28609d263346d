"""The window of a sitting: what is wrong with one, and the windows of waves and series. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from lantoa.kernel.clock import VIETNAM

SATURDAY = 5
MOST_WAVES = 30


@dataclass(frozen=True)
class Window:
    opens_at: datetime
    last_start_at: datetime | None
    closes_at: datetime

    def later(self, by: timedelta) -> "Window":
        last = self.last_start_at + by if self.last_start_at else None
        return Window(self.opens_at + by, last, self.closes_at + by)


def problems(window: Window, minutes: int) -> dict[str, str]:
    """Sentences by field; empty: it can be held. `minutes`: how long the test takes."""
    found: dict[str, str] = {}
    if window.closes_at <= window.opens_at:
        found["closes_at"] = _("Giờ đóng phải sau giờ mở.")
    elif window.closes_at - window.opens_at < timedelta(minutes=minutes):
        found["closes_at"] = _(
            "Từ lúc mở đến lúc đóng ngắn hơn thời gian làm bài (%(minutes)d phút)."
        ) % {"minutes": minutes}
    last = window.last_start_at
    if last is not None and not window.opens_at <= last <= window.closes_at:
        found["last_start_at"] = _("Giờ bắt đầu muộn nhất phải nằm giữa giờ mở và giờ đóng.")
    return found


def is_short(window: Window, minutes: int) -> bool:
    """Whoever starts last has less than the whole time."""
    last = window.last_start_at or window.closes_at
    return last + timedelta(minutes=minutes) > window.closes_at


def waves(first: Window, count: int, gap: timedelta) -> list[Window]:
    """The same window several times, each opening `gap` after the one before it opened."""
    return [first.later(gap * n) for n in range(count)]


@dataclass(frozen=True)
class Planned:
    """A sitting of a series: which quarter's, whose wave, when."""

    period: str
    unit: int
    window: Window


@dataclass(frozen=True)
class Series:
    """`month` is the quarter's (1–3), `day` the first day of testing in it; so many agencies sit on
    one working day."""

    year: int
    quarters: Sequence[int]
    month: int
    day: int
    opens: time
    closes: time
    per_day: int
    last_start: time | None = None

    def planned(self, units: Sequence[int]) -> list[Planned]:
        return [
            Planned(f"{self.year}-Q{quarter}", unit, self._window(on))
            for quarter in self.quarters
            for unit, on in zip(units, self._days(quarter), strict=False)
        ]

    def _days(self, quarter: int) -> Iterator[date]:
        """The day of each agency, one after the other, without weekends."""
        on = date(self.year, 3 * (quarter - 1) + self.month, self.day)
        while True:
            if on.weekday() < SATURDAY:
                for _agency in range(self.per_day):
                    yield on
            on += timedelta(days=1)

    def _window(self, on: date) -> Window:
        def at(clock: time) -> datetime:
            return datetime.combine(on, clock, tzinfo=VIETNAM)

        last = at(self.last_start) if self.last_start else None
        return Window(at(self.opens), last, at(self.closes))


ROMAN = ("I", "II", "III", "IV")


def period_shown(period: str) -> str:
    """ "Quý IV/2026"."""
    year, _dash, quarter = period.partition("-Q")
    if quarter in ("1", "2", "3", "4"):
        return _("Quý %(quarter)s/%(year)s") % {"quarter": ROMAN[int(quarter) - 1], "year": year}
    return period
