"""Where an attempt stands, in the words that the page shows."""

from lantoa.exams.delivery.operations import Standing
from lantoa.exams.delivery.saving import GRACE_MS
from lantoa.exams.delivery.state import Batch, Row, ms


def standing_of(batch: Batch, row: Row, now_ms: int) -> Standing:
    sitting = batch.sitting(row.sitting)
    for_all = ms(sitting.paused_at)
    return Standing(
        attempt=str(row.public_id),
        state=_state(row, now_ms, paused=for_all is not None),
        now=now_ms,
        opens=ms(sitting.opens_at) or 0,
        deadline=row.deadline,
        paused=row.paused or for_all,
        paused_for="sitting" if for_all else "attempt" if row.paused else "",
        last_sequence=row.last_sequence,
        saves=row.saves,
        answered=int.from_bytes(row.answered).bit_count(),
        slots=batch.bundle(row).slots,
    )


def _state(row: Row, now_ms: int, *, paused: bool) -> str:
    if row.submitted is not None:
        return "submitted"
    if row.deadline is None:
        return "waiting"
    if row.paused is not None or paused:
        return "paused"
    return "over" if now_ms > row.deadline + GRACE_MS else "working"
