"""How long a session may lie idle, and what counts as activity (security level 3: 15 minutes, 5 for
administrators)."""

import time
from datetime import datetime

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from lantoa.accounts.models import User
from lantoa.accounts.queries import is_administrator

SEEN = "accounts.seen"
HELD_UNTIL = "accounts.held_until"
# Written at most this often: a page view must not cost a write.
SECONDS_BETWEEN_NOTES = 60


def idle_minutes(user: User) -> int:
    limit: int = settings.LANTOA_IDLE_MINUTES
    if is_administrator(user):
        return min(limit, int(settings.LANTOA_ADMINISTRATOR_IDLE_MINUTES))
    return limit


def hold(session: SessionBase, until: datetime) -> None:
    """Don't lock before `until`: somebody sits an exam, and its deadline is the server's anyway."""
    session[HELD_UNTIL] = until.timestamp()


def release(session: SessionBase) -> None:
    session.pop(HELD_UNTIL, None)


def is_held(session: SessionBase) -> bool:
    return bool(session.get(HELD_UNTIL, 0.0) > time.time())


def is_over(session: SessionBase, minutes: int) -> bool:
    seen = session.get(SEEN)
    # A note may be a minute old, so nobody is locked before the time is really over.
    allowed = minutes * 60 + SECONDS_BETWEEN_NOTES
    return seen is not None and time.time() - seen > allowed and not is_held(session)


def note_activity(session: SessionBase) -> None:
    if time.time() - session.get(SEEN, 0.0) >= SECONDS_BETWEEN_NOTES:
        session[SEEN] = time.time()
