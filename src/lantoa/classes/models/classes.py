from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lantoa.classes.models.venues import Venue
from lantoa.classes.rules import online
from lantoa.kernel import clock
from lantoa.programmes.models import Cohort, Enrolment, Requirement


class TrainingClass(models.Model):
    """A lớp: enrolled people of a cohort who meet together. What it teaches is a requirement of
    the programme; without one (a seminar) it reports no outcome."""

    class Mode(models.TextChoices):
        IN_PERSON = "in_person", _("Trực tiếp")
        ONLINE = "online", _("Trực tuyến")
        BRIDGE = "bridge", _("Qua cầu truyền hình")
        SELF_PACED = "self_paced", _("Tự học có hướng dẫn")

    class Tool(models.TextChoices):
        LINK = "link", _("Đường dẫn của công cụ họp bất kỳ")
        BIGBLUEBUTTON = "bigbluebutton", _("BigBlueButton của cơ quan")

    class State(models.TextChoices):
        OPEN = "open", _("Đang mở")
        ENDED = "ended", _("Đã kết thúc")
        CANCELLED = "cancelled", _("Đã hủy")

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="classes")
    requirement = models.ForeignKey(
        Requirement, null=True, blank=True, on_delete=models.PROTECT, related_name="classes"
    )
    name = models.CharField(_("Tên lớp"), max_length=150)
    mode = models.CharField(
        _("Hình thức"), max_length=10, choices=Mode.choices, default=Mode.IN_PERSON
    )
    capacity = models.PositiveIntegerField(_("Sĩ số tối đa"), default=90)
    venue = models.ForeignKey(
        Venue, null=True, blank=True, on_delete=models.PROTECT, related_name="classes"
    )
    tool = models.CharField(
        _("Phòng học trực tuyến"), max_length=13, choices=Tool.choices, default=Tool.LINK
    )
    link = models.URLField(_("Đường dẫn phòng học trực tuyến"), max_length=300, blank=True)
    online_share = models.PositiveSmallIntegerField(
        _("Dự trực tuyến từ bao nhiêu % thời lượng buổi thì có mặt"), default=online.USUAL_SHARE
    )
    late_after = models.PositiveSmallIntegerField(
        _("Vào sau bao nhiêu phút thì là đến muộn"), default=online.USUAL_LATE
    )
    note = models.CharField(_("Lời dặn học viên"), max_length=500, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    state_reason = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)
    created_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cohort", "name"], name="classes_name_once"),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="classes_has_capacity"),
            models.CheckConstraint(
                condition=Q(online_share__gte=1, online_share__lte=online.MOST_SHARE),
                name="classes_online_share",
            ),
            models.CheckConstraint(
                condition=Q(state="open", ended_at__isnull=True)
                | (~Q(state="open") & Q(ended_at__isnull=False)),
                name="classes_ended_has_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(state_reason=""),
                name="classes_cancelled_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class Member(models.Model):
    """An enrolled person in a class; who was taken out keeps the row. `pinned`: a new proposal for
    the classes leaves them here."""

    training_class = models.ForeignKey(
        TrainingClass, on_delete=models.PROTECT, related_name="members"
    )
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="memberships")
    point = models.ForeignKey(
        "classes.Point", null=True, on_delete=models.SET_NULL, related_name="members"
    )
    pinned = models.BooleanField(default=False)
    placed_at = models.DateTimeField(default=clock.now)
    placed_by_id = models.BigIntegerField(null=True)
    left_at = models.DateTimeField(null=True)
    left_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["training_class", "enrolment"],
                condition=Q(left_at__isnull=True),
                name="classes_member_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["enrolment", "left_at"], name="classes_member_mine"),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} in {self.training_class_id}"


class Feed(models.Model):
    """A person's secret calendar address: its keyed hash. A new one makes the old one useless."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="class_feed"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"feed of {self.user_id}"
