"""Queueing work and retrying what failed."""

from typing import Any

from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.jobs.models import Job
from lantoa.jobs.tasks import run_job


@transaction.atomic
def enqueue(
    *, handler: str, title: str, params: dict[str, Any] | None = None, actor: User | None
) -> Job:
    """Queue `handler`, the dotted path of a function in a domain's `tasks`, taking a `JobRun`.

    The row and the queue entry are written together: a job that can be seen will run.
    """
    job = Job.objects.create(
        handler=handler,
        title=title[:200],
        params=params or {},
        owner_id=actor.pk if actor else None,
    )
    record(actor=actor, action="jobs.enqueue", on=job, data={"handler": handler})
    transaction.on_commit(lambda: run_job.enqueue(job.pk))
    return job


@transaction.atomic
def retry(*, job: Job, actor: User | None) -> None:
    """Queue a failed job again, from its beginning."""
    changed = Job.objects.filter(pk=job.pk, state=Job.State.FAILED).update(
        state=Job.State.QUEUED, attempts=0, error="", message="", done=0, finished_at=None
    )
    if changed:
        record(actor=actor, action="jobs.retry", on=job)
        transaction.on_commit(lambda: run_job.enqueue(job.pk))
