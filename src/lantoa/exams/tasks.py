"""What the worker does by itself."""

import logging
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from lantoa.exams.actions import report_results, submit_attempt
from lantoa.exams.actions.prepare import prepare_sitting
from lantoa.exams.actions.report_results import to_report
from lantoa.exams.models import Attempt
from lantoa.exams.queries.exams import sittings_held
from lantoa.exams.rules import GRACE
from lantoa.items.rules import BankTooSmall
from lantoa.jobs.runs import JobRefused, JobRun
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


def prepare(run: JobRun) -> dict[str, Any]:
    """Open a sitting ahead of time, as a job."""
    sitting = sittings_held(run.actor or AnonymousUser()).filter(pk=run.params["sitting"]).first()
    if sitting is None:
        raise JobRefused(_("Ca thi này không còn trong phạm vi của anh/chị."))
    try:
        made = prepare_sitting(actor=run.actor, sitting=sitting, progress=run.progress)
    except BankTooSmall as short:
        raise JobRefused(_("Chưa mở sẵn được: %(why)s") % {"why": short}) from short
    return {"attempts": made, "url": run.params["url"], "label": _("Xem phần chuẩn bị")}
