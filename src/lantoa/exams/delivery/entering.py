"""Entering with a candidate number and an access code; and which device an attempt belongs to."""

import hmac
from collections.abc import Sequence
from typing import Any, NamedTuple

from lantoa.exams import sql
from lantoa.exams.delivery.admission import barred, networks_of
from lantoa.exams.delivery.operations import Enter, Entered, Refusal
from lantoa.exams.delivery.standing import standing_of
from lantoa.exams.delivery.state import Batch, Row, moment, ms
from lantoa.exams.models import Attempt, Candidate, Exam

MOST_FAILURES = 10
"""Wrong codes before a number is locked; the codes themselves are too long to be guessed."""

AFTERWARDS_MS = 24 * 3600 * 1000
"""For so long after the end one may still enter, to see the result or send what was kept."""


class Numbered(NamedTuple):
    pk: int
    code_hash: str
    locked: Any
    failures: int
    sitting: int
    networks: Any
    attempt: int | None


def enter(batch: Batch, asked: Enter) -> Entered | Refusal:
    after = batch.stored(asked.now_ms - AFTERWARDS_MS)
    # Usually one: numbers are of a sitting.
    candidates = [Numbered(*row) for row in sql.numbered(batch.connection, asked.number, after)]
    found = next((c for c in candidates if hmac.compare_digest(c.code_hash, asked.code_hash)), None)
    if found is None:
        _count(candidates, asked.now_ms)
        return Refusal(401, "wrong_code")
    if found.locked is not None:
        return Refusal(423, "locked")
    sitting = batch.sitting(found.sitting)
    if refusal := barred(sitting, networks_of(found.networks), asked.device):
        return refusal
    if found.attempt is None:
        return Refusal(409, "not_prepared")
    batch.fetch([found.attempt])
    row = batch.rows[found.attempt]
    if refusal := take_over(batch, row, asked.held, asked.now_ms):
        return refusal
    standing = standing_of(batch, row, asked.now_ms)
    return Entered(row.pk, str(row.public_id), row.epoch, standing)


def _count(candidates: Sequence[Numbered], now_ms: int) -> None:
    for one in candidates:
        failures = min(one.failures + 1, MOST_FAILURES)
        counted = Candidate.objects.filter(pk=one.pk)
        counted.update(failures=failures)
        if failures == MOST_FAILURES:
            counted.filter(locked_at=None).update(locked_at=moment(now_ms))


def take_over(batch: Batch, row: Row, held: tuple[int, int] | None, now_ms: int) -> Refusal | None:
    """The device that asks becomes the attempt's own, and every earlier one is fenced off. A device
    that shows the current turn's token keeps it."""
    if held == (row.pk, row.epoch) and row.epoch:
        row.touch(now_ms)
        return None
    begun = row.started is not None and row.submitted is None
    if begun and batch.sitting(row.sitting).exam.moves == Exam.Moves.INVIGILATOR:
        allowed = ms(Attempt.objects.values_list("move_allowed_at", flat=True).get(pk=row.pk))
        if allowed is None:
            return Refusal(409, "ask_invigilator")
    row.epoch += 1
    row.moved = True
    row.touch(now_ms)
    return None
