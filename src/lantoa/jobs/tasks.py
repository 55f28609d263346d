import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import F, Q
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django_tasks import task

from lantoa.jobs.models import Job
from lantoa.jobs.runs import JobRefused, JobRun
from lantoa.kernel import clock

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 3
# A job still running after this was cut off with its process, and may be taken again.
CUT_OFF = timedelta(hours=1)

Handler = Callable[[JobRun], dict[str, Any] | None]


@task()
def run_job(job_id: int) -> None:
    """Run a job until it is done or has failed for good. Never raises: the row tells the story."""
    while _claim(job_id) and not _attempt(Job.objects.get(pk=job_id)):
        pass


def _claim(job_id: int) -> bool:
    free = Q(state=Job.State.QUEUED) | Q(
        state=Job.State.RUNNING, started_at__lt=clock.now() - CUT_OFF
    )
    return bool(
        Job.objects.filter(free, pk=job_id).update(
            state=Job.State.RUNNING, started_at=clock.now(), attempts=F("attempts") + 1
        )
    )


def run_cut_off() -> None:
    """Queue again the jobs whose process has gone; give up those that keep ending processes."""
    for job in Job.objects.filter(state=Job.State.RUNNING, started_at__lt=clock.now() - CUT_OFF):
        if job.attempts < MAX_ATTEMPTS:
            run_job.enqueue(job.pk)
        else:
            _fail(job, _("Việc bị ngắt giữa chừng nhiều lần."))


def _handler(path: str) -> Handler:
    # A job row must not be able to name any function of the process.
    if not path.startswith("lantoa.") or ".tasks." not in path:
        raise JobRefused(path)
    handler: Handler = import_string(path)
    return handler


def _attempt(job: Job) -> bool:
    """One go. True when the job has come to its end, done or failed."""
    try:
        result = _handler(job.handler)(JobRun(job)) or {}
    except JobRefused as refusal:
        return _fail(job, str(refusal))
    except Exception:
        log.exception("job failed", extra={"job": job.pk, "handler": job.handler})
        if job.attempts < MAX_ATTEMPTS:
            Job.objects.filter(pk=job.pk).update(state=Job.State.QUEUED)
            return False
        return _fail(job, _("Lỗi ngoài dự kiến. Quản trị hệ thống xem nhật ký của việc này."))
    Job.objects.filter(pk=job.pk).update(
        state=Job.State.DONE, result=result, finished_at=clock.now(), done=F("total")
    )
    return True


def _fail(job: Job, reason: str) -> bool:
    Job.objects.filter(pk=job.pk).update(
        state=Job.State.FAILED, error=reason, finished_at=clock.now()
    )
    return True
