"""When attendance counts, and when it is enough."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

HERE = frozenset({"present", "late"})
ONLINE = "online"
LATE_AFTER = timedelta(minutes=15)
"""Who comes later than this after the beginning is late, which still counts as being there."""
OPENS_BEFORE = timedelta(minutes=45)
CLOSES_AFTER = timedelta(minutes=30)
"""From when to when around a meeting its code is taken."""


@dataclass(frozen=True)
class Attended:
    """Tiết attended of the tiết held."""

    periods: int
    of: int

    @property
    def percent(self) -> int | None:
        """Rounded down: 79,9% is not yet 80%. None where nothing was held."""
        return self.periods * 100 // self.of if self.of else None

    def is_enough(self, needed: int) -> bool:
        return self.of > 0 and self.periods * 100 >= needed * self.of


def attended(held: Mapping[int, int], standings: Mapping[int, str]) -> Attended:
    """`held`: tiết by meeting; `standings`: what stands for one person by meeting."""
    here = sum(n for meeting, n in held.items() if standings.get(meeting) in HERE)
    return Attended(here, sum(held.values()))


def outweighs(evidence: str, at: datetime, before: str, before_at: datetime) -> bool:
    """Whether a mark stands over what stood: the one made last, but what somebody said always over
    what was reckoned from presence online, whichever arrives first."""
    if (evidence == ONLINE) != (before == ONLINE):
        return before == ONLINE
    return at >= before_at


def takes_code(starts: datetime, ends: datetime, at: datetime) -> bool:
    return starts - OPENS_BEFORE <= at <= ends + CLOSES_AFTER


def standing_at(starts: datetime, at: datetime) -> str:
    return "late" if at > starts + LATE_AFTER else "present"
