from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.exams.models import Sitting


def note_export(*, actor: User, sitting: Sitting, attempts: int) -> None:
    """Write down that the results, with people's names, were taken out as a file."""
    record(actor=actor, action="exams.export_results", on=sitting, data={"attempts": attempts})


def note_minutes(*, actor: User, sitting: Sitting) -> None:
    """Write down that the minutes, with people's names, were taken out."""
    record(actor=actor, action="exams.export_minutes", on=sitting)
