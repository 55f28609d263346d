from datetime import date

from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.kernel.names import collation_key
from lantoa.kernel.text import clean, fold
from lantoa.people.models import Unit, UnitLink


def link_under_parent(unit: Unit) -> None:
    """Write the unit's closure rows: itself, and everything its parent stands under."""
    links = [UnitLink(ancestor_id=unit.pk, unit_id=unit.pk, depth=0)]
    for ancestor_id, depth in UnitLink.objects.filter(unit_id=unit.parent_id).values_list(
        "ancestor_id", "depth"
    ):
        links.append(UnitLink(ancestor_id=ancestor_id, unit_id=unit.pk, depth=depth + 1))
    UnitLink.objects.bulk_create(links)


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
    """Found a unit under a parent. The caller has checked that the parent is in the actor's reach."""
    unit = Unit.objects.create(
        code=code,
        kind=kind,
        prefix=prefix,
        name=clean(name),
        parent=parent,
        founded_on=founded_on,
        sort_key=collation_key(name)[:400],
        search_key=fold(name)[:250],
    )
    link_under_parent(unit)
    record(actor=actor, action="people.create_unit", on=unit, data={"code": code})
    return unit
