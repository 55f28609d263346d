"""What comes too late or from a device that was fenced off is kept apart, never dropped silently:
a client's clock can be forged, so only the sitting's policy or the council lets it count."""

from lantoa.exams.delivery.operations import Refusal, Save, Saved
from lantoa.exams.delivery.state import Batch, Row, moment
from lantoa.exams.models import Exam, LateAnswer
from lantoa.exams.rules.log import MOST_BYTES, MOST_LATE, is_empty


def keep(batch: Batch, row: Row, asked: Save, reason: LateAnswer.Reason) -> Saved | Refusal:
    assert row.deadline is not None
    if refusal := _bad(batch, row, asked):
        return refusal
    exam = batch.sitting(row.sitting).exam
    in_grace = (
        reason is LateAnswer.Reason.LATE
        and asked.now_ms <= row.deadline + exam.grace_seconds * 1000
    )
    counts = True if in_grace and exam.late_policy == Exam.Late.GRACE else None
    late, is_new = LateAnswer.objects.get_or_create(
        attempt_id=row.pk,
        epoch=min(asked.epoch, row.epoch),
        sequence=asked.sequence,
        defaults={
            "reason": reason,
            "slot": asked.slot,
            "response": asked.response,
            "received_ms": asked.now_ms,
            "claimed_ms": asked.claimed_ms,
            "contact_ms": row.seen,
            "within_grace": in_grace,
            "counts": counts,
            "decided_at": moment(asked.now_ms) if counts else None,
        },
    )
    if not is_new and (late.slot, late.response) != (asked.slot, asked.response):
        return Refusal(409, "sequence_taken", {"next": _last(row, asked) + 1})
    return Saved(asked.sequence, "", asked.now_ms, row.deadline, False, reason.value)


def _last(row: Row, asked: Save) -> int:
    kept = LateAnswer.objects.filter(attempt=row.pk, epoch=asked.epoch)
    newest: int = max([row.last_sequence, *kept.values_list("sequence", flat=True)])
    return newest


def _bad(batch: Batch, row: Row, asked: Save) -> Refusal | None:
    paper = batch.paper(row)
    if not 0 <= asked.slot < len(paper) or len(asked.response) > MOST_BYTES:
        return Refusal(400, "bad_answer")
    if not is_empty(asked.response) and not batch.bundle(row).accepts(
        paper[asked.slot], asked.value
    ):
        return Refusal(400, "bad_answer")
    if LateAnswer.objects.filter(attempt=row.pk).count() >= MOST_LATE:
        return Refusal(429, "too_many")
    return None
