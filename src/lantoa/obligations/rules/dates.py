"""Which years a rule asks something for, until when, and when people are reminded."""

from datetime import date, timedelta
from enum import StrEnum

ONCE = 0


def years_of(*, repeats: bool, starts_on: date, ends_on: date | None, today: date) -> list[int]:
    """The year that runs, while the rule holds; 0 for one that asks once."""
    if today < starts_on or (ends_on is not None and today > ends_on):
        return []
    return [today.year] if repeats else [ONCE]


def due_of(*, repeats: bool, due_on: date, grace_days: int, year: int) -> date:
    """The last day, with the grace that everybody has. The 29th of February is the 28th in other
    years."""
    if not repeats:
        return due_on + timedelta(days=grace_days)
    try:
        day = due_on.replace(year=year)
    except ValueError:
        day = due_on.replace(year=year, day=28)
    return day + timedelta(days=grace_days)


class Step(StrEnum):
    """Told to the person; the last also to the unit's coordinators and head."""

    MONTH = "month"
    WEEK = "week"
    LATE = "late"
    ESCALATED = "escalated"


LATE_FOR = timedelta(days=14)
"""So long after the last day it goes to the unit."""
DUE_SOON_DAYS = 30


def due_between(step: Step, today: date) -> tuple[date, date]:
    """Last days for which this step is the newest today; `step_of` said the other way round."""
    day = timedelta(days=1)
    return {
        Step.MONTH: (today + timedelta(days=8), today + timedelta(days=DUE_SOON_DAYS)),
        Step.WEEK: (today, today + timedelta(days=7)),
        Step.LATE: (today - LATE_FOR, today - day),
        Step.ESCALATED: (date.min, today - LATE_FOR - day),
    }[step]


def step_of(due_on: date, today: date) -> Step | None:
    """The newest step that has come; None while the day is more than a month away."""
    if today > due_on + LATE_FOR:
        return Step.ESCALATED
    if today > due_on:
        return Step.LATE
    if today >= due_on - timedelta(days=7):
        return Step.WEEK
    if today >= due_on - timedelta(days=DUE_SOON_DAYS):
        return Step.MONTH
    return None
