from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.classes.models import TrainingClass


def note_export(*, actor: User, training_class: TrainingClass, persons: int) -> None:
    """Who took out a list with names, and how long it was."""
    data = {"persons": persons}
    record(actor=actor, action="classes.export_list", on=training_class, data=data)
