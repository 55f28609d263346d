"""Appeals (phúc khảo): until when. Pure."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from lantoa.kernel.clock import VIETNAM

DAYS = 15
"""From the day the result is out. Căn cứ to be checked [M]: NĐ 138/2020/NĐ-CP gives 15 days from
the notice of results of recruitment exams; `LANTOA_APPEAL_DAYS` sets what the exam's rules say."""


class Appealing(StrEnum):
    NOT_OUT = "not_out"
    OPEN = "open"
    OVER = "over"
    FILED = "filed"
    DECIDED = "decided"


def until(out_at: datetime, days: int) -> datetime:
    return out_at + timedelta(days=days)


def end_of(day: date) -> datetime:
    """Paper that comes in on a day came in time for all of it."""
    return datetime.combine(day, time.max, tzinfo=VIETNAM)


def state_of(
    *, out_at: datetime | None, now: datetime, days: int, filed: bool, decided: bool
) -> Appealing:
    """Where a candidate stands with an appeal; one that was filed goes on whatever happens."""
    if decided:
        return Appealing.DECIDED
    if filed:
        return Appealing.FILED
    if out_at is None or now < out_at:
        return Appealing.NOT_OUT
    return Appealing.OPEN if now <= until(out_at, days) else Appealing.OVER
