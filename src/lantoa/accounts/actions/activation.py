"""Activation codes: the way in for people who were imported, and the way back for those who lost
their phone or password."""

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.module_loading import import_string

from lantoa.accounts import rules
from lantoa.accounts.actions.credentials import drop_second_factor, set_password
from lantoa.accounts.actions.sessions import end_sessions
from lantoa.accounts.errors import Refused
from lantoa.accounts.models import ActivationCode, User
from lantoa.accounts.queries import activation_code_hash, open_activation_codes
from lantoa.audit.actions import record
from lantoa.kernel import clock

BATCH = 1000


@transaction.atomic
def issue_activation_codes(*, users: Sequence[User], actor: User | None) -> dict[int, str]:
    """New codes, as printed (XXXXX-XXXXX), by user id; shown this once, kept only as keyed hashes.

    Earlier codes of these users stop working. Closed accounts get none. Only an administrator (or
    the system) may issue a code for an administrator: whoever holds it takes the account over.
    Raises PermissionDenied.
    """
    open_users = [user for user in users if user.closed_at is None]
    ids = [user.pk for user in open_users]
    if actor is not None and not import_string(settings.LANTOA_IS_ADMINISTRATOR)(actor):
        administrators: frozenset[int] = import_string(settings.LANTOA_ADMINISTRATOR_IDS)()
        if administrators & set(ids):
            raise PermissionDenied
    _withdraw(ids)
    plain = {pk: rules.new_activation_code() for pk in ids}
    now = clock.now()
    ActivationCode.objects.bulk_create(
        [
            ActivationCode(
                user_id=pk,
                code_hash=activation_code_hash(code),
                issued_at=now,
                issued_by=actor,
                expires_at=now + timedelta(days=rules.ACTIVATION_CODE_DAYS),
            )
            for pk, code in plain.items()
        ],
        batch_size=BATCH,
    )
    _record_batch("accounts.issue_activation_codes", ids, actor)
    return {pk: rules.shown(code) for pk, code in plain.items()}


@transaction.atomic
def withdraw_activation_codes(*, users: Sequence[User], actor: User | None) -> int:
    """Codes handed to the wrong people stop working; how many did."""
    ids = [user.pk for user in users]
    withdrawn = _withdraw(ids)
    if withdrawn:
        _record_batch("accounts.withdraw_activation_codes", ids, actor)
    return withdrawn


@transaction.atomic
def activate(*, code: ActivationCode, password: str) -> User:
    """Use a code: the password is new, the second factor is gone, other sessions end.

    Raises Refused when the code has been used, withdrawn or has expired meanwhile.
    """
    taken = open_activation_codes().filter(pk=code.pk).update(used_at=clock.now())
    if not taken:
        raise Refused
    user = User.objects.get(pk=code.user_id)
    first = user.activated_at is None
    if first:
        user.activated_at = clock.now()
        user.save(update_fields=["activated_at"])
    set_password(user=user, password=password)
    drop_second_factor(user=user)
    ended = end_sessions(user=user)
    record(actor=user, action="accounts.activate", on=user, data={"first": first, "ended": ended})
    return user


def _withdraw(ids: list[int]) -> int:
    withdrawn = 0
    for start in range(0, len(ids), BATCH):
        withdrawn += ActivationCode.objects.filter(
            user_id__in=ids[start : start + BATCH], used_at__isnull=True, withdrawn_at__isnull=True
        ).update(withdrawn_at=clock.now())
    return withdrawn


def _record_batch(action: str, ids: list[int], actor: User | None) -> None:
    """One event for the batch; for one person, on the person, so that their history shows it."""
    on = ("accounts.user", str(ids[0]) if len(ids) == 1 else "batch")
    record(actor=actor, action=action, on=on, data={"users": ids})
