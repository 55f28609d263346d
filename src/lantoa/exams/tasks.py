"""What the worker does by itself."""

import logging
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.exams.actions import corrections, report_results, submit_attempt
from lantoa.exams.actions import council as actions
from lantoa.exams.actions.prepare import prepare_sitting
from lantoa.exams.actions.report_results import to_report
from lantoa.exams.actions.rescore import rescore
from lantoa.exams.models import Attempt, KeyProposal, ResultChange
from lantoa.exams.permissions import council_sees
from lantoa.exams.queries.corrections import proposal_for
from lantoa.exams.queries.exams import sittings_held
from lantoa.exams.queries.late import counted_since
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


def count_grace() -> int:
    """Late answers that count by the sitting's policy change results that were there before them;
    how many."""
    attempts = counted_since()[:AT_ONCE]
    cause = ResultChange.Cause.LATE
    return len(rescore(attempts=attempts, cause=cause, note="", actor=None).changed)


def verify_sitting(run: JobRun) -> dict[str, Any]:
    """Job: check every log and result of a sitting."""
    sitting = council_sees(run.actor or AnonymousUser()).filter(pk=run.params["sitting"]).first()
    if sitting is None:
        raise JobRefused(_("Anh/chị không còn quyền với ca thi này."))
    total = sitting.attempts.filter(submitted_at__isnull=False).count()
    actions.verify_sitting(
        actor=run.actor, sitting=sitting, progress=lambda done: run.progress(done, total)
    )
    return {"url": reverse("exams:council", args=[sitting.pk]), "label": _("Xem kết quả kiểm tra")}


def _proposal(run: JobRun) -> KeyProposal:
    try:
        return proposal_for(run.actor or User(), run.params["proposal"])
    except KeyProposal.DoesNotExist:
        raise JobRefused(_("Anh/chị không còn quyền với ca thi này.")) from None


def _to_proposal(proposal: KeyProposal) -> dict[str, Any]:
    return {"url": reverse("exams:key_proposal", args=[proposal.pk]), "label": _("Xem đề nghị")}


def forecast_key(run: JobRun) -> dict[str, Any]:
    """Job: what correcting a key would change."""
    proposal = _proposal(run)
    corrections.run_forecast(proposal=proposal, progress=run.progress)
    return _to_proposal(proposal)


def rescore_key(run: JobRun) -> dict[str, Any]:
    """Job: results by the corrected key. What the council has decided is carried out, whatever
    became of who asked for it."""
    proposal = KeyProposal.objects.select_related("sitting__exam").get(pk=run.params["proposal"])
    corrections.rescore_key(actor=run.actor, proposal=proposal, progress=run.progress)
    return _to_proposal(proposal)
