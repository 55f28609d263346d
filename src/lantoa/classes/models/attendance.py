"""Who was there: marks are only added; what stands now is kept beside them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lantoa.classes.models.classes import Member
from lantoa.classes.models.meetings import Meeting
from lantoa.files.models import StoredFile
from lantoa.kernel import clock


class Standing(models.TextChoices):
    PRESENT = "present", _("Có mặt")
    LATE = "late", _("Đến muộn")
    EXCUSED = "excused", _("Vắng có phép")
    ABSENT = "absent", _("Vắng")


class Mark(models.Model):
    """Somebody's statement that a member was or wasn't at a meeting, with its evidence. `key` is
    given by the device that made it, so that a list sent again is not counted again."""

    class Evidence(models.TextChoices):
        CODE = "code", _("Mã trên màn hình")
        SCAN = "scan", _("Quét mã")
        LIST = "list", _("Danh sách của lớp")
        OFFLINE = "offline", _("Danh sách ghi khi mất mạng")
        ONLINE = "online", _("Hiện diện trực tuyến")
        SHEET = "sheet", _("Danh sách có chữ ký")
        DISPUTE = "dispute", _("Giải quyết ý kiến")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="marks")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="marks")
    standing = models.CharField(max_length=8, choices=Standing.choices)
    evidence = models.CharField(max_length=8, choices=Evidence.choices)
    key = models.CharField(max_length=64)
    made_at = models.DateTimeField(help_text="by the device's clock, never later than received_at")
    received_at = models.DateTimeField(default=clock.now)
    by_id = models.BigIntegerField(null=True)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "key"], name="classes_mark_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.standing} {self.meeting_id}"


class Presence(models.Model):
    """What stands for a member at a meeting: the mark made last."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="presences")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="presences")
    standing = models.CharField(max_length=8, choices=Standing.choices)
    evidence = models.CharField(max_length=8, choices=Mark.Evidence.choices)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "member"], name="classes_presence_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["member", "standing"], name="classes_presence_of_member"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.standing} {self.meeting_id}"


class Dispute(models.Model):
    """A member says that what stands for them at a meeting is wrong."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("Chấp nhận")
        REFUSED = "refused", _("Không chấp nhận")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="disputes")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="disputes")
    words = models.CharField(_("Ý kiến"), max_length=500)
    at = models.DateTimeField(default=clock.now)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    answer = models.CharField(_("Trả lời"), max_length=500, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meeting", "member"],
                condition=Q(decided_at__isnull=True),
                name="classes_dispute_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at__isnull=True)
                | (~Q(outcome="") & Q(decided_at__isnull=False)),
                name="classes_dispute_decided_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} disputes {self.meeting_id}"
