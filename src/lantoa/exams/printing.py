"""Lists of rooms and slips with codes as PDF, set by Typst in the frame of NĐ 30/2020."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as _

from lantoa.exams.models import Candidate, Sitting
from lantoa.installation.queries import this_installation
from lantoa.web import formats

LAYOUT = (Path(__file__).parent / "rooms.typ").read_bytes()


@dataclass(frozen=True)
class Printed:
    """A line of a list; `code` empty: the list says none."""

    candidate: Candidate
    code: str = ""


def rooms_pdf(
    sitting: Sitting, printed: Sequence[Printed], *, address: str, slips: bool = False
) -> bytes:
    """A list for each room, in the order given; with `slips` the slips to cut after each list."""
    told = {
        "agency": this_installation().agency_name or sitting.exam.unit.name,
        "unit": sitting.exam.unit.name,
        "exam": sitting.exam.title,
        "sitting": sitting.title,
        "opens": formats.moment(sitting.opens_at),
        "minutes": sitting.exam.blueprint.minutes,
        "address": address,
        "codes": any(one.code for one in printed),
        "slips": slips,
        "rooms": _rooms(printed),
    }
    made: bytes = typst.compile(LAYOUT, sys_inputs={"told": json.dumps(told)}, format="pdf")
    return made


def _rooms(printed: Iterable[Printed]) -> list[dict[str, Any]]:
    rooms: dict[int, dict[str, Any]] = {}
    for one in printed:
        room = one.candidate.room
        there = rooms.setdefault(
            room.pk if room else 0,
            {
                "name": room.name if room else _("Danh sách thí sinh"),
                "place": room.place if room else "",
                "rows": [],
            },
        )
        there["rows"].append(_row(one))
    return list(rooms.values())


def _row(one: Printed) -> dict[str, str]:
    person = one.candidate.person
    return {
        "number": one.candidate.number,
        "seat": str(one.candidate.seat or ""),
        "name": person.full_name,
        "born": person.born,
        "unit": one.candidate.unit.name,
        "extra": str(one.candidate.extra_minutes or ""),
        "code": one.code,
    }
