from typing import Any

from lantoa.accounts.models import User
from lantoa.audit.actions import record


def note_export(*, actor: User, count: int, filters: dict[str, Any]) -> None:
    """Write down that questions were taken out as a file: an exam's questions are a secret."""
    record(
        actor=actor,
        action="items.export_items",
        on=("items.item", "batch"),
        data={"count": count, "filters": filters},
    )
