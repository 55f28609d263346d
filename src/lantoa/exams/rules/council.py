"""What stands between a sitting and the approval of its results. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Hindrance(StrEnum):
    """`may_approve` is False while one of these stands."""

    NOBODY = "nobody"
    UNDER_WAY = "under_way"
    UNMARKED = "unmarked"
    LATE = "late"
    CORRECTING = "correcting"


class Concern(StrEnum):
    """The council may approve in spite of these, and says why."""

    NOT_VERIFIED = "not_verified"
    NOT_SOUND = "not_sound"
    STILL_OPEN = "still_open"


@dataclass(frozen=True)
class Pending:
    """What is open in a sitting. `unsound`: attempts whose log or score doesn't hold, as of the
    last check; None: not checked since the last result changed."""

    submitted: int
    under_way: int
    unmarked: int
    undecided_late: int
    correcting: int
    unsound: int | None
    window_open: bool


def hindrances(pending: Pending) -> list[Hindrance]:
    asked = (
        (pending.submitted == 0, Hindrance.NOBODY),
        (pending.under_way > 0, Hindrance.UNDER_WAY),
        (pending.unmarked > 0, Hindrance.UNMARKED),
        (pending.undecided_late > 0, Hindrance.LATE),
        (pending.correcting > 0, Hindrance.CORRECTING),
    )
    return [which for stands, which in asked if stands]


def concerns(pending: Pending) -> list[Concern]:
    asked = (
        (pending.window_open, Concern.STILL_OPEN),
        (pending.unsound is None, Concern.NOT_VERIFIED),
        (bool(pending.unsound), Concern.NOT_SOUND),
    )
    return [which for stands, which in asked if stands]
