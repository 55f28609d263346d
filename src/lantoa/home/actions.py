from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record


@transaction.atomic
def note_export(*, actor: User) -> None:
    """That somebody took all that is known about themselves; what it was is not repeated."""
    record(actor=actor, action="home.export", on=actor)
