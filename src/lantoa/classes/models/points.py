"""A bridge: one broadcast to many venues. Each point (điểm cầu) reports on every meeting."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lantoa.classes.models.classes import TrainingClass
from lantoa.classes.models.meetings import Meeting
from lantoa.classes.models.venues import Venue
from lantoa.kernel import clock


class Point(models.Model):
    """A venue of a bridge class, and who looks after it."""

    training_class = models.ForeignKey(
        TrainingClass, on_delete=models.PROTECT, related_name="points"
    )
    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="points")
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="points_kept"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["training_class", "venue"], name="classes_point_once"),
        ]

    def __str__(self) -> str:
        return f"{self.venue_id} of {self.training_class_id}"


class PointStanding(models.Model):
    """How a point stands at a meeting: what its newest reports say. Null link: not told yet."""

    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="standings")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="standings")
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    link_up = models.BooleanField(null=True)
    headcount = models.PositiveIntegerField(null=True)
    walk_ins = models.PositiveIntegerField(default=0)
    open_problems = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    seen_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "point"], name="classes_standing_once"),
        ]

    def __str__(self) -> str:
        return f"{self.point_id} at {self.meeting_id}"


class PointEvent(models.Model):
    """One report from a point, in its own order of time; `key` as in `Mark`."""

    class Kind(models.TextChoices):
        OPEN = "open", _("Mở điểm cầu")
        LINK_UP = "link_up", _("Có tín hiệu")
        LINK_DOWN = "link_down", _("Mất tín hiệu")
        HEADCOUNT = "headcount", _("Đếm người")
        WALK_IN = "walk_in", _("Người ngoài danh sách")
        PROBLEM = "problem", _("Sự cố")
        SOLVED = "solved", _("Đã khắc phục")
        CLOSE = "close", _("Đóng điểm cầu")

    standing = models.ForeignKey(PointStanding, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    number = models.PositiveIntegerField(null=True)
    note = models.CharField(max_length=300, blank=True)
    key = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    received_at = models.DateTimeField(default=clock.now)
    by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["standing", "key"], name="classes_report_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.standing_id}"
