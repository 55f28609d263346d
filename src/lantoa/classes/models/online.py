"""Being in a meeting online: who went in by our page, and the spans in which they were seen."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lantoa.classes.models.classes import Member
from lantoa.classes.models.meetings import Meeting
from lantoa.kernel import clock


class Entry(models.Model):
    """A member went in: first, and last. Only from then on does their page count."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="entries")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="entries")
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "member"], name="classes_entry_once"),
            models.CheckConstraint(
                condition=Q(last_at__gte=F("first_at")), name="classes_entry_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.meeting_id}"


class Stay(models.Model):
    """A span in which a member was seen in a meeting, by one source."""

    class Source(models.TextChoices):
        PAGE = "page", _("Trang vào lớp")
        ROOM = "room", _("Phòng học trực tuyến")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="stays")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="stays")
    source = models.CharField(max_length=4, choices=Source.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meeting", "member", "source", "starts_at"], name="classes_stay_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gte=F("starts_at")), name="classes_stay_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.meeting_id} {self.starts_at:%H:%M}"


class Room(models.Model):
    """A meeting's room on the conference server, once it was opened. `key` is what the server calls
    it; `problem` why the server didn't answer last, empty where it did."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="room")
    key = models.CharField(max_length=64, unique=True)
    opened_at = models.DateTimeField(default=clock.now)
    opened_by_id = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"room of {self.meeting_id}"
