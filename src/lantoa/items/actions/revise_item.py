from collections.abc import Mapping
from typing import Any

from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.frameworks.models import Node
from lantoa.items.actions.alike import note_changed_item
from lantoa.items.actions.create_item import prepared
from lantoa.items.actions.locking import locked, newest_of
from lantoa.items.models import Item, ItemVersion
from lantoa.items.rules import same_content


@transaction.atomic
def revise_item(*, actor: User | None, item: Item, content: Mapping[str, Any]) -> ItemVersion:
    """Write what the item says now as its next version; the same content makes no new one.

    What was published or drawn with an older version keeps it. Raises InvalidContent.
    """
    regular, key = prepared(item.kind, content)
    now = locked(item)
    newest = newest_of(now, None)
    if same_content(newest.content, regular):
        return newest
    version = ItemVersion.objects.create(
        item=now,
        number=newest.number + 1,
        content=regular,
        search_key=key,
        created_by_id=actor.pk if actor is not None else None,
    )
    _begin_anew(now, key)
    record(actor=actor, action="items.revise_item", on=item, data={"number": version.number})
    item.refresh_from_db(fields=["state", "stage", "search_key"])
    return version


def _begin_anew(item: Item, key: str) -> None:
    """The new version is a draft; what was approved before is still drawn meanwhile."""
    if item.state == Item.State.REVIEWED:
        item.state = Item.State.DRAFT
    item.stage = Item.Stage.WRITING
    is_other = item.search_key != key
    item.search_key = key
    item.save(update_fields=["state", "stage", "search_key"])
    if is_other:
        note_changed_item(item)


@transaction.atomic
def reclassify_item(
    *, actor: User | None, item: Item, topic: Node | None, level: str, purpose: str
) -> None:
    """Move the item to a topic, level and purpose; its versions stay as they are."""
    before = (item.topic_id, item.level, item.purpose)
    after = (topic.pk if topic else None, level, purpose)
    if before == after:
        return
    item.topic, item.level, item.purpose = topic, level, purpose
    item.save(update_fields=["topic", "level", "purpose"])
    record(
        actor=actor,
        action="items.reclassify_item",
        on=item,
        data={"before": list(before), "after": list(after)},
    )
