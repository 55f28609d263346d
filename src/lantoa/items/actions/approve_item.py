from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.items.actions.locking import locked, newest_of
from lantoa.items.models import Approval, Item
from lantoa.items.rules import may_approve


@transaction.atomic
def approve_item(*, actor: User | None, item: Item, number: int | None = None) -> Approval:
    """Approve the item's newest version, which a reviewer found fit: from now on forms draw this
    one. `number` is the version that was looked at. Raises NotAllowed."""
    now = locked(item)
    newest = newest_of(now, number)
    may_approve(
        purpose=now.purpose,
        has_topic=now.topic_id is not None,
        stage=now.stage,
        is_retired=now.state == Item.State.RETIRED,
    )
    approval, is_new = Approval.objects.get_or_create(
        version=newest, defaults={"by_id": actor.pk if actor is not None else None}
    )
    if is_new:
        Item.objects.filter(pk=item.pk).update(state=Item.State.APPROVED, stage=Item.Stage.APPROVED)
        record(actor=actor, action="items.approve_item", on=item, data={"number": newest.number})
    item.refresh_from_db(fields=["state", "stage"])
    return approval
