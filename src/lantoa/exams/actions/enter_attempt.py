from django.db import connection, transaction

from lantoa.exams.delivery.entering import take_over
from lantoa.exams.delivery.operations import Refusal
from lantoa.exams.delivery.state import Batch
from lantoa.exams.models import Attempt
from lantoa.exams.refusals import refused
from lantoa.kernel import clock


@transaction.atomic
def enter_attempt(*, attempt: Attempt, held: tuple[int, int] | None) -> int:
    """Let the device of a person who is signed in work on their attempt; the epoch of its token.
    `held`: attempt and epoch of the token it shows. Raises AskInvigilator."""
    batch = Batch(connection, [attempt.pk])
    row = batch.rows[attempt.pk]
    refusal = take_over(batch, row, held, clock.now_ms())
    if isinstance(refusal, Refusal):
        raise refused(refusal.error, refusal.more)
    batch.write()
    epoch: int = row.epoch
    return epoch
