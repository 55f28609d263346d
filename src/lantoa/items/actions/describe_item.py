from dataclasses import dataclass, fields
from typing import Any

from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.frameworks.models import Node
from lantoa.items.models import Item
from lantoa.items.rules import lines
from lantoa.kernel.text import clean

LONGEST_SOURCE = 300


@dataclass(frozen=True)
class About:
    """What is known of an item beside what it says; for authors and examiners only."""

    competence: Node | None = None
    difficulty: str = Item.Difficulty.MEDIUM
    expected_seconds: int | None = None
    source: str = ""
    notes: str = ""

    def values(self) -> dict[str, Any]:
        """As columns of an item."""
        told = {field.name: getattr(self, field.name) for field in fields(self)}
        told["source"] = clean(self.source)[:LONGEST_SOURCE]
        told["notes"] = lines(self.notes)
        return told


@transaction.atomic
def describe_item(*, actor: User | None, item: Item, about: About) -> None:
    """Write down the item's competence, difficulty, time, source and notes. Versions and approval
    stay as they are."""
    after = about.values()
    changed = [name for name, value in after.items() if getattr(item, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(item, name, after[name])
    item.save(update_fields=changed)
    record(actor=actor, action="items.describe_item", on=item, data={"changed": changed})
