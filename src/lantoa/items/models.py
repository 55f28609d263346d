from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lantoa.frameworks.models import Node
from lantoa.kernel import clock
from lantoa.people.models import Unit


class Item(models.Model):
    """A question through its versions. `kind` names a folder of `items/kinds`."""

    class Level(models.TextChoices):
        BASIC = "basic", _("Cơ bản")
        INTERMEDIATE = "intermediate", _("Trung bình")
        ADVANCED = "advanced", _("Nâng cao")

    class State(models.TextChoices):
        DRAFT = "draft", _("Bản nháp")
        APPROVED = "approved", _("Đã duyệt")
        RETIRED = "retired", _("Ngừng dùng")

    class Purpose(models.TextChoices):
        LESSON = "lesson", _("Câu hỏi trong bài")
        EXAM = "exam", _("Câu hỏi thi")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="items")
    kind = models.CharField(max_length=40)
    topic = models.ForeignKey(
        Node, null=True, blank=True, on_delete=models.PROTECT, related_name="items"
    )
    level = models.CharField(max_length=12, choices=Level.choices, default=Level.BASIC)
    purpose = models.CharField(max_length=6, choices=Purpose.choices, default=Purpose.EXAM)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    created_at = models.DateTimeField(default=clock.now)
    created_by_id = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["topic", "level", "state"], name="items_item_draw"),
        ]

    def __str__(self) -> str:
        return f"item {self.pk}"


class ItemVersion(models.Model):
    """What an item says. Never changed once written; an edit is the next number."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField(help_text="of the shape that the item's kind states")
    search_key = models.TextField(blank=True)
    created_at = models.DateTimeField(default=clock.now)
    created_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "number"], name="items_version_number"),
        ]

    def __str__(self) -> str:
        return f"item {self.item_id} v{self.number}"


class Approval(models.Model):
    """Who found a version fit for use, and when. A form draws an item's newest approved version, so
    an item under revision stays in the bank as it was."""

    version = models.OneToOneField(ItemVersion, on_delete=models.CASCADE, related_name="approval")
    at = models.DateTimeField(default=clock.now)
    by_id = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"version {self.version_id} approved"


class Blueprint(models.Model):
    """How a form is made and what passing it means."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="blueprints")
    title = models.CharField(_("Tên ma trận đề"), max_length=200)
    minutes = models.PositiveSmallIntegerField(_("Thời gian làm bài (phút)"))
    pass_mark = models.PositiveSmallIntegerField(_("Điểm đạt (%)"))
    attempts_allowed = models.PositiveSmallIntegerField(
        _("Số lần được làm"), null=True, blank=True, help_text="empty: no limit"
    )
    shuffle_items = models.BooleanField(_("Trộn câu hỏi"), default=True)
    shuffle_options = models.BooleanField(_("Trộn phương án"), default=True)
    show_review = models.BooleanField(_("Cho xem lại câu sai sau khi nộp"), default=True)
    legal_basis = models.CharField(_("Căn cứ"), max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(pass_mark__lte=100), name="items_blueprint_pass_mark"
            ),
            models.CheckConstraint(
                condition=models.Q(minutes__gte=1), name="items_blueprint_minutes"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class BlueprintCell(models.Model):
    """How many items of a topic and level a form takes."""

    blueprint = models.ForeignKey(Blueprint, on_delete=models.CASCADE, related_name="cells")
    topic = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=12, choices=Item.Level.choices)
    count = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["blueprint", "topic", "level"], name="items_blueprintcell_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.count} × {self.topic_id} {self.level}"
