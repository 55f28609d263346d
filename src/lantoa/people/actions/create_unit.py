from datetime import date

from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.kernel.text import clean
from lantoa.people.actions.closure import link_under_parents
from lantoa.people.models import Unit
from lantoa.people.rules.units import prefix_of, unit_keys


@transaction.atomic
def create_unit(
    *,
    actor: User | None,
    code: str,
    kind: str,
    name: str,
    parent: Unit | None,
    prefix: str = "",
    founded_on: date | None = None,
) -> Unit:
    """Found a unit under a parent. The caller has seen to it that the parent is in reach."""
    unit = Unit.objects.create(
        code=code,
        kind=kind,
        prefix=prefix or prefix_of(clean(name)),
        name=clean(name),
        **unit_keys(kind, name),
        parent=parent,
        founded_on=founded_on,
    )
    link_under_parents([unit])
    record(actor=actor, action="people.create_unit", on=unit, data={"code": code})
    return unit
