from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lantoa.kernel import clock


class Job(models.Model):
    """Background work as a row that its owner can watch. Also the dead-letter box: a job that
    failed for good stays, with a reason a person can read, until somebody retries it."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Đang chờ")
        RUNNING = "running", _("Đang chạy")
        DONE = "done", _("Xong")
        FAILED = "failed", _("Không thành công")

    handler = models.CharField(max_length=120)
    title = models.CharField(max_length=200)
    params = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True)
    error = models.TextField(blank=True)
    result = models.JSONField(default=dict)
    attempts = models.PositiveSmallIntegerField(default=0)
    # The user who asked, by id: accounts stand below, but a closed account's jobs stay readable.
    owner_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(default=clock.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=["queued", "running", "done", "failed"]),
                name="jobs_job_state",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["owner_id", "-created_at"], name="jobs_job_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.state})"

    @property
    def percent(self) -> int:
        return min(100, self.done * 100 // self.total) if self.total else 0

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.QUEUED, self.State.RUNNING)
