from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.kernel.text import clean
from lantoa.people.models import Unit, UnitPredecessor
from lantoa.people.rules.units import UnitRefused, prefix_of, unit_keys


@transaction.atomic
def rename_unit(
    *, actor: User | None, unit: Unit, name: str, on_date: date, document: str = ""
) -> Unit:
    """Give a unit a new name from a day on (a commune becomes a ward). The unit keeps its row,
    code, people and rights; the former name stays as an ended unit that went before it.

    Raises UnitRefused when the day is not after the day the present name began.
    """
    if unit.founded_on is not None and on_date <= unit.founded_on:
        raise UnitRefused(_("Ngày đổi tên phải sau ngày tên hiện nay có hiệu lực."), "renamed_on")
    former = Unit.objects.create(
        code=unit.code,
        kind=unit.kind,
        prefix=unit.prefix,
        name=unit.name,
        founded_on=unit.founded_on,
        ended_on=on_date,
        former_place=unit.parent.name if unit.parent else "",
        is_remote=unit.is_remote,
        sort_key=unit.sort_key,
        search_key=unit.search_key,
    )
    UnitPredecessor.objects.create(
        unit=unit,
        predecessor=former,
        on_date=on_date,
        document=document,
        how=UnitPredecessor.How.RENAMED,
    )
    cleaned = clean(name)
    keys = unit_keys(unit.kind, cleaned)
    unit.name, unit.prefix, unit.founded_on = cleaned, prefix_of(cleaned), on_date
    unit.sort_key, unit.search_key = keys["sort_key"], keys["search_key"]
    unit.save(update_fields=["name", "prefix", "founded_on", "sort_key", "search_key"])
    record(
        actor=actor,
        action="people.rename_unit",
        on=unit,
        data={"from": former.name, "to": cleaned, "on": str(on_date), "document": document},
    )
    return unit
