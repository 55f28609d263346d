from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.items.models import Blueprint, BlueprintCell
from lantoa.kernel.text import clean
from lantoa.people.models import Unit


@dataclass(frozen=True)
class BlueprintFields:
    """How a form is made and what passing means. `attempts_allowed` None: without limit; a minimum
    or an average None: not asked for; `bands`: difficulty → [fewest, most]."""

    title: str
    minutes: int
    pass_mark: int
    attempts_allowed: int | None = None
    shuffle_items: bool = True
    shuffle_options: bool = True
    feedback: str = Blueprint.Feedback.MISTAKES
    legal_basis: str = ""
    part_minimum: int | None = None
    topic_minimum: int | None = None
    parts_average: int | None = None
    kept_months: int | None = None
    bands: Mapping[str, Sequence[int | None]] = field(default_factory=dict)
    most_exposure: int | None = None
    most_overlap: int | None = None
    preset: str = ""


@dataclass(frozen=True)
class CellFields:
    """So many items of a topic, a level and a kind (empty: any other), each worth `points`."""

    topic: int
    level: str
    count: int
    kind: str = ""
    points: int = 1


Cells = Mapping[tuple[int, str], int] | Sequence[CellFields]
"""Either (topic id, level) → how many, each worth a point; or the cells one by one. Cells of no
items are left out."""


def _listed(cells: Cells) -> list[CellFields]:
    every: Iterable[CellFields] = (
        (CellFields(topic, level, count) for (topic, level), count in cells.items())
        if isinstance(cells, Mapping)
        else cells
    )
    return [cell for cell in every if cell.count]


def _write_cells(blueprint: Blueprint, cells: Cells) -> None:
    blueprint.cells.all().delete()
    BlueprintCell.objects.bulk_create(
        [
            BlueprintCell(
                blueprint=blueprint,
                topic_id=cell.topic,
                level=cell.level,
                kind=cell.kind,
                count=cell.count,
                points=cell.points,
            )
            for cell in _listed(cells)
        ]
    )


def _told(fields: BlueprintFields, cells: Cells) -> dict[str, Any]:
    rows = [[c.topic, c.level, c.count, c.kind, c.points] for c in _listed(cells)]
    return {**_values(fields), "cells": rows}


def _values(fields: BlueprintFields) -> dict[str, Any]:
    bands = {name: list(band) for name, band in fields.bands.items()}
    return {**asdict(fields), "title": clean(fields.title), "bands": bands}


@transaction.atomic
def create_blueprint(
    *, actor: User | None, unit: Unit, fields: BlueprintFields, cells: Cells
) -> Blueprint:
    """Write a blueprint; its bank is the approved exam items of the unit and all under it."""
    blueprint = Blueprint.objects.create(unit=unit, **_values(fields))
    _write_cells(blueprint, cells)
    record(actor=actor, action="items.create_blueprint", on=blueprint, data=_told(fields, cells))
    return blueprint


@transaction.atomic
def change_blueprint(
    *, actor: User | None, blueprint: Blueprint, fields: BlueprintFields, cells: Cells
) -> Blueprint:
    """Change it for forms drawn from now on; an attempt under way keeps the rules it began with."""
    for name, value in _values(fields).items():
        setattr(blueprint, name, value)
    blueprint.save()
    _write_cells(blueprint, cells)
    record(actor=actor, action="items.change_blueprint", on=blueprint, data=_told(fields, cells))
    return blueprint
