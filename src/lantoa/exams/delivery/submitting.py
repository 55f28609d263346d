"""Submitting: the log is scored at once, from the bundle; telling the programme comes after."""

import json
from typing import Any

from lantoa.exams.delivery.operations import Refusal, Submit, Submitted
from lantoa.exams.delivery.results import told
from lantoa.exams.delivery.state import Batch, Row, moment
from lantoa.exams.models import KeyCorrection, LateAnswer, Result, Submission
from lantoa.exams.rules.log import latest
from lantoa.exams.scoring import Correction, Corrections, Scored, score


def submit(batch: Batch, row: Row, asked: Submit) -> Submitted | Refusal:
    """Submitting again tells the same; after the deadline the cause is time, whoever pressed."""
    if row.started is None or row.deadline is None:
        return Refusal(409, "not_started")
    if row.submitted is not None:
        return _submitted(batch, row, Submission.objects.get(attempt=row.pk))
    if asked.epoch < row.epoch:
        return Refusal(409, "moved")
    by_time = asked.cause != Submission.Cause.ENDED and asked.now_ms >= row.deadline
    submission = Submission.objects.create(
        attempt_id=row.pk,
        at=moment(asked.now_ms),
        cause=Submission.Cause.TIME if by_time else asked.cause,
        head=row.head,
        saves=row.saves,
    )
    scored = scored_now(batch, row)
    Result.objects.create(
        attempt_id=row.pk,
        points=scored.points,
        points_possible=scored.possible,
        score=scored.score,
        passed=scored.passed,
        waits_for_marks=scored.waits,
        detail=scored.detail,
        at=submission.at,
        reported_at=None if batch.sitting(row).exam.requirement_id else submission.at,
    )
    row.submitted, row.moved = asked.now_ms, True
    if asked.cause == Submission.Cause.CANDIDATE:
        row.touch(asked.now_ms)
    return _submitted(batch, row, submission)


def _submitted(batch: Batch, row: Row, submission: Submission) -> Submitted:
    assert row.submitted is not None
    return Submitted(
        attempt=str(row.public_id),
        at=row.submitted,
        cause=submission.cause,
        saves=submission.saves,
        head=bytes(submission.head).hex(),
        result=told(batch, row),
    )


def scored_now(batch: Batch, row: Row) -> Scored:
    """What the log says, with the late answers that count and the keys put right since."""
    responses = {slot: json.loads(text) for slot, text in latest(batch.answers_of(row)).items()}
    responses.update(late_responses(row.pk))
    bundle = batch.bundle(row)
    return score(bundle, batch.paper(row), responses, corrections=corrections_of(row.bundle))


def late_responses(attempt: int) -> dict[int, Any]:
    """Those that count, in the order of their arrival."""
    late = LateAnswer.objects.filter(attempt=attempt, counts=True).order_by("received_ms", "id")
    return {slot: json.loads(text) for slot, text in late.values_list("slot", "response")}


def corrections_of(bundle: int) -> Corrections:
    """The newest for each item."""
    rows = KeyCorrection.objects.filter(bundle=bundle).order_by("id")
    return {row.item: Correction(None if row.everyone else row.content) for row in rows}
