"""What the worker does by itself."""

import logging

from lantoa.exams.actions import report_results, submit_attempt
from lantoa.exams.actions.report_results import to_report
from lantoa.exams.models import Attempt
from lantoa.exams.rules import GRACE
from lantoa.kernel import clock

log = logging.getLogger(__name__)

AT_ONCE = 500


def report_due() -> int:
    """Tell programmes of the results that the hot path left and that are out; one that fails is
    logged and doesn't hold up the others. How many were told."""
    told = 0
    for result in to_report().order_by("id")[:AT_ONCE]:
        try:
            told += report_results(results=[result], actor=None)
        except Exception:
            log.exception("could not report a result", extra={"result": result.pk})
    return told


def submit_expired() -> int:
    """Submit what has run out of time, though the candidate is gone; the oldest first. One that
    fails is logged and doesn't hold up the others. Returns how many were submitted."""
    over = Attempt.objects.filter(
        submitted_at__isnull=True,
        started_at__isnull=False,
        paused_at__isnull=True,
        sitting__paused_at__isnull=True,
        deadline_at__lt=clock.now() - GRACE,
    ).order_by("deadline_at")[:AT_ONCE]
    submitted = 0
    for attempt in over:
        try:
            submit_attempt(actor=None, attempt=attempt)
            submitted += 1
        except Exception:
            log.exception("could not submit an expired attempt", extra={"attempt": attempt.pk})
    return submitted
