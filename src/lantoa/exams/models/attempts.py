"""What candidates do: attempts, the log of answers, what came late, the submission."""

import json
from datetime import UTC, datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lantoa.exams.models.sittings import Candidate, Sitting
from lantoa.files.models import StoredFile
from lantoa.items.models import Bundle
from lantoa.kernel import clock, ids


class Attempt(models.Model):
    """One go at a sitting: a row before anybody arrives, stamped when it starts. Bundle and `seed`
    together are the paper (`papers.paper_of`). `deadline_at` is the server's and the only one that
    counts.

    `head`, `saves`, `last_sequence` and `answered` (a bit per slot) repeat what the log says at its
    end, so that a save reads one row; `exam verify` recomputes them. `epoch` is the device's turn:
    a token of an earlier one is fenced off.
    """

    public_id = models.UUIDField(unique=True, default=ids.new_id, editable=False)
    sitting = models.ForeignKey(
        Sitting, on_delete=models.PROTECT, related_name="attempts", db_index=False
    )
    candidate = models.ForeignKey(
        Candidate, on_delete=models.PROTECT, related_name="attempts", db_index=False
    )
    bundle = models.ForeignKey(
        Bundle, on_delete=models.PROTECT, related_name="attempts", db_index=False
    )
    seed = models.BigIntegerField()
    number = models.PositiveSmallIntegerField(default=1)
    epoch = models.PositiveSmallIntegerField(default=0)
    # An invigilator lets the next entry take over from another device.
    move_allowed_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    deadline_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    # Given while it runs (power cuts, one's own trouble); already within `deadline_at`.
    added_seconds = models.PositiveIntegerField(default=0)
    seen_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    head = models.BinaryField(default=bytes)
    saves = models.PositiveIntegerField(default=0)
    last_sequence = models.PositiveIntegerField(default=0)
    answered = models.BinaryField(default=bytes)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["candidate", "number"], name="exams_attempt_number"),
            models.UniqueConstraint(
                fields=["candidate"],
                condition=Q(submitted_at__isnull=True),
                name="exams_attempt_one_open",
            ),
            models.CheckConstraint(
                condition=Q(started_at__isnull=True, deadline_at__isnull=True)
                | Q(deadline_at__gte=F("started_at")),
                name="exams_attempt_deadline",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True) | Q(started_at__isnull=False),
                name="exams_attempt_submitted_was_started",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["deadline_at"],
                condition=Q(submitted_at__isnull=True, started_at__isnull=False),
                name="exams_attempt_open",
            ),
            models.Index(fields=["sitting", "submitted_at"], name="exams_attempt_sitting"),
        ]

    def __str__(self) -> str:
        return f"attempt {self.pk}"

    @property
    def answered_count(self) -> int:
        return int.from_bytes(bytes(self.answered)).bit_count()


class Answer(models.Model):
    """One save: append-only, in the order of arrival (`id`). The latest sequence per slot is the
    answer; each row's hash covers the row before it (`rules.log.link`). Small, since there are
    hundreds of thousands in a day: times in milliseconds, JSON as text, hashes as bytes."""

    attempt = models.ForeignKey(
        Attempt, on_delete=models.CASCADE, related_name="answers", db_index=False
    )
    sequence = models.PositiveIntegerField(help_text="the client's, rising by one per save")
    slot = models.PositiveSmallIntegerField()
    response = models.TextField(help_text="JSON as it came")
    received_ms = models.BigIntegerField()
    spent_ms = models.PositiveIntegerField(null=True, help_text="on this slot, as the client says")
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["attempt", "sequence"], name="exams_answer_sequence"),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}.{self.slot}#{self.sequence}"

    @property
    def value(self) -> Any:
        return json.loads(self.response)

    @property
    def received_at(self) -> datetime:
        return datetime.fromtimestamp(self.received_ms / 1000, UTC)

    @property
    def hash_shown(self) -> str:
        return bytes(self.hash).hex()[:12]


class LateAnswer(models.Model):
    """A save that came after the end or from a device that had been fenced off: kept apart, with
    what the server knows of it. It counts when its sitting's policy or the council says so."""

    class Reason(models.TextChoices):
        LATE = "late", _("Đến sau khi hết giờ")
        FENCED = "fenced", _("Từ thiết bị đã bị thay thế")

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="late_answers")
    reason = models.CharField(max_length=6, choices=Reason.choices)
    epoch = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    slot = models.PositiveSmallIntegerField()
    response = models.TextField()
    received_ms = models.BigIntegerField()
    # The client's word on when it was answered, and when the server had last heard of it before.
    claimed_ms = models.BigIntegerField(null=True)
    contact_ms = models.BigIntegerField(null=True)
    within_grace = models.BooleanField(default=False)
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.BigIntegerField(null=True)
    counts = models.BooleanField(null=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["attempt", "epoch", "sequence"], name="exams_lateanswer_once"
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, counts__isnull=True)
                | Q(decided_at__isnull=False, counts__isnull=False),
                name="exams_lateanswer_decided",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["attempt"],
                condition=Q(decided_at__isnull=True),
                name="exams_lateanswer_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}.{self.slot}#{self.sequence} {self.reason}"

    @property
    def value(self) -> Any:
        return json.loads(self.response)


class Upload(models.Model):
    """A file that a candidate handed in for a file task; the answer names it by `public_id`."""

    public_id = models.UUIDField(unique=True, default=ids.new_id, editable=False)
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="uploads")
    slot = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.attempt_id}.{self.slot} {self.file_id}"


class Submission(models.Model):
    class Cause(models.TextChoices):
        CANDIDATE = "candidate", _("Thí sinh nộp bài")
        TIME = "time", _("Hết giờ, hệ thống nộp")
        ENDED = "ended", _("Giám thị kết thúc")

    attempt = models.OneToOneField(Attempt, on_delete=models.CASCADE, related_name="submission")
    at = models.DateTimeField(default=clock.now)
    cause = models.CharField(max_length=10, choices=Cause.choices)
    # The receipt: the end of the answer chain that was scored, and how many saves it has.
    head = models.BinaryField(default=bytes)
    saves = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.cause}"
