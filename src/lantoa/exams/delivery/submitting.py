"""Submitting: the log is scored at once, from the bundle; telling the programme comes after."""

import json
from typing import Any

from lantoa.exams import sql
from lantoa.exams.delivery.operations import Refusal, Submit, Submitted
from lantoa.exams.delivery.results import told
from lantoa.exams.delivery.state import Batch, ResultRow, Row
from lantoa.exams.models import LateAnswer, Submission
from lantoa.exams.rules.log import latest
from lantoa.exams.scoring import Scored, score


def submit(batch: Batch, row: Row, asked: Submit) -> Submitted | Refusal:
    """Submitting again tells the same; after the deadline the cause is time, whoever pressed."""
    if row.started is None or row.deadline is None:
        return Refusal(409, "not_started")
    if row.submitted is None:
        if asked.epoch < row.epoch:
            return Refusal(409, "moved")
        by_time = asked.cause != Submission.Cause.ENDED and asked.now_ms >= row.deadline
        scored = scored_now(batch, row)
        batch.submit(
            row,
            asked.now_ms,
            Submission.Cause.TIME.value if by_time else asked.cause,
            ResultRow(
                scored.points,
                scored.possible,
                scored.score,
                scored.passed,
                scored.waits,
                scored.slots,
            ),
            scored.detail,
        )
        if asked.cause == Submission.Cause.CANDIDATE:
            row.touch(asked.now_ms)
    return _submitted(batch, row)


def _submitted(batch: Batch, row: Row) -> Submitted:
    assert row.submitted is not None
    cause, saves, head = batch.submission(row)
    return Submitted(
        attempt=str(row.public_id),
        at=row.submitted,
        cause=cause,
        saves=saves,
        head=head.hex(),
        result=told(batch, row),
    )


def scored_now(batch: Batch, row: Row) -> Scored:
    """What the log says, with the late answers that count and the keys put right since."""
    responses = {slot: json.loads(text) for slot, text in latest(batch.answers_of(row)).items()}
    late = sql.counting_late(batch.connection, row.pk)
    responses.update((slot, json.loads(text)) for slot, text in late)
    bundle = batch.bundle(row)
    return score(bundle, batch.paper(row), responses, corrections=batch.corrections(row))


def late_responses(attempt: int) -> dict[int, Any]:
    """Those that count, in the order of their arrival."""
    late = LateAnswer.objects.filter(attempt=attempt, counts=True).order_by("received_ms", "id")
    return {slot: json.loads(text) for slot, text in late.values_list("slot", "response")}
