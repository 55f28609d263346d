"""The only source of time: everything else asks here, so that a test or a rehearsal can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

_fixed: ContextVar[datetime | None] = ContextVar("fixed_time", default=None)


def now() -> datetime:
    """The moment, aware, in UTC."""
    return _fixed.get() or datetime.now(UTC)


def today() -> date:
    """The calendar day in Vietnam: deadlines of plans are Vietnamese days."""
    return now().astimezone(VIETNAM).date()


@contextmanager
def fixed(moment: datetime) -> Iterator[None]:
    """Hold the clock at a moment (tests; the demo's history)."""
    token = _fixed.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.reset(token)
