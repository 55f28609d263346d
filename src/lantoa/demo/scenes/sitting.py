"""Candidates of a sitting start, answer and hand in, each at their own pace and skill."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

import msgspec
from django.core.files.uploadedfile import SimpleUploadedFile

from lantoa.demo import content
from lantoa.demo.rules.practising import right, wrong
from lantoa.demo.scenes.documents import report
from lantoa.demo.stage import Stage
from lantoa.exams.actions.keep_upload import keep_upload
from lantoa.exams.actions.operating import SYSTEM, operate
from lantoa.exams.delivery.batch import commit
from lantoa.exams.delivery.operations import Save, Saved, Standing, Start, Submit, Submitted
from lantoa.exams.models import Attempt, Sitting
from lantoa.exams.queries.attempts import paper_for
from lantoa.files.rules import KINDS
from lantoa.kernel import clock

LATEST_SECONDS = 600
PACE_SECONDS = (90, 300)
LEAST_SKILL, MOST_SKILL = 0.35, 0.98
NO_FILE_UNDER = 0.45
FILE = "Báo cáo.docx"


@dataclass(frozen=True)
class Way:
    """`until`: what would come later hasn't happened yet; `absent`: the share who don't come."""

    until: datetime | None = None
    absent: float = 0.0


@dataclass(frozen=True)
class Reply:
    slot: int
    response: Any
    at: datetime


def sit(stage: Stage, sitting: Sitting, way: Way) -> None:
    rng = stage.rng(f"practical/{sitting.title}")
    attempts = Attempt.objects.filter(sitting=sitting).select_related(
        "bundle", "candidate__person__user", "sitting"
    )
    for attempt in attempts.order_by("candidate__person_id"):
        own = Random(rng.random())  # noqa: S311 - believable, not secret
        if own.random() >= way.absent:
            _take(own, attempt, way.until)


def _take(rng: Random, attempt: Attempt, until: datetime | None) -> None:
    started = attempt.sitting.opens_at + timedelta(seconds=rng.randrange(LATEST_SECONDS))
    operate(Start(attempt.pk, SYSTEM, _ms(started)), Standing)
    attempt.refresh_from_db()
    at = started
    saves: list[Save] = []
    for reply in _replies(rng, attempt, started):
        at = reply.at
        if until is not None and at >= until:
            break
        saves.append(_save(attempt, len(saves) + 1, reply))
    assert all(isinstance(outcome, Saved) for outcome in commit(saves))
    if until is None or at < until:
        operate(Submit(attempt.pk, SYSTEM, _ms(at + timedelta(seconds=20))), Submitted)


def _replies(rng: Random, attempt: Attempt, started: datetime) -> Iterator[Reply]:
    """An answer to every question in the order shown; which are right doesn't hang on the order."""
    paper = paper_for(attempt)
    skill = rng.uniform(LEAST_SKILL, MOST_SKILL)
    knows = [rng.random() < skill for _ in paper.bundle.kinds]
    at = started
    for slot, place in enumerate(paper.places):
        at += timedelta(seconds=rng.randrange(*PACE_SECONDS))
        kind, shown = paper.bundle.kinds[place[0]].name, paper.bundle.arranged(place)
        if kind == "essay":
            yield Reply(slot, _essay(skill), at)
        elif kind == "file_task":
            if skill >= NO_FILE_UNDER:
                yield Reply(slot, _handed_in(attempt, slot, at), at)
        else:
            yield Reply(slot, (right if knows[place[0]] else wrong)(kind, shown), at)


def _essay(skill: float) -> str:
    """The best of those that somebody so skilled writes."""
    essays = content.practical().essays
    return next((one.text for one in essays if one.share <= 100 * skill), essays[-1].text)


def _handed_in(attempt: Attempt, slot: int, at: datetime) -> dict[str, Any]:
    with clock.fixed(at):
        upload = keep_upload(
            actor=attempt.candidate.person.user,
            attempt=attempt,
            epoch=SYSTEM,
            slot=slot,
            upload=SimpleUploadedFile(FILE, report(), KINDS["docx"].media_type),
        )
    return {"upload": str(upload.public_id), "name": FILE, "size": upload.file.size}


def _save(attempt: Attempt, sequence: int, reply: Reply) -> Save:
    text = msgspec.json.encode(reply.response).decode()
    return Save(
        attempt=attempt.pk,
        epoch=SYSTEM,
        now_ms=_ms(reply.at),
        sequence=sequence,
        slot=reply.slot,
        response=text,
        value=reply.response,
    )


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
