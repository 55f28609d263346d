"""Reordering, removing and putting back the pieces of a draft."""

from django.db import transaction

from lantoa.accounts.models import User
from lantoa.courses.actions.drafts import hold_draft, note
from lantoa.courses.queries.pieces import Piece, siblings_of, version_of
from lantoa.kernel import clock


@transaction.atomic
def shift(*, actor: User | None, piece: Piece, by: int) -> bool:
    """Move a piece up (-1) or down (+1) among those beside it; False when it stands at the end."""
    hold_draft(version_of(piece))
    row = list(siblings_of(piece))
    here = next((place for place, each in enumerate(row) if each.pk == piece.pk), None)
    if here is None or not 0 <= here + by < len(row):
        return False
    row.insert(here + by, row.pop(here))
    for position, each in enumerate(row, start=1):
        if each.position != position:
            each.position = position
            each.save(update_fields=["position"])
    note(actor, "shift", piece)
    return True


@transaction.atomic
def remove(*, actor: User | None, piece: Piece) -> None:
    """Take a piece out of the draft; it can be put back until the draft is published."""
    hold_draft(version_of(piece))
    piece.removed_at, piece.removed_by_id = clock.now(), actor.pk if actor else None
    piece.save(update_fields=["removed_at", "removed_by_id"])
    note(actor, "remove", piece)


@transaction.atomic
def restore(*, actor: User | None, piece: Piece) -> None:
    """Put a removed piece back where it stood."""
    hold_draft(version_of(piece))
    piece.removed_at = piece.removed_by_id = None
    piece.save(update_fields=["removed_at", "removed_by_id"])
    note(actor, "restore", piece)
