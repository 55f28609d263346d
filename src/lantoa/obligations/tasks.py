"""What the worker does each night: new years, new people, merged units; then reminders."""

from lantoa.obligations.actions.recompute import recompute_all
from lantoa.obligations.actions.remind import remind_due


def each_night() -> int:
    recompute_all()
    return remind_due()
