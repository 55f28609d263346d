from lantoa.accounts.models import User
from lantoa.audit.actions import record


def note_export(*, actor: User | None, count: int, filters: str) -> None:
    """Personal data left the system in a file: who took it, when, how many people."""
    data = {"count": count, "filters": filters[:300]}
    record(actor=actor, action="people.export_persons", on=("people.person", "batch"), data=data)
