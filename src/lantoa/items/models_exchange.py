"""Files of items on their way into the bank."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lantoa.files.models import StoredFile
from lantoa.frameworks.models import Node
from lantoa.items.exchange.rows import Said
from lantoa.jobs.models import Job
from lantoa.kernel import clock
from lantoa.people.models import Unit


class ItemImport(models.Model):
    """A file of items, from upload through dry run to applied or undone."""

    class State(models.TextChoices):
        READING = "reading", _("Đang đọc")
        READY = "ready", _("Chờ áp dụng")
        APPLYING = "applying", _("Đang áp dụng")
        APPLIED = "applied", _("Đã áp dụng")
        UNDOING = "undoing", _("Đang hoàn tác")
        UNDONE = "undone", _("Đã hoàn tác")
        REFUSED = "refused", _("Không đọc được")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="item_imports")
    name = models.CharField(max_length=200)
    form = models.CharField(max_length=20, help_text="of exchange.FORMATS")
    # Without a file: it was refused, and nothing of it is kept.
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    topic = models.ForeignKey(
        Node, null=True, on_delete=models.PROTECT, related_name="+", help_text="where none is named"
    )
    level = models.CharField(max_length=12, help_text="where none is named")
    purpose = models.CharField(max_length=6, help_text="where none is named")
    state = models.CharField(max_length=10, choices=State.choices, default=State.READING)
    summary = models.JSONField(default=dict, help_text="counts by state and reason")
    refusal = models.JSONField(default=list, help_text="a stored exchange.rows.Said")
    pictures = models.JSONField(default=list, help_text="public ids of files that came inside")
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    created_by_id = models.BigIntegerField(null=True)
    applied_at = models.DateTimeField(null=True)
    applied_by_id = models.BigIntegerField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by_id = models.BigIntegerField(null=True)

    class Meta:
        app_label = "items"
        indexes: ClassVar = [models.Index(fields=["-created_at"], name="items_import_newest")]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"

    @property
    def refusal_sentence(self) -> str:
        return Said.from_stored(self.refusal).sentence if self.refusal else ""


class ItemImportRow(models.Model):
    """What one item of a file will become, and the item it became."""

    class State(models.TextChoices):
        NEW = "new", _("Mới")
        SIMILAR = "similar", _("Gần giống câu đã có")
        SAME = "same", _("Đã có")
        WRONG = "wrong", _("Sai")

    item_import = models.ForeignKey(ItemImport, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField(help_text="order in the file")
    place = models.CharField(max_length=100, blank=True, help_text="the sheet")
    number = models.PositiveIntegerField(help_text="of the line, the row or the question")
    state = models.CharField(max_length=7, choices=State.choices)
    kind = models.CharField(max_length=40, blank=True)
    words = models.CharField(max_length=200, blank=True)
    search_key = models.TextField(blank=True)
    content = models.JSONField(default=dict)
    belongs = models.JSONField(default=dict, help_text="fields of the item to be")
    problems = models.JSONField(default=list, help_text="stored exchange.rows.Said")
    notes = models.JSONField(default=list, help_text="stored exchange.rows.Said")
    codes = models.TextField(blank=True, help_text="digests of what is said, between spaces")
    match = models.ForeignKey("items.Item", null=True, on_delete=models.SET_NULL, related_name="+")
    match_row = models.PositiveIntegerField(null=True, help_text="number of the row of this file")
    percent = models.PositiveSmallIntegerField(default=0, help_text="how much it is alike")
    accepted = models.BooleanField(default=True, help_text="false: somebody leaves it out")
    item = models.ForeignKey(
        "items.Item", null=True, on_delete=models.SET_NULL, related_name="+", help_text="created"
    )

    class Meta:
        app_label = "items"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["item_import", "position"], name="items_importrow_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_import_id}.{self.position} {self.state}"

    @property
    def said(self) -> list[dict[str, Any]]:
        """Problems and notes as sentences in the reader's language."""
        levels = (("wrong", self.problems), ("info", self.notes))
        return [
            {"level": level, "message": Said.from_stored(kept).sentence}
            for level, listed in levels
            for kept in listed
        ]
