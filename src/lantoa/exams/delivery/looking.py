"""Looking: where the attempt stands, its paper, its result."""

import json
from typing import Any

from django.utils import translation

from lantoa.exams.delivery.about import about
from lantoa.exams.delivery.admission import needs_seb
from lantoa.exams.delivery.operations import Look, Looked, Refusal
from lantoa.exams.delivery.results import told
from lantoa.exams.delivery.standing import standing_of
from lantoa.exams.delivery.state import Batch, Row
from lantoa.exams.rules.log import latest


def look(batch: Batch, row: Row, asked: Look) -> Looked | Refusal:
    if asked.epoch < row.epoch:
        return Refusal(409, "moved")
    if asked.paper and (refusal := needs_seb(batch.sitting(row.sitting), asked.device)):
        return refusal
    row.touch(asked.now_ms)
    standing = standing_of(batch, row, asked.now_ms)
    result = told(batch, row) if asked.result and row.submitted is not None else None
    if not asked.paper:
        return Looked(standing, result=result)
    told_about = about(batch, row)
    if standing.state == "waiting":
        return Looked(standing, told_about, result=result)
    saved = latest(batch.answers_of(row))
    answers = [(slot, json.loads(response)) for slot, response in sorted(saved.items())]
    return Looked(standing, told_about, paper_shown(batch, row, asked.language), answers, result)


def paper_shown(batch: Batch, row: Row, language: str) -> dict[str, Any]:
    """The paper for the page: each slot's question as HTML, and what a client without HTML needs
    to build its own."""
    bundle = batch.bundle(row)
    with translation.override(language):
        fragments = [
            bundle.fragment(place, slot, language) for slot, place in enumerate(batch.paper(row))
        ]
    return {
        "title": bundle.content["title"],
        "minutes": bundle.content["minutes"],
        "slots": [
            {
                "slot": slot,
                "kind": bundle.kinds[place[0]].name,
                "points": bundle.points(place) / 100,
                "html": fragments[slot],
            }
            for slot, place in enumerate(batch.paper(row))
        ],
    }
