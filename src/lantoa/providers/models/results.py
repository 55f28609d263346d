from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lantoa.files.models import StoredFile
from lantoa.jobs.models import Job
from lantoa.kernel import clock
from lantoa.programmes.models import Enrolment
from lantoa.providers.models.assignments import Assignment
from lantoa.providers.models.providers import ProviderKey


class ResultImport(models.Model):
    """Results earned on another system, as a file or over the API: read, judged, sent, decided,
    applied. The file and its rows stay as the evidence of the outcomes."""

    class State(models.TextChoices):
        READING = "reading", _("Đang đọc")
        REFUSED = "refused", _("Không đọc được")
        READY = "ready", _("Chờ gửi")
        WAITING = "waiting", _("Chờ đầu mối duyệt")
        RETURNED = "returned", _("Trả lại để sửa")
        APPLYING = "applying", _("Đang ghi")
        APPLIED = "applied", _("Đã ghi nhận")
        UNDOING = "undoing", _("Đang hoàn tác")
        UNDONE = "undone", _("Đã hoàn tác")
        DROPPED = "dropped", _("Đã bỏ")

    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, related_name="result_imports"
    )
    name = models.CharField(max_length=200)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT)
    # Over the API: the key it came by, and the sender's own name for the batch, so that a batch
    # sent again is answered and not taken twice.
    by_key = models.ForeignKey(ProviderKey, null=True, on_delete=models.PROTECT)
    batch = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.READING)
    refusal = models.CharField(max_length=400, blank=True)
    comment = models.CharField(_("Lời nhắn"), max_length=500, blank=True)
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL)
    created_at = models.DateTimeField(default=clock.now)
    created_by_id = models.BigIntegerField(null=True)
    sent_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["assignment", "batch"],
                condition=~Q(batch=""),
                name="providers_batch_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(comment=""), name="providers_returned_says_why"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["assignment", "-created_at"], name="providers_import_newest"),
        ]

    def __str__(self) -> str:
        return self.name


class ResultRow(models.Model):
    """One person's result as the provider states it, whom it means, and what it would do."""

    class State(models.TextChoices):
        WRONG = "wrong", _("Sai dữ liệu")
        UNKNOWN = "unknown", _("Ngoài danh sách")
        DOUBT = "doubt", _("Chưa chắc là ai")
        NEW = "new", _("Kết quả mới")
        CHANGE = "change", _("Đổi kết quả đã báo")
        SAME = "same", _("Đã ghi nhận")
        BLANK = "blank", _("Chưa có kết quả")

    result_import = models.ForeignKey(ResultImport, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField(help_text="from 1, as they came")
    place = models.CharField(max_length=120, help_text="sheet and row of the file")
    name = models.CharField(max_length=150, blank=True)
    born = models.CharField(max_length=10, blank=True)
    unit = models.CharField(max_length=200, blank=True, help_text="as written")
    result = models.CharField(max_length=120, blank=True, help_text="as written")
    passed = models.BooleanField(null=True)
    score = models.PositiveSmallIntegerField(null=True, help_text="percent")
    on_date = models.DateField(null=True)
    reference = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=7, choices=State.choices)
    code = models.CharField(max_length=30, blank=True, help_text="of the sentence: words.SENTENCES")
    params = models.JSONField(default=dict)
    enrolment = models.ForeignKey(
        Enrolment, null=True, on_delete=models.PROTECT, related_name="result_rows"
    )
    choices = models.JSONField(default=list, help_text="enrolments it may mean")
    was_passed = models.BooleanField(null=True)
    was_score = models.PositiveSmallIntegerField(null=True)
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["result_import", "position"], name="providers_row_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["new", "change", "same"])
                | Q(enrolment__isnull=False, passed__isnull=False),
                name="providers_row_certain",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["result_import", "state"], name="providers_row_state"),
        ]

    def __str__(self) -> str:
        return f"{self.result_import_id}#{self.position}"
