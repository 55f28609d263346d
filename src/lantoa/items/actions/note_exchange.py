from lantoa.accounts.models import User
from lantoa.audit.actions import record


def note_exchange(*, actor: User | None, count: int, form: str, filters: str) -> None:
    """Questions with their answers left the system in a file: who took them, how many, which."""
    record(
        actor=actor,
        action="items.export_exchange",
        on=("items.item", "batch"),
        data={"count": count, "form": form, "filters": filters[:500]},
    )
