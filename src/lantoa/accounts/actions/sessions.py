from allauth.usersessions.models import UserSession
from django.db import transaction

from lantoa.accounts.models import User
from lantoa.accounts.rules import OPEN_SESSIONS
from lantoa.audit.actions import record


def end_sessions(*, user: User, but: str | None = None) -> int:
    """Part of other actions: sign a user out everywhere, except in the session of key `but`."""
    ended = 0
    for session in UserSession.objects.filter(user_id=user.pk).exclude(session_key=but or ""):
        session.end()
        ended += 1
    return ended


def make_room(*, user: User) -> None:
    """Part of signing in: end the oldest sessions, so that there is a place for one more."""
    newest_first = UserSession.objects.filter(user_id=user.pk).order_by("-created_at", "-pk")
    for session in newest_first[OPEN_SESSIONS - 1 :]:
        session.end()


@transaction.atomic
def end_other_sessions(*, actor: User, current: str | None) -> int:
    ended = end_sessions(user=actor, but=current)
    record(actor=actor, action="accounts.end_other_sessions", on=actor, data={"ended": ended})
    return ended


@transaction.atomic
def end_session(*, session: UserSession, actor: User) -> None:
    """Sign out one of one's own sessions from afar."""
    session.end()
    record(actor=actor, action="accounts.end_session", on=actor)
