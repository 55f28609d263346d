"""Making, closing and reopening accounts."""

from collections.abc import Sequence

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction

from lantoa.accounts.actions.sessions import end_sessions
from lantoa.accounts.models import ActivationCode, User
from lantoa.audit.actions import record
from lantoa.kernel import clock
from lantoa.kernel.ids import new_token

BATCH = 1000


@transaction.atomic
def create_account(
    *,
    actor: User | None,
    display_name: str,
    email: str | None = None,
    phone: str | None = None,
    personal_number_hash: str | None = None,
    password: str | None = None,
) -> User:
    """An account; with a password it is activated at once, without one it waits for its code."""
    user = User(
        display_name=display_name,
        email=(email or "").lower() or None,
        phone=phone or None,
        personal_number_hash=personal_number_hash or None,
    )
    if password:
        user.set_password(password)
        user.activated_at = clock.now()
    else:
        user.set_unusable_password()
    user.save()
    record(actor=actor, action="accounts.create_account", on=user)
    return user


@transaction.atomic
def create_accounts(*, users: Sequence[User], actor: User | None) -> list[User]:
    """Store unsaved users without passwords (rosters bring thousands): one event for the batch.

    Nothing is hashed slowly here: an account that waits for its code has no password at all.
    """
    for user in users:
        # What set_unusable_password does, a hundred times quicker.
        user.password = UNUSABLE_PASSWORD_PREFIX + new_token(30)
        user.email = (user.email or "").lower() or None
    made = User.objects.bulk_create(users, batch_size=BATCH)
    record(
        actor=actor,
        action="accounts.create_accounts",
        on=("accounts.user", "batch"),
        data={"users": [user.pk for user in made]},
    )
    return made


@transaction.atomic
def close_account(*, user: User, actor: User | None) -> None:
    """Somebody left: their record stays, but nobody signs in as them any more."""
    closed = User.objects.filter(pk=user.pk, closed_at__isnull=True).update(closed_at=clock.now())
    if not closed:
        return
    ActivationCode.objects.filter(
        user_id=user.pk, used_at__isnull=True, withdrawn_at__isnull=True
    ).update(withdrawn_at=clock.now())
    ended = end_sessions(user=user)
    user.refresh_from_db()
    record(actor=actor, action="accounts.close_account", on=user, data={"ended": ended})


@transaction.atomic
def reopen_account(*, user: User, actor: User | None) -> None:
    """Somebody came back: they sign in as before, or by a new activation code."""
    if User.objects.filter(pk=user.pk, closed_at__isnull=False).update(closed_at=None):
        user.refresh_from_db()
        record(actor=actor, action="accounts.reopen_account", on=user)


@transaction.atomic
def set_language(*, actor: User, language: str) -> None:
    """The language of pages and messages for this person: "vi" or "en"."""
    actor.language = User.Language(language)
    actor.save(update_fields=["language"])
    record(actor=actor, action="accounts.set_language", on=actor, data={"language": language})
