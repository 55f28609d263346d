from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.obligations.models import Rule
from lantoa.people.models import Unit


def note_export(*, actor: User, rule: Rule, unit: Unit, persons: int) -> None:
    """Who took out a list with names, and how long it was."""
    data = {"persons": persons, "unit": unit.pk}
    record(actor=actor, action="obligations.export_people", on=rule, data=data)
