from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.items.models import Approval, Item
from lantoa.items.rules import may_approve


@transaction.atomic
def approve_item(*, actor: User | None, item: Item) -> Approval:
    """Approve the item's newest version: from now on forms draw this one. Also takes an item back
    into use that was retired. Raises NotAllowed."""
    may_approve(purpose=item.purpose, has_topic=item.topic_id is not None)
    newest = item.versions.latest("number")
    approval, _ = Approval.objects.get_or_create(
        version=newest, defaults={"by_id": actor.pk if actor is not None else None}
    )
    item.state = Item.State.APPROVED
    item.save(update_fields=["state"])
    record(actor=actor, action="items.approve_item", on=item, data={"number": newest.number})
    return approval
