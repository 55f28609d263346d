from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.items.models import Blueprint, BlueprintCell
from lantoa.kernel.text import clean
from lantoa.people.models import Unit


@dataclass(frozen=True)
class BlueprintFields:
    """How a form is made and what passing means. `attempts_allowed` None: without limit."""

    title: str
    minutes: int
    pass_mark: int
    attempts_allowed: int | None = None
    shuffle_items: bool = True
    shuffle_options: bool = True
    feedback: str = Blueprint.Feedback.MISTAKES
    legal_basis: str = ""


Cells = Mapping[tuple[int, str], int]
"""(topic id, level) → how many; zeros are left out."""


def _write_cells(blueprint: Blueprint, cells: Cells) -> None:
    blueprint.cells.all().delete()
    BlueprintCell.objects.bulk_create(
        [
            BlueprintCell(blueprint=blueprint, topic_id=topic_id, level=level, count=count)
            for (topic_id, level), count in cells.items()
            if count
        ]
    )


def _told(fields: BlueprintFields, cells: Cells) -> dict[str, Any]:
    rows: Sequence[list[object]] = [[topic, level, n] for (topic, level), n in cells.items() if n]
    return {**asdict(fields), "cells": rows}


@transaction.atomic
def create_blueprint(
    *, actor: User | None, unit: Unit, fields: BlueprintFields, cells: Cells
) -> Blueprint:
    """Write a blueprint; its bank is the approved exam items of the unit and all under it."""
    values = {**asdict(fields), "title": clean(fields.title)}
    blueprint = Blueprint.objects.create(unit=unit, **values)
    _write_cells(blueprint, cells)
    record(actor=actor, action="items.create_blueprint", on=blueprint, data=_told(fields, cells))
    return blueprint


@transaction.atomic
def change_blueprint(
    *, actor: User | None, blueprint: Blueprint, fields: BlueprintFields, cells: Cells
) -> Blueprint:
    """Change it for forms drawn from now on; an attempt under way keeps the rules it began with."""
    for name, value in {**asdict(fields), "title": clean(fields.title)}.items():
        setattr(blueprint, name, value)
    blueprint.save()
    _write_cells(blueprint, cells)
    record(actor=actor, action="items.change_blueprint", on=blueprint, data=_told(fields, cells))
    return blueprint
