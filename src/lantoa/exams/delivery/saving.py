"""Saving an answer: the one thing that happens hundreds of thousands of times in a day."""

from lantoa.exams import rules
from lantoa.exams.delivery.late import keep
from lantoa.exams.delivery.operations import Refusal, Save, Saved
from lantoa.exams.delivery.state import Batch, Row
from lantoa.exams.delivery.state import Saved as Logged
from lantoa.exams.models import Answer, LateAnswer, Submission
from lantoa.exams.rules.log import MOST_BYTES, MOST_SAVES, is_empty, latest, link, marked

GRACE_MS = round(rules.GRACE.total_seconds() * 1000)


def take_save(batch: Batch, row: Row, asked: Save) -> Saved | Refusal:
    if row.started is None or row.deadline is None:
        return Refusal(409, "not_started")
    if asked.epoch < row.epoch:
        return keep(batch, row, asked, LateAnswer.Reason.FENCED)
    if asked.sequence <= row.last_sequence and (repeat := _repeat(batch, row, asked)):
        return repeat
    if row.submitted is not None or (row.paused is None and asked.now_ms > row.deadline + GRACE_MS):
        return _after_the_end(batch, row, asked)
    if refusal := _bad(batch, row, asked):
        return refusal
    return _append(batch, row, asked)


def _bad(batch: Batch, row: Row, asked: Save) -> Refusal | None:
    paper = batch.paper(row)
    if (
        not 1 <= asked.sequence <= MOST_SAVES * 2
        or row.saves >= MOST_SAVES
        or not 0 <= asked.slot < len(paper)
        or len(asked.response) > MOST_BYTES
    ):
        return Refusal(400, "bad_answer")
    if not is_empty(asked.response) and not batch.bundle(row).accepts(
        paper[asked.slot], asked.value
    ):
        return Refusal(400, "bad_answer")
    return None


def _append(batch: Batch, row: Row, asked: Save) -> Saved:
    head = link(row.head, asked.sequence, asked.slot, asked.now_ms, asked.spent_ms, asked.response)
    logged = Logged(asked.sequence, asked.slot, asked.response, asked.now_ms, asked.spent_ms, head)
    batch.append(row, logged)
    row.head = head
    row.saves += 1
    if asked.sequence > row.last_sequence:
        row.last_sequence = asked.sequence
        row.answered = marked(row.answered, asked.slot, answered=not is_empty(asked.response))
    else:
        # An older save that arrives after a newer: logged, and the newer goes on counting.
        row.answered = _bits(latest(batch.answers_of(row)))
    row.touch(asked.now_ms)
    return _saved(row, asked, head)


def _bits(answers: dict[int, str]) -> bytes:
    bits = b""
    for slot, response in answers.items():
        bits = marked(bits, slot, answered=not is_empty(response))
    return bits


def _saved(row: Row, asked: Save, head: bytes) -> Saved:
    assert row.deadline is not None
    return Saved(asked.sequence, head.hex(), asked.now_ms, row.deadline, row.paused is not None)


def _repeat(batch: Batch, row: Row, asked: Save) -> Saved | Refusal | None:
    """The same save again is confirmed again; another under its number is sent elsewhere."""
    found = next(
        (one for one in batch.answers if one[0] == row.pk and one[1] == asked.sequence), None
    )
    if found is not None:
        slot, response, head = found[2], found[3], found[6]
    else:
        there = Answer.objects.filter(attempt=row.pk, sequence=asked.sequence).first()
        if there is None:
            return None
        slot, response, head = there.slot, there.response, bytes(there.hash)
    if (slot, response) != (asked.slot, asked.response):
        return Refusal(409, "sequence_taken", {"next": row.last_sequence + 1})
    row.touch(asked.now_ms)
    return _saved(row, asked, head)


def _after_the_end(batch: Batch, row: Row, asked: Save) -> Saved | Refusal:
    """What the candidate did not send before they submitted is not wanted any more; what time cut
    off is kept apart."""
    if row.submitted is not None:
        cause = Submission.objects.values_list("cause", flat=True).get(attempt=row.pk)
        if cause != Submission.Cause.TIME:
            return Refusal(409, "submitted")
    return keep(batch, row, asked, LateAnswer.Reason.LATE)
