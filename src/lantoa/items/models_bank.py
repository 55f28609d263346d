"""What the bank keeps beside its questions: who asked for a review, what was done to many at once,
and which questions say nearly the same."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lantoa.kernel import clock


class ReviewRequest(models.Model):
    """Who found a version ready to be reviewed, and when."""

    version = models.OneToOneField(
        "items.ItemVersion", on_delete=models.CASCADE, related_name="request"
    )
    at = models.DateTimeField(default=clock.now)
    by_id = models.BigIntegerField(null=True)

    class Meta:
        app_label = "items"

    def __str__(self) -> str:
        return f"version {self.version_id} to be reviewed"


class Batch(models.Model):
    """One step done to many items at once, which can be looked up and, where that makes sense,
    undone: `undone_at` says when."""

    class Step(models.TextChoices):
        CLASSIFY = "classify", _("Xếp loại")
        SEND = "send", _("Gửi thẩm định")
        FIT = "fit", _("Ghi kết quả đạt")
        APPROVE = "approve", _("Duyệt")
        RETIRE = "retire", _("Ngừng dùng")
        RESTORE = "restore", _("Dùng lại")

    step = models.CharField(max_length=8, choices=Step.choices)
    reason = models.CharField(max_length=300, blank=True)
    after = models.JSONField(default=dict, help_text="fields that a classification has set")
    at = models.DateTimeField(default=clock.now)
    by_id = models.BigIntegerField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "items"
        indexes: ClassVar = [models.Index(fields=["by_id", "-at"], name="items_batch_own")]

    def __str__(self) -> str:
        return f"batch {self.pk} {self.step}"

    @property
    def no_undo(self) -> str:
        """Why it can't be undone; empty when it can."""
        if self.undone_at:
            return gettext("Lần này đã được hoàn tác.")
        if self.step not in (self.Step.CLASSIFY, self.Step.RETIRE):
            return gettext("Việc này không hoàn tác được: kết luận đã ghi không xóa đi.")
        return ""

    @property
    def can_undo(self) -> bool:
        return not self.no_undo


class BatchRow(models.Model):
    """One item of a batch, and what it was before."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows")
    item = models.ForeignKey("items.Item", on_delete=models.CASCADE, related_name="batch_rows")
    before = models.JSONField(default=dict)

    class Meta:
        app_label = "items"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "item"], name="items_batchrow_once"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.item_id}"


class Band(models.Model):
    """Where an item's newest words fall (`similarity.bands`): items of one band may be alike."""

    key = models.BigIntegerField()
    item = models.ForeignKey("items.Item", on_delete=models.CASCADE, related_name="bands")

    class Meta:
        app_label = "items"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "item"], name="items_band_once"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} in {self.key}"


class Twin(models.Model):
    """Two items that say nearly the same, by their newest versions; the smaller id first. Dismissed
    means: somebody looked, and they are two questions."""

    first = models.ForeignKey("items.Item", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("items.Item", on_delete=models.CASCADE, related_name="+")
    percent = models.PositiveSmallIntegerField()
    dismissed_at = models.DateTimeField(null=True)
    dismissed_by_id = models.BigIntegerField(null=True)

    class Meta:
        app_label = "items"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="items_twin_once"),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="items_twin_order"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["-percent", "id"],
                condition=models.Q(dismissed_at=None),
                name="items_twin_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ~ {self.second_id}"
