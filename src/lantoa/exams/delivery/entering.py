"""Entering with a candidate number and an access code; and which device an attempt belongs to."""

import hmac
from datetime import datetime

from django.db.models import QuerySet

from lantoa.exams.delivery.admission import barred
from lantoa.exams.delivery.operations import Enter, Entered, Refusal
from lantoa.exams.delivery.standing import standing_of
from lantoa.exams.delivery.state import Batch, Row, moment, ms
from lantoa.exams.models import Attempt, Candidate, Exam

MOST_FAILURES = 10
"""Wrong codes before a number is locked; the codes themselves are too long to be guessed."""

AFTERWARDS_MS = 24 * 3600 * 1000
"""For so long after the end one may still enter, to see the result or send what was kept."""


def enter(batch: Batch, asked: Enter) -> Entered | Refusal:
    candidates = list(numbered(asked.number, moment(asked.now_ms - AFTERWARDS_MS)))
    found = next((c for c in candidates if hmac.compare_digest(c.code_hash, asked.code_hash)), None)
    if found is None:
        _count(candidates, asked.now_ms)
        return Refusal(401, "wrong_code")
    if found.locked_at is not None:
        return Refusal(423, "locked")
    networks = found.room.networks if found.room is not None else None
    if refusal := barred(found.sitting, networks, asked.device):
        return refusal
    attempt = Attempt.objects.filter(candidate=found).order_by("-number").values_list("pk").first()
    if attempt is None:
        return Refusal(409, "not_prepared")
    batch.fetch(attempt)
    row = batch.rows[attempt[0]]
    if refusal := take_over(batch, row, asked.held, asked.now_ms):
        return refusal
    standing = standing_of(batch, row, asked.now_ms)
    return Entered(row.pk, str(row.public_id), row.epoch, standing)


def numbered(number: str, closing_after: datetime) -> QuerySet[Candidate]:
    """Those of this number, usually one: numbers are of a sitting."""
    return (
        Candidate.objects.filter(
            number=number,
            withdrawn_at=None,
            sitting__closes_at__gt=closing_after,
            sitting__exam__entry=Exam.Entry.CODE,
        )
        .exclude(code_hash="")
        .select_related("sitting__exam", "room")
        .order_by("sitting__opens_at")
    )


def _count(candidates: list[Candidate], now_ms: int) -> None:
    for one in candidates:
        one.failures = min(one.failures + 1, MOST_FAILURES)
        if one.failures == MOST_FAILURES and one.locked_at is None:
            one.locked_at = moment(now_ms)
        one.save(update_fields=["failures", "locked_at"])


def take_over(batch: Batch, row: Row, held: tuple[int, int] | None, now_ms: int) -> Refusal | None:
    """The device that asks becomes the attempt's own, and every earlier one is fenced off. A device
    that shows the current turn's token keeps it."""
    if held == (row.pk, row.epoch) and row.epoch:
        row.touch(now_ms)
        return None
    begun = row.started is not None and row.submitted is None
    if begun and batch.sitting(row).exam.moves == Exam.Moves.INVIGILATOR:
        allowed = ms(Attempt.objects.values_list("move_allowed_at", flat=True).get(pk=row.pk))
        if allowed is None:
            return Refusal(409, "ask_invigilator")
    row.epoch += 1
    row.moved = True
    row.touch(now_ms)
    return None
