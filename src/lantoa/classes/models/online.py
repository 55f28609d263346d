"""Being in a meeting online: who went in by our page, and the spans in which they were seen."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lantoa.classes.models.classes import Member
from lantoa.classes.models.meetings import Meeting


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
