from lantoa.accounts.models import User
from lantoa.audit.actions import record


def note_export(*, actor: User, count: int) -> None:
    """Write down that the register, with people's names, was taken out as a file."""
    record(
        actor=actor,
        action="certificates.export_register",
        on=("certificates.certificate", "batch"),
        data={"count": count},
    )
