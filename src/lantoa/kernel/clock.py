"""The only source of time: everything else asks here, so that a test or a rehearsal can set it."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

log = logging.getLogger(__name__)

_fixed: ContextVar[datetime | None] = ContextVar("fixed_time", default=None)


def now() -> datetime:
    """The moment, aware, in UTC."""
    return _fixed.get() or datetime.now(UTC)


def today() -> date:
    """The calendar day in Vietnam: deadlines of plans are Vietnamese days."""
    return now().astimezone(VIETNAM).date()


class Steady:
    """Seconds since 1970 that don't jump while the process lives: when somebody sets the machine's
    clock in the middle of an exam, deadlines keep the time that candidates were told. Small
    corrections (NTP's) are followed; a restart takes the machine's clock as it then is."""

    MOST = 1.0

    def __init__(self) -> None:
        self._wall, self._steady = time.time(), time.monotonic()
        self.jumped = 0.0

    def seconds(self) -> float:
        wall, steady = time.time(), time.monotonic()
        expected = self._wall + steady - self._steady
        off = wall - expected
        if abs(off) > self.MOST:
            if abs(off - self.jumped) > self.MOST:
                log.warning("the machine's clock jumped", extra={"seconds": round(off, 1)})
            self.jumped = off
            return expected
        self._wall, self._steady, self.jumped = wall, steady, 0.0
        return wall


steady = Steady()


def now_ms() -> int:
    """The moment in milliseconds since 1970, without jumps: the time that exams run by."""
    held = _fixed.get()
    return round((held.timestamp() if held else steady.seconds()) * 1000)


@contextmanager
def fixed(moment: datetime) -> Iterator[None]:
    """Hold the clock at a moment (tests; the demo's history)."""
    token = _fixed.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.reset(token)
