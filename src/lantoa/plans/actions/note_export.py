from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.people.models import Unit
from lantoa.plans.models import Plan


def note_export(*, actor: User, plan: Plan, unit: Unit, persons: int) -> None:
    """Write down that a list of learners was taken out as a file."""
    data = {"unit": unit.pk, "persons": persons}
    record(actor=actor, action="plans.export_learners", on=plan, data=data)
