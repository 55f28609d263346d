"""What nobody needs any more and holds addresses goes away by itself."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from lantoa.accounts.actions.sign_in import KEPT as FAILURES_KEPT
from lantoa.accounts.models import Confirmation, SignInFailure
from lantoa.kernel import clock

CONFIRMATIONS_KEPT = timedelta(days=30)
# A session's row is written a moment before it can be told that the session is there.
SETTLED = timedelta(days=1)


def forget_old() -> None:
    """Codes sent a month ago, yesterday's failures, and where people were signed in whose session
    has ended. The audit log keeps what happened, without addresses."""
    now = clock.now()
    Confirmation.objects.filter(issued_at__lt=now - CONFIRMATIONS_KEPT).delete()
    SignInFailure.objects.filter(at__lt=now - FAILURES_KEPT).delete()
    ended = UserSession.objects.filter(last_seen_at__lt=now - SETTLED)
    ended.exclude(session_key__in=Session.objects.values("session_key")).delete()
