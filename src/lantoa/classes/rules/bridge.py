"""What a point's reports come to, in whatever order they arrive."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    OPEN = "open"
    LINK_UP = "link_up"
    LINK_DOWN = "link_down"
    HEADCOUNT = "headcount"
    WALK_IN = "walk_in"
    PROBLEM = "problem"
    SOLVED = "solved"
    CLOSE = "close"


@dataclass(frozen=True)
class Report:
    kind: str
    made_at: datetime
    number: int | None = None
    note: str = ""
    key: str = ""


@dataclass
class Standing:
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    link_up: bool | None = None
    headcount: int | None = None
    walk_ins: int = 0
    open_problems: int = 0
    problem: str = ""


def standing(reports: Iterable[Report]) -> Standing:
    """The newest word on each thing, by when it was made. A point that is opened again is open."""
    now = Standing()
    for one in sorted(reports, key=lambda report: (report.made_at, report.key)):
        _take(now, one)
    return now


def _take(now: Standing, one: Report) -> None:
    match one.kind:
        case Kind.OPEN:
            now.opened_at, now.closed_at = now.opened_at or one.made_at, None
        case Kind.CLOSE:
            now.closed_at = one.made_at
        case Kind.LINK_UP | Kind.LINK_DOWN:
            now.link_up = one.kind == Kind.LINK_UP
        case Kind.HEADCOUNT:
            now.headcount = one.number
        case Kind.WALK_IN:
            now.walk_ins += 1
        case Kind.PROBLEM:
            now.open_problems, now.problem = now.open_problems + 1, one.note
        case Kind.SOLVED:
            now.open_problems, now.problem = 0, ""


class Light(StrEnum):
    """How a point looks from the centre, the worst first."""

    PROBLEM = "problem"
    DOWN = "down"
    NOT_OPEN = "not_open"
    FULL = "up"
    CLOSED = "closed"


def light(now: Standing) -> Light:
    if now.open_problems:
        return Light.PROBLEM
    if now.closed_at is not None:
        return Light.CLOSED
    if now.opened_at is None:
        return Light.NOT_OPEN
    return Light.DOWN if now.link_up is False else Light.FULL
