from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.items.models import Item
from lantoa.kernel.text import clean


@transaction.atomic
def retire_item(*, actor: User | None, item: Item, reason: str) -> None:
    """Take an item out of drawing. Forms already drawn keep it."""
    item.state = Item.State.RETIRED
    item.save(update_fields=["state"])
    record(actor=actor, action="items.retire_item", on=item, data={"reason": clean(reason)})
