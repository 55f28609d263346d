"""Items that may not stand in one form, because one gives the other away."""

from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.items.models import Enmity, Item
from lantoa.kernel.text import clean


@transaction.atomic
def add_enemy(*, actor: User | None, item: Item, other: Item, reason: str = "") -> Enmity:
    """Keep two items apart, or say anew why. Both histories tell it."""
    if item.pk == other.pk:
        raise ValueError("an item is no enemy of its own")
    enmity, _new = Enmity.objects.update_or_create(
        first_id=min(item.pk, other.pk),
        second_id=max(item.pk, other.pk),
        defaults={"reason": clean(reason), "by_id": actor.pk if actor is not None else None},
    )
    _record(actor, "items.add_enemy", item, other, enmity.reason)
    return enmity


@transaction.atomic
def remove_enemy(*, actor: User | None, item: Item, other: Item) -> None:
    """Let them stand together again."""
    gone, _each = Enmity.objects.filter(
        first_id=min(item.pk, other.pk), second_id=max(item.pk, other.pk)
    ).delete()
    if gone:
        _record(actor, "items.remove_enemy", item, other, "")


def _record(actor: User | None, action: str, item: Item, other: Item, reason: str) -> None:
    for one, its in ((item, other), (other, item)):
        record(actor=actor, action=action, on=one, data={"other": its.pk, "reason": reason})
