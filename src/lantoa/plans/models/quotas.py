"""Quotas (chỉ tiêu) as a ledger: postings of lines that move persons between units, never changed
or deleted, and the balance that they make, kept beside them so that pages read one row."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lantoa.kernel import clock
from lantoa.people.models import Unit
from lantoa.plans.models.plans import Plan
from lantoa.programmes.models import Programme
from lantoa.web.formats import day


class Measure(models.TextChoices):
    PERSONS = "persons", _("người")
    TIMES = "times", _("lượt")


class QuotaPosting(models.Model):
    """What was decided about quotas at one stroke: who, when, on which document, why."""

    class Kind(models.TextChoices):
        OPENING = "opening", _("Số dư khi chuyển sang sổ chỉ tiêu")
        TABLE = "table", _("Giao, điều chỉnh theo bảng")
        BORROW = "borrow", _("Điều chuyển giữa các đơn vị")
        RETURN = "return", _("Trả lại cấp trên")
        REVERSAL = "reversal", _("Hủy một lần ghi")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="postings")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    measure = models.CharField(max_length=7, choices=Measure.choices, default=Measure.PERSONS)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    document_number = models.CharField(_("Số văn bản"), max_length=60, blank=True)
    document_date = models.DateField(_("Ngày văn bản"), null=True, blank=True)
    reason = models.CharField(_("Lý do"), max_length=300, blank=True)
    reverses = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="reversed_by"
    )
    at = models.DateTimeField(default=clock.now)
    by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="reversal", reverses__isnull=False)
                | (~Q(kind="reversal") & Q(reverses__isnull=True)),
                name="plans_posting_reversal",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["plan", "programme", "measure", "-at"], name="plans_posting_newest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def document(self) -> str:
        """The document in words, or nothing."""
        if not self.document_number or self.document_date is None:
            return self.document_number
        return _("%(number)s ngày %(date)s") % {
            "number": self.document_number,
            "date": day(self.document_date),
        }


class QuotaLine(models.Model):
    """So many persons (or person-times) from one unit to another. DOWN: from a unit to one under
    it, whose own grows while the giver's stays (it has passed them down); no giver: the plan's
    decision itself. UP: back again. ACROSS: to a sibling; what the giver has shrinks."""

    class Way(models.TextChoices):
        DOWN = "down", _("giao xuống")
        UP = "up", _("trả lên")
        ACROSS = "across", _("chuyển sang")

    posting = models.ForeignKey(QuotaPosting, on_delete=models.CASCADE, related_name="lines")
    way = models.CharField(max_length=6, choices=Way.choices)
    giver = models.ForeignKey(
        Unit, null=True, on_delete=models.PROTECT, related_name="quota_lines_given"
    )
    taker = models.ForeignKey(
        Unit, null=True, on_delete=models.PROTECT, related_name="quota_lines_taken"
    )
    count = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(count__gt=0), name="plans_quotaline_moves"),
            models.CheckConstraint(
                condition=Q(giver__isnull=True)
                | Q(taker__isnull=True)
                | ~Q(giver_id=F("taker_id")),
                name="plans_quotaline_two_units",
            ),
            # Only a plan's decision is nobody: it gives down and takes back.
            models.CheckConstraint(
                condition=Q(way="down", taker__isnull=False)
                | Q(way="up", giver__isnull=False)
                | Q(way="across", giver__isnull=False, taker__isnull=False),
                name="plans_quotaline_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver_id}>{self.taker_id}: {self.count}"


class Quota(models.Model):
    """What a unit (and everything under it) has been given by a plan through a programme: the sum
    of the ledger's lines, written only together with them."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="quotas")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="quotas")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="quotas")
    measure = models.CharField(max_length=7, choices=Measure.choices, default=Measure.PERSONS)
    count = models.PositiveIntegerField(_("Chỉ tiêu"))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "programme", "measure", "unit"], name="plans_quota_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.count}"


@dataclass(frozen=True)
class Book:
    """One ledger: a programme of a plan, in persons or in person-times."""

    plan: Plan
    programme: Programme
    measure: str = Measure.PERSONS


def moves(way: str, giver: Any, taker: Any, count: int) -> list[tuple[Any, int]]:
    """What a line does to what units have: (unit, more or less)."""
    gained = [(taker, count)] if way != QuotaLine.Way.UP else []
    lost = [(giver, -count)] if way != QuotaLine.Way.DOWN else []
    return gained + lost
