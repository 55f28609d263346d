"""What a job's handler sees of its job."""

import time
from typing import Any

from lantoa.accounts.models import User
from lantoa.jobs.models import Job

# A progress row written more often than a person can read it only slows the work down.
SECONDS_BETWEEN_WRITES = 0.5


class JobRefused(Exception):
    """The handler's readable reason why this can't be done; trying again would not help."""


class JobRun:
    def __init__(self, job: Job) -> None:
        self._job = job
        self._written = 0.0
        self.pk: int = job.pk
        self.params: dict[str, Any] = job.params
        self.actor: User | None = (
            User.objects.filter(pk=job.owner_id).first() if job.owner_id else None
        )

    def progress(self, done: int, total: int, message: str = "") -> None:
        """Show how far the work is; cheap to call often. Inside a transaction it is seen only at
        the end, so handlers of one big transaction report before and after it."""
        moment = time.monotonic()
        if moment - self._written < SECONDS_BETWEEN_WRITES and done < total:
            return
        self._written = moment
        Job.objects.filter(pk=self._job.pk).update(done=done, total=total, message=message[:300])
