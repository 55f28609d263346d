from datetime import date

from django.db import transaction

from lantoa.accounts.models import User
from lantoa.people.actions.change_unit import change_unit, move_unit
from lantoa.people.actions.rename_unit import rename_unit
from lantoa.people.models import Unit


@transaction.atomic
def reshape_unit(
    *,
    actor: User | None,
    unit: Unit,
    name: str,
    code: str,
    is_remote: bool,
    parent: Unit | None = None,
    renamed_on: date | None = None,
    moved_on: date | None = None,
    document: str = "",
) -> None:
    """What one form asks for, all or nothing: another parent moves the unit, a day with another
    name renames it with its history, the rest is a correction. Raises UnitRefused."""
    if parent is not None and parent.pk != unit.parent_id:
        move_unit(actor=actor, unit=unit, parent=parent, on_date=moved_on, document=document)
    if renamed_on is not None and name != unit.name:
        rename_unit(actor=actor, unit=unit, name=name, on_date=renamed_on, document=document)
    change_unit(actor=actor, unit=unit, name=name, code=code, is_remote=is_remote)
