from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.items.actions.locking import locked
from lantoa.items.models import Approval, Item
from lantoa.items.rules import NotAllowed, may_move, state_of
from lantoa.kernel.text import clean


@transaction.atomic
def retire_item(*, actor: User | None, item: Item, reason: str) -> None:
    """Take an item out of drawing. Forms already drawn keep it. Raises NotAllowed."""
    may_move(is_retired=locked(item).state == Item.State.RETIRED)
    item.state = Item.State.RETIRED
    item.save(update_fields=["state"])
    record(actor=actor, action="items.retire_item", on=item, data={"reason": clean(reason)})


@transaction.atomic
def restore_item(*, actor: User | None, item: Item) -> None:
    """Use an item again, as what its versions say it is: one that was approved is drawn again.
    Raises NotAllowed."""
    now = locked(item)
    if now.state != Item.State.RETIRED:
        raise NotAllowed(_("Câu hỏi này đang được dùng."))
    is_approved = Approval.objects.filter(version__item=item).exists()
    item.state = Item.State(state_of(is_approved=is_approved, stage=now.stage))
    item.save(update_fields=["state"])
    record(actor=actor, action="items.restore_item", on=item, data={"state": item.state})
