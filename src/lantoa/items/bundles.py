"""Bundles: everything an attempt is delivered and scored from, compiled once and never changed.

{"v": 1, "title": "…", "minutes": 60, "feedback": "mistakes", "shuffle_items": true,
 "rules": {"pass_mark": 70, "part_minimum": null, "topic_minimum": null, "parts_average": null},
 "topics": [{"id": 12, "title": "…", "part": "…"}, … in the order of the syllabus],
 "items": [{"version": 5, "kind": "single_choice", "topic": 0, "points": 100, "content": {…},
            "orders": [[2, 0, 1, 3], …]}, …],
 "cells": [{"take": 3, "of": [0, 1, 2, 3, 4]}, …], "enemies": [[0, 4], …]}

`topic` is a place in `topics`, `of` and `enemies` are places in `items`; points are hundredths. A
fixed form's one cell takes all of its items. A paper is drawn from a bundle by a seed (`papers`).
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import msgspec

from lantoa.frameworks.models import Node
from lantoa.items import draws
from lantoa.items.kinds import kind_of
from lantoa.items.kinds.base import Content, Kind
from lantoa.items.models import Blueprint, Bundle, ItemVersion

HUNDREDTHS = 100


@dataclass(frozen=True)
class Chosen:
    """An item version and what it is worth, in points. Its item, topic and part are loaded."""

    version: ItemVersion
    points: int = 1


@dataclass(frozen=True)
class Cell:
    """So many of these."""

    take: int
    of: Sequence[Chosen]


def compile_bundle(
    *,
    blueprint: Blueprint,
    title: str,
    cells: Sequence[Cell],
    enemies: Iterable[tuple[int, int]] = (),
) -> Bundle:
    """The bundle of these cells, written unless the very same is there. `enemies` are pairs of item
    ids."""
    # Names in one order: PostgreSQL gives stored JSON back in an order of its own.
    content = msgspec.json.encode(
        _content(blueprint, title, cells, set(enemies)), order="deterministic"
    )
    digest = hashlib.sha256(content).hexdigest()
    bundle, _new = Bundle.objects.get_or_create(digest=digest, defaults={"content": content})
    return bundle


def _content(
    blueprint: Blueprint, title: str, cells: Sequence[Cell], enemies: set[tuple[int, int]]
) -> dict[str, Any]:
    chosen = [one for cell in cells for one in cell.of]
    topics = list({one.version.item.topic_id: one.version.item.topic for one in chosen}.values())
    places = {topic.pk if topic else None: place for place, topic in enumerate(topics)}
    at = {one.version.item_id: place for place, one in enumerate(chosen)}
    firsts = [sum(len(cell.of) for cell in cells[:n]) for n in range(len(cells))]
    return {
        "v": 1,
        "title": title,
        "minutes": blueprint.minutes,
        "feedback": blueprint.feedback,
        "shuffle_items": blueprint.shuffle_items,
        "rules": {
            "pass_mark": blueprint.pass_mark,
            "part_minimum": blueprint.part_minimum,
            "topic_minimum": blueprint.topic_minimum,
            "parts_average": blueprint.parts_average,
        },
        "topics": [_topic(topic) for topic in topics],
        "items": [
            _item(one, places[one.version.item.topic_id], shuffle=blueprint.shuffle_options)
            for one in chosen
        ],
        "cells": [
            {"take": cell.take, "of": list(range(first, first + len(cell.of)))}
            for cell, first in zip(cells, firsts, strict=True)
        ],
        "enemies": sorted(
            sorted((at[one], at[other])) for one, other in enemies if one in at and other in at
        ),
    }


def _topic(topic: Node | None) -> dict[str, Any]:
    if topic is None:
        return {"id": None, "title": "", "part": ""}
    return {
        "id": topic.pk,
        "title": topic.title,
        "part": topic.parent.title if topic.parent else "",
    }


def _item(one: Chosen, topic: int, *, shuffle: bool) -> dict[str, Any]:
    content = one.version.content
    kind = kind_of(one.version.item.kind)
    return {
        "version": one.version.pk,
        "kind": kind.name,
        "topic": topic,
        "points": one.points * HUNDREDTHS,
        "content": content,
        "orders": _orders(kind, content, one.version.pk, shuffle=shuffle),
    }


def _orders(kind: Kind, content: Content, seed: int, *, shuffle: bool) -> list[list[int]]:
    """The orders in which the item's parts are shown. Where the order as written is the key, it is
    left out, whatever the blueprint says of shuffling."""
    length = kind.order_length(content)
    as_written = list(range(length))
    is_key = kind.key_in_order and length > 1
    if not shuffle and not is_key:
        return [as_written]
    # Which orders an item comes in is no secret; that it is the same for the same version matters.
    some = draws.orders(length, Random(seed), kind.fixed(content))  # noqa: S311
    return [order for order in some if order != as_written] if is_key else some
