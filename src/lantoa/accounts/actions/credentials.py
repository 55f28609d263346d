"""Passwords and the second factor: each change signs out everywhere else."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from lantoa.accounts.actions.sessions import end_sessions
from lantoa.accounts.actions.sign_in import forget_failures
from lantoa.accounts.errors import Refused
from lantoa.accounts.models import Confirmation, User
from lantoa.accounts.queries import attempt_key, second_factor_key
from lantoa.audit.actions import record
from lantoa.kernel import clock


def set_password(*, user: User, password: str) -> None:
    """Part of other actions: store the password and forget the failures before it."""
    user.set_password(password)
    user.save(update_fields=["password"])
    forget_failures(key=attempt_key("", user))


def drop_second_factor(*, user: User) -> None:
    """Part of other actions: the phone that made the codes is gone."""
    Authenticator.objects.filter(user_id=user.pk).delete()
    forget_failures(key=second_factor_key(user))


@transaction.atomic
def change_password(*, actor: User, password: str, session_key: str | None) -> None:
    set_password(user=actor, password=password)
    ended = end_sessions(user=actor, but=session_key)
    record(actor=actor, action="accounts.change_password", on=actor, data={"ended": ended})


@transaction.atomic
def reset_password(*, confirmation: Confirmation, password: str) -> User:
    """Choose a new password after a code sent to one's own address. The second factor stays."""
    user = confirmation.user
    if user is None or confirmation.confirmed_at is None or user.closed_at is not None:
        raise Refused
    taken = Confirmation.objects.filter(
        pk=confirmation.pk, used_at__isnull=True, expires_at__gt=clock.now()
    ).update(used_at=clock.now())
    if not taken:
        raise Refused
    set_password(user=user, password=password)
    ended = end_sessions(user=user)
    record(actor=user, action="accounts.reset_password", on=user, data={"ended": ended})
    return user
