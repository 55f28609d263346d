"""Accounts whose people were active before this installation knew them."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.kernel.bulk import update

BATCH = 400


@transaction.atomic
def carry_over_activations(
    *, moments: Mapping[int, datetime], actor: User | None, password: str | None = None
) -> int:
    """Stamp many users (by id) as activated at a moment; how many had not been. One event.

    `password` is everybody's, hashed once: for a rehearsal, where anybody may sign in as anybody.
    Without it they keep none and come in by an activation code or a code sent to them.
    """
    encoded = make_password(password)
    ids = list(moments)
    users: list[User] = []
    for start in range(0, len(ids), BATCH):
        users += User.objects.filter(pk__in=ids[start : start + BATCH], activated_at__isnull=True)
    update(User, ["activated_at", "password"], ((moments[u.pk], encoded, u.pk) for u in users))
    record(
        actor=actor,
        action="accounts.carry_over_activations",
        on=("accounts.user", "batch"),
        data={"count": len(users)},
    )
    return len(users)
