from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lantoa.frameworks.models import Node
from lantoa.items.models_bank import Band, Batch, BatchRow, ReviewRequest, Twin
from lantoa.items.models_exchange import ItemImport, ItemImportRow
from lantoa.kernel import clock
from lantoa.people.models import Unit

__all__ = [
    "Approval",
    "Band",
    "Batch",
    "BatchRow",
    "Blueprint",
    "BlueprintCell",
    "Bundle",
    "Enmity",
    "Form",
    "FormSlot",
    "Item",
    "ItemImport",
    "ItemImportRow",
    "ItemVersion",
    "Review",
    "ReviewRequest",
    "Twin",
]


class Item(models.Model):
    """A question through its versions. `kind` names a folder of `items/kinds`."""

    class Level(models.TextChoices):
        BASIC = "basic", _("Cơ bản")
        INTERMEDIATE = "intermediate", _("Trung bình")
        ADVANCED = "advanced", _("Nâng cao")

    class State(models.TextChoices):
        DRAFT = "draft", _("Bản nháp")
        REVIEWED = "reviewed", _("Đã thẩm định")
        APPROVED = "approved", _("Đã duyệt")
        RETIRED = "retired", _("Ngừng dùng")

    class Stage(models.TextChoices):
        """How far the newest version is on its way; an approved item may have one under way."""

        WRITING = "writing", _("Đang soạn")
        WAITING = "waiting", _("Chờ thẩm định")
        RETURNED = "returned", _("Bị trả lại")
        FIT = "fit", _("Đạt, chờ duyệt")
        APPROVED = "approved", _("Đã duyệt")

    class Purpose(models.TextChoices):
        LESSON = "lesson", _("Câu hỏi trong bài")
        EXAM = "exam", _("Câu hỏi thi")

    class Difficulty(models.TextChoices):
        EASY = "easy", _("Dễ")
        MEDIUM = "medium", _("Vừa")
        HARD = "hard", _("Khó")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="items")
    kind = models.CharField(max_length=40)
    topic = models.ForeignKey(
        Node, null=True, blank=True, on_delete=models.PROTECT, related_name="items"
    )
    level = models.CharField(max_length=12, choices=Level.choices, default=Level.BASIC)
    purpose = models.CharField(max_length=6, choices=Purpose.choices, default=Purpose.EXAM)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    stage = models.CharField(max_length=8, choices=Stage.choices, default=Stage.WRITING)
    reviewed_at = models.DateTimeField(null=True, help_text="last; repeats the newest Review")
    competence = models.ForeignKey(
        Node, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    difficulty = models.CharField(
        max_length=6, choices=Difficulty.choices, default=Difficulty.MEDIUM
    )
    expected_seconds = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True, help_text="where the author took it from")
    notes = models.TextField(blank=True, help_text="for authors and reviewers only")
    search_key = models.TextField(blank=True, help_text="of the newest version, folded")
    created_at = models.DateTimeField(default=clock.now)
    created_by_id = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["topic", "level", "state"], name="items_item_draw"),
            models.Index(fields=["unit", "state", "stage"], name="items_item_counts"),
            models.Index(fields=["created_by_id", "unit"], name="items_item_authors"),
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


class Review(models.Model):
    """What a reviewer said of a version: fit to be approved, or back to its author, and why."""

    class Verdict(models.TextChoices):
        FIT = "fit", _("Đạt, đề nghị duyệt")
        RETURNED = "returned", _("Trả lại để sửa")

    version = models.ForeignKey(ItemVersion, on_delete=models.CASCADE, related_name="reviews")
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    reason = models.TextField(blank=True)
    at = models.DateTimeField(default=clock.now)
    by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(verdict="fit") | ~models.Q(reason=""),
                name="items_review_returned_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.version_id} {self.verdict}"


class Enmity(models.Model):
    """Two items that may not stand in one form, because one gives the other away. The smaller id
    first, so that a pair is written once."""

    first = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=clock.now)
    by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="items_enmity_once"),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="items_enmity_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"


class Approval(models.Model):
    """Who found a version fit for use, and when. A form draws an item's newest approved version, so
    an item under revision stays in the bank as it was."""

    version = models.OneToOneField(ItemVersion, on_delete=models.CASCADE, related_name="approval")
    at = models.DateTimeField(default=clock.now)
    by_id = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"version {self.version_id} approved"


class Blueprint(models.Model):
    """How a form is made and what passing it means. The rules of law behind one are data: `preset`
    names where they came from, `legal_basis` says by which document."""

    class Feedback(models.TextChoices):
        NONE = "none", _("Chỉ đạt hay chưa đạt")
        SCORE = "score", _("Điểm")
        TOPICS = "topics", _("Điểm theo phần và chuyên đề")
        MISTAKES = "mistakes", _("Cả các câu sai, kèm đáp án và giải thích")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="blueprints")
    title = models.CharField(_("Tên ma trận đề"), max_length=200)
    minutes = models.PositiveSmallIntegerField(_("Thời gian làm bài (phút)"))
    pass_mark = models.PositiveSmallIntegerField(_("Điểm đạt (%)"))
    part_minimum = models.PositiveSmallIntegerField(_("Mỗi phần đạt từ (%)"), null=True, blank=True)
    topic_minimum = models.PositiveSmallIntegerField(
        _("Mỗi chuyên đề hoặc mô đun đạt từ (%)"), null=True, blank=True
    )
    parts_average = models.PositiveSmallIntegerField(
        _("Trung bình các phần đạt từ (%)"), null=True, blank=True
    )
    kept_months = models.PositiveSmallIntegerField(
        _("Bảo lưu kết quả đạt (tháng)"), null=True, blank=True
    )
    attempts_allowed = models.PositiveSmallIntegerField(
        _("Số lần được làm"), null=True, blank=True, help_text="empty: no limit"
    )
    shuffle_items = models.BooleanField(_("Trộn câu hỏi"), default=True)
    shuffle_options = models.BooleanField(_("Trộn phương án"), default=True)
    feedback = models.CharField(
        _("Thí sinh được xem sau khi có kết quả"),
        max_length=8,
        choices=Feedback.choices,
        default=Feedback.MISTAKES,
    )
    # Difficulty → [fewest, most] items of a form; what isn't named is free.
    bands = models.JSONField(default=dict, blank=True)
    most_exposure = models.PositiveSmallIntegerField(
        _("Một câu có mặt trong nhiều nhất (% số đề)"), null=True, blank=True
    )
    most_overlap = models.PositiveSmallIntegerField(
        _("Hai đề trùng nhau nhiều nhất (câu)"), null=True, blank=True
    )
    legal_basis = models.CharField(_("Căn cứ"), max_length=300, blank=True)
    preset = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(pass_mark__lte=100)
                & (models.Q(part_minimum=None) | models.Q(part_minimum__lte=100))
                & (models.Q(topic_minimum=None) | models.Q(topic_minimum__lte=100))
                & (models.Q(parts_average=None) | models.Q(parts_average__lte=100))
                & (models.Q(most_exposure=None) | models.Q(most_exposure__lte=100)),
                name="items_blueprint_percents",
            ),
            models.CheckConstraint(
                condition=models.Q(minutes__gte=1), name="items_blueprint_minutes"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class BlueprintCell(models.Model):
    """How many items of a topic, a level and a kind (empty: any) a form takes, and how many points
    each is worth."""

    blueprint = models.ForeignKey(Blueprint, on_delete=models.CASCADE, related_name="cells")
    topic = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=12, choices=Item.Level.choices)
    kind = models.CharField(max_length=40, blank=True)
    count = models.PositiveSmallIntegerField()
    points = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["blueprint", "topic", "level", "kind"], name="items_blueprintcell_once"
            ),
            models.CheckConstraint(
                condition=models.Q(points__gte=1), name="items_blueprintcell_points"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.count} × {self.topic_id} {self.level}"


class Bundle(models.Model):
    """What attempts are delivered and scored from: items as they are shown, keys, rules. Compiled
    once (`bundles.compile_bundle`), never changed; `digest` is the SHA-256 of `content`."""

    digest = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()
    created_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"bundle {self.digest[:12]}"


class Form(models.Model):
    """A paper assembled once and equal for all who get it. One of several parallel ones carries the
    same `batch`. Published means: it has a bundle, and its item versions never change."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Mới dựng")
        REVIEWED = "reviewed", _("Đã thẩm định")
        PUBLISHED = "published", _("Đã ban hành")
        RETIRED = "retired", _("Ngừng dùng")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="forms")
    blueprint = models.ForeignKey(Blueprint, on_delete=models.PROTECT, related_name="forms")
    code = models.CharField(max_length=20, help_text="as printed, e.g. 101")
    batch = models.UUIDField(null=True, help_text="parallel forms assembled together")
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    bundle = models.ForeignKey(
        Bundle, null=True, blank=True, on_delete=models.PROTECT, related_name="forms"
    )
    created_at = models.DateTimeField(default=clock.now)
    created_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["blueprint", "code"], name="items_form_code"),
            models.CheckConstraint(
                condition=~models.Q(state="published") | models.Q(bundle__isnull=False),
                name="items_form_published_has_bundle",
            ),
        ]

    def __str__(self) -> str:
        return f"form {self.code}"


class FormSlot(models.Model):
    """One question of a form, in its place."""

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="slots")
    position = models.PositiveSmallIntegerField()
    version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="slots")
    points = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["form", "position"], name="items_formslot_position"),
            models.UniqueConstraint(fields=["form", "version"], name="items_formslot_once"),
        ]

    def __str__(self) -> str:
        return f"{self.form_id}.{self.position}"
