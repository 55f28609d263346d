from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lantoa.classes.models.classes import TrainingClass
from lantoa.classes.models.venues import Venue
from lantoa.classes.rules.spans import Span
from lantoa.people.models import Person


class Meeting(models.Model):
    """A buổi of a class: a span of time, so many tiết, in the class's room or another."""

    training_class = models.ForeignKey(
        TrainingClass, on_delete=models.PROTECT, related_name="meetings"
    )
    starts_at = models.DateTimeField(_("Bắt đầu"))
    ends_at = models.DateTimeField(_("Kết thúc"))
    periods = models.PositiveSmallIntegerField(_("Số tiết"), default=4)
    topic = models.CharField(_("Nội dung"), max_length=200, blank=True)
    venue = models.ForeignKey(
        Venue, null=True, blank=True, on_delete=models.PROTECT, related_name="meetings"
    )
    link = models.URLField(_("Đường dẫn của riêng buổi này"), max_length=300, blank=True)
    judged_at = models.DateTimeField(
        null=True, help_text="when attendance was read from presence online after the meeting"
    )
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="classes_meeting_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(periods__gte=1, periods__lte=20), name="classes_meeting_periods"
            ),
            models.UniqueConstraint(
                fields=["training_class", "starts_at"],
                condition=Q(cancelled_at__isnull=True),
                name="classes_meeting_once",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | ~Q(cancel_reason=""),
                name="classes_meeting_cancelled_says_why",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["venue", "starts_at"], name="classes_meeting_by_venue"),
            models.Index(fields=["starts_at"], name="classes_meeting_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.training_class_id} {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def span(self) -> Span:
        return Span(self.starts_at, self.ends_at)

    @property
    def way_in(self) -> str:
        """The link by which people go in where no room is opened: its own, else the class's."""
        return self.link or self.training_class.link

    @property
    def by_room(self) -> bool:
        """Held in a room that we open on the conference server, unless it got a link of its own."""
        of = self.training_class
        return not self.link and of.tool == of.Tool.BIGBLUEBUTTON and of.mode == of.Mode.ONLINE

    @property
    def is_online(self) -> bool:
        """People go in by our page: an online class, or another with a link for who is away."""
        return self.training_class.mode == TrainingClass.Mode.ONLINE or bool(self.way_in)


class Teaching(models.Model):
    """Somebody who teaches a meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="teachings")
    trainer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="teachings")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "trainer"], name="classes_teaching_once"),
        ]

    def __str__(self) -> str:
        return f"{self.trainer_id} teaches {self.meeting_id}"
