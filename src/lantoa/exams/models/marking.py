"""What comes after: results and their changes, marks by people, the council, appeals."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lantoa.accounts.models import User
from lantoa.exams.models.attempts import Attempt
from lantoa.exams.models.sittings import Candidate, Room, Sitting
from lantoa.items.models import Bundle
from lantoa.kernel import clock


class Result(models.Model):
    """How an attempt went, as it stands now; what it was before is in `changes`. Points are
    hundredths of a point. `waits_for_marks`: some answers are marked by people and aren't yet."""

    attempt = models.OneToOneField(Attempt, on_delete=models.CASCADE, related_name="result")
    points = models.PositiveIntegerField(help_text="hundredths")
    points_possible = models.PositiveIntegerField(help_text="hundredths")
    score = models.PositiveSmallIntegerField(help_text="percent, rounded down")
    passed = models.BooleanField()
    waits_for_marks = models.BooleanField(default=False)
    detail = models.JSONField(
        default=dict, help_text='{"slots": [hundredths or null, …], "failed": [rules not met]}'
    )
    at = models.DateTimeField(default=clock.now)
    # When it was told to the programme; none: still to be told, or nobody to tell.
    reported_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(points__lte=models.F("points_possible")), name="exams_result_points"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["id"],
                condition=Q(reported_at__isnull=True),
                name="exams_result_unreported",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}: {self.score}%"

    @property
    def points_shown(self) -> float:
        return self.points / 100

    @property
    def points_possible_shown(self) -> float:
        return self.points_possible / 100


class ResultChange(models.Model):
    """A result as it was before something changed it."""

    class Cause(models.TextChoices):
        MARKED = "marked", _("Chấm xong phần tự luận, thực hành")
        RESCORED = "rescored", _("Sửa đáp án, tính lại điểm")
        LATE = "late", _("Tính câu trả lời đến muộn")
        APPEAL = "appeal", _("Phúc khảo")

    result = models.ForeignKey(Result, on_delete=models.CASCADE, related_name="changes")
    cause = models.CharField(max_length=8, choices=Cause.choices)
    points = models.PositiveIntegerField()
    points_possible = models.PositiveIntegerField()
    score = models.PositiveSmallIntegerField()
    passed = models.BooleanField()
    detail = models.JSONField(default=dict)
    at = models.DateTimeField(default=clock.now)
    by_id = models.BigIntegerField(null=True)
    note = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.result_id} was {self.score}%"


class KeyCorrection(models.Model):
    """A wrong key put right after use: `content` takes the place of the item's in scoring
    (`everyone`: all get full points). The bundle itself never changes; the newest row counts."""

    bundle = models.ForeignKey(Bundle, on_delete=models.PROTECT, related_name="corrections")
    item = models.PositiveSmallIntegerField(help_text="place in the bundle's list of items")
    content = models.JSONField(null=True)
    everyone = models.BooleanField(default=False)
    reason = models.CharField(max_length=300)
    at = models.DateTimeField(default=clock.now)
    by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(everyone=True, content__isnull=True)
                | Q(everyone=False, content__isnull=False),
                name="exams_keycorrection_one_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bundle_id}.{self.item}"


class Mark(models.Model):
    """One marker's task for one answer, and what they gave. `ordinal` 1 and 2 are the two markers,
    3 the third when they differ, from 4 on those of an appeal."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="marks")
    slot = models.PositiveSmallIntegerField()
    ordinal = models.PositiveSmallIntegerField()
    marker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="exam_marks")
    taken_at = models.DateTimeField(default=clock.now)
    points = models.PositiveIntegerField(null=True, help_text="hundredths")
    rubric = models.JSONField(default=list, help_text="hundredths per criterion")
    comment = models.TextField(blank=True)
    marked_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["attempt", "slot", "ordinal"], name="exams_mark_ordinal"
            ),
            # Nobody is both of the two who must not know of each other.
            models.UniqueConstraint(fields=["attempt", "slot", "marker"], name="exams_mark_marker"),
            models.CheckConstraint(
                condition=Q(marked_at__isnull=True, points__isnull=True)
                | Q(marked_at__isnull=False, points__isnull=False),
                name="exams_mark_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}.{self.slot}/{self.ordinal}"

    @property
    def points_shown(self) -> float:
        return (self.points or 0) / 100


class CouncilDecision(models.Model):
    """What the council decided of a sitting: results approved (and released), or reopened."""

    class Kind(models.TextChoices):
        APPROVED = "approved", _("Duyệt kết quả")
        REOPENED = "reopened", _("Mở lại để xem xét")

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    note = models.TextField(blank=True)
    at = models.DateTimeField(default=clock.now)
    by_id = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.sitting_id} {self.kind}"


class Appeal(models.Model):
    """A candidate asks for their answers to be marked again (phúc khảo)."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("Giữ nguyên kết quả")
        CHANGED = "changed", _("Thay đổi kết quả")

    attempt = models.OneToOneField(Attempt, on_delete=models.PROTECT, related_name="appeal")
    reason = models.TextField()
    filed_at = models.DateTimeField(default=clock.now)
    filed_by_id = models.BigIntegerField(null=True)
    received_on = models.DateField(null=True, help_text="on paper: the day it came in")
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.BigIntegerField(null=True)
    outcome = models.CharField(max_length=7, choices=Outcome.choices, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, outcome="")
                | (Q(decided_at__isnull=False) & ~Q(outcome="")),
                name="exams_appeal_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"appeal of {self.attempt_id}"


class Incident(models.Model):
    """Something that happened in a room or to a candidate, for the minutes."""

    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="incidents")
    room = models.ForeignKey(
        Room, null=True, blank=True, on_delete=models.SET_NULL, related_name="incidents"
    )
    candidate = models.ForeignKey(
        Candidate, null=True, blank=True, on_delete=models.CASCADE, related_name="incidents"
    )
    text = models.TextField(_("Nội dung"))
    at = models.DateTimeField(default=clock.now)
    by_id = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"incident {self.pk}"
