"""Correcting, moving and ending units. Renaming with history is `rename_unit`."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.kernel import clock
from lantoa.kernel.text import clean
from lantoa.people.actions.closure import relink_subtree
from lantoa.people.actions.receive_people import receive_people
from lantoa.people.models import Person, Unit, UnitLink, UnitPredecessor
from lantoa.people.rules.units import UnitRefused, prefix_of, unit_keys


@transaction.atomic
def change_unit(
    *, actor: User | None, unit: Unit, name: str, code: str, is_remote: bool
) -> list[str]:
    """Correct what was written wrong; returns the names of what changed. Raises UnitRefused when
    another unit has the code."""
    cleaned, code = clean(name), clean(code)
    wanted = {"name": cleaned, "code": code, "is_remote": is_remote}
    changed = [field for field, value in wanted.items() if getattr(unit, field) != value]
    if not changed:
        return []
    if code and "code" in changed and Unit.objects.filter(code=code, ended_on=None).exists():
        raise UnitRefused(_("Mã này đang là mã của một đơn vị khác."), "code")
    columns = {**wanted, "prefix": prefix_of(cleaned), **unit_keys(unit.kind, cleaned)}
    for column, value in columns.items():
        setattr(unit, column, value)
    unit.save(update_fields=list(columns))
    record(actor=actor, action="people.change_unit", on=unit, data={"fields": changed})
    return changed


@transaction.atomic
def move_unit(
    *,
    actor: User | None,
    unit: Unit,
    parent: Unit,
    on_date: date | None = None,
    document: str = "",
) -> None:
    """Put a unit, with everything under it, under another one from a day on (today); its place till
    then stays in the tree of those days. The caller has seen to it that both are in reach.

    Raises UnitRefused for a place under itself, one that has ended, or a day before the one on
    which the unit came to where it stands.
    """
    if UnitLink.objects.filter(ancestor=unit, unit=parent).exists():
        raise UnitRefused(_("Không thể đặt một đơn vị dưới chính nó."), "parent")
    if parent.ended_on is not None:
        raise UnitRefused(_("Đơn vị cấp trên này đã hết hiệu lực."), "parent")
    if unit.parent_id == parent.pk:
        return
    day = on_date or clock.today()
    if UnitLink.objects.filter(unit=unit, depth=1, since__gt=day).exists():
        raise UnitRefused(
            _("Ngày chuyển không thể trước ngày đơn vị về dưới đơn vị cấp trên hiện nay."),
            "moved_on",
        )
    before = unit.parent_id
    _place_under(unit, parent, day, document)
    record(
        actor=actor,
        action="people.move_unit",
        on=unit,
        data={"from": before, "to": parent.pk, "on": str(day), "document": document},
    )


def _place_under(unit: Unit, parent: Unit, day: date, document: str) -> None:
    unit.parent = parent
    unit.save(update_fields=["parent"])
    relink_subtree(unit, on_date=day, document=document)


@transaction.atomic
def end_unit(
    *,
    actor: User | None,
    unit: Unit,
    ended_on: date,
    successor: Unit | None = None,
    document: str = "",
) -> None:
    """End a unit on its first day of not being. With a successor (a merger) its units and people
    go there, and what it was stands under that one from then on: its figures, plans and courses go
    on being found. Raises UnitRefused when without one somebody would be left nowhere."""
    if unit.ended_on is not None:
        raise UnitRefused(_("Đơn vị này đã hết hiệu lực."))
    if unit.founded_on is not None and ended_on <= unit.founded_on:
        raise UnitRefused(_("Ngày kết thúc phải sau ngày đơn vị bắt đầu có hiệu lực."), "ended_on")
    children = list(Unit.objects.filter(parent=unit, ended_on=None))
    people = Person.objects.filter(unit=unit, left_on=None)
    former_place = unit.parent.name[:200] if unit.parent else ""
    if successor is not None:
        _hand_over(actor, unit, successor, children, ended_on, document)
    elif children or people.exists():
        raise UnitRefused(
            _("Đơn vị còn người hoặc còn đơn vị trực thuộc. Hãy chọn đơn vị tiếp nhận."),
            "successor",
        )
    unit.ended_on = ended_on
    unit.former_place = former_place
    unit.save(update_fields=["ended_on", "former_place"])
    record(
        actor=actor,
        action="people.end_unit",
        on=unit,
        data={
            "on": str(ended_on),
            "document": document,
            "successor": successor.pk if successor else None,
        },
    )


def _hand_over(
    actor: User | None,
    unit: Unit,
    successor: Unit,
    children: list[Unit],
    on_date: date,
    document: str,
) -> None:
    if UnitLink.objects.filter(ancestor=unit, unit=successor).exists():
        raise UnitRefused(
            _("Đơn vị tiếp nhận không thể là chính nó hay đơn vị trực thuộc của nó."), "successor"
        )
    for child in children:
        move_unit(actor=actor, unit=child, parent=successor, on_date=on_date, document=document)
    receive_people(actor=actor, unit=unit, successor=successor, on_date=on_date)
    UnitPredecessor.objects.create(
        unit=successor, predecessor=unit, on_date=on_date, document=document
    )
    _place_under(unit, successor, on_date, document)
