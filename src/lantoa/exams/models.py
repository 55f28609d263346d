from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lantoa.items.models import Blueprint
from lantoa.kernel import clock, ids
from lantoa.programmes.models import Cohort, Enrolment, Requirement


class Sitting(models.Model):
    """A final test held for a cohort, open in a window."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="sittings")
    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="sittings")
    blueprint = models.ForeignKey(Blueprint, on_delete=models.PROTECT, related_name="sittings")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cohort", "requirement"], name="exams_sitting_once"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="exams_sitting_window"
            ),
        ]

    def __str__(self) -> str:
        return f"sitting {self.pk}"


class Form(models.Model):
    """The paper one attempt is taken on: item versions in order, options in order. Immutable."""

    blueprint = models.ForeignKey(Blueprint, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the canonical content")
    created_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"form {self.pk}"


class Attempt(models.Model):
    """One go at a sitting. `deadline_at` is the server's and the only one that counts.

    `submitted_at` repeats the submission's moment, so that the database itself holds "one open
    attempt at a time" and the open ones are found without reading the others.
    """

    public_id = models.UUIDField(unique=True, default=ids.new_id, editable=False)
    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="attempts")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="attempts")
    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField(default=clock.now)
    deadline_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sitting", "enrolment", "number"], name="exams_attempt_number"
            ),
            models.UniqueConstraint(
                fields=["sitting", "enrolment"],
                condition=Q(submitted_at__isnull=True),
                name="exams_attempt_one_open",
            ),
            models.CheckConstraint(
                condition=Q(deadline_at__gt=F("started_at")), name="exams_attempt_deadline"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["deadline_at"],
                condition=Q(submitted_at__isnull=True),
                name="exams_attempt_open",
            ),
        ]

    def __str__(self) -> str:
        return f"attempt {self.pk}"


class Answer(models.Model):
    """One save: append-only, in the order of arrival (`id`). The latest sequence per slot is the
    answer; each row's hash covers the row before it (`rules.link`)."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="answers")
    sequence = models.PositiveIntegerField(help_text="the client's, rising by one per save")
    slot = models.PositiveSmallIntegerField()
    response = models.JSONField()
    received_at = models.DateTimeField(default=clock.now)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["attempt", "sequence"], name="exams_answer_sequence"),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}.{self.slot}#{self.sequence}"


class Submission(models.Model):
    class Cause(models.TextChoices):
        CANDIDATE = "candidate", _("Thí sinh nộp bài")
        TIME = "time", _("Hết giờ, hệ thống nộp")

    attempt = models.OneToOneField(Attempt, on_delete=models.CASCADE, related_name="submission")
    at = models.DateTimeField(default=clock.now)
    cause = models.CharField(max_length=10, choices=Cause.choices)

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.cause}"


class Result(models.Model):
    attempt = models.OneToOneField(Attempt, on_delete=models.CASCADE, related_name="result")
    points = models.PositiveSmallIntegerField()
    points_possible = models.PositiveSmallIntegerField()
    score = models.PositiveSmallIntegerField(help_text="percent, rounded down")
    passed = models.BooleanField()
    detail = models.JSONField(default=dict, help_text="per part, per topic, per slot")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(points__lte=F("points_possible")), name="exams_result_points"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}: {self.score}%"
