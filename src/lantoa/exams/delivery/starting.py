"""Starting: everything was prepared before, so it only stamps a time."""

from lantoa.exams import sql
from lantoa.exams.delivery.admission import barred, networks_of
from lantoa.exams.delivery.operations import Refusal, Standing, Start
from lantoa.exams.delivery.standing import standing_of
from lantoa.exams.delivery.state import Batch, Row, ms
from lantoa.exams.models import Sitting
from lantoa.exams.rules import root


def start(batch: Batch, row: Row, asked: Start) -> Standing | Refusal:
    """Starting again changes nothing: the clock runs from the first time."""
    if asked.epoch < row.epoch:
        return Refusal(409, "moved")
    if row.started is None:
        sitting = batch.sitting(row.sitting)
        extra, withdrawn, networks = sql.admitted(batch.connection, row.candidate)
        if withdrawn is not None:
            return Refusal(403, "withdrawn")
        if refusal := not_now(sitting, asked.now_ms) or barred(
            sitting, networks_of(networks), asked.device
        ):
            return refusal
        row.started = asked.now_ms
        row.deadline = _deadline(batch, row, sitting, extra, asked.now_ms)
        bundle = batch.bundle(row)
        row.head = root(bundle.digest, row.public_id, row.seed)
        row.moved = True
    row.touch(asked.now_ms)
    return standing_of(batch, row, asked.now_ms)


def _deadline(batch: Batch, row: Row, sitting: Sitting, extra: int, now_ms: int) -> int:
    """The hard end holds for all but those who were given more time of their own."""
    closes = ms(sitting.closes_at)
    assert closes is not None
    minutes: int = batch.bundle(row).content["minutes"] + extra
    return min(now_ms + minutes * 60_000, closes + extra * 60_000)


def not_now(sitting: Sitting, now_ms: int) -> Refusal | None:
    opens, closes = ms(sitting.opens_at) or 0, ms(sitting.closes_at) or 0
    last = ms(sitting.last_start_at)
    if now_ms < opens:
        return Refusal(409, "not_open", {"opens": opens, "now": now_ms})
    if now_ms >= closes:
        return Refusal(410, "closed", {"closes": closes})
    if last is not None and now_ms > last:
        return Refusal(410, "too_late_to_start", {"last_start": last})
    if sitting.paused_at is not None:
        return Refusal(409, "paused")
    return None
