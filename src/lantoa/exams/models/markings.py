"""What people work on afterwards: answers to be marked, keys said to be wrong, reports on items."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lantoa.exams.models.attempts import Attempt
from lantoa.exams.models.sittings import Exam, Sitting
from lantoa.items.models import ItemVersion
from lantoa.kernel import clock


class Marking(models.Model):
    """One answer that people mark. A round is two marks, and a third when they differ; an appeal,
    or an answer that changed because a late one counts, begins the next round. `wants` is the
    highest ordinal of `Mark` asked for. `agreed` is what counts in the result, in hundredths of the
    item's own points; it stands while an appeal's round goes on."""

    attempt = models.ForeignKey(
        Attempt, on_delete=models.CASCADE, related_name="markings", db_index=False
    )
    slot = models.PositiveSmallIntegerField()
    version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="+")
    possible = models.PositiveIntegerField(help_text="hundredths, of all criteria")
    answer_hash = models.BinaryField(max_length=32, help_text="SHA-256 of the response marked")
    # Another order than that of candidates: who sits next to whom is not to be seen from it.
    place = models.PositiveIntegerField()
    round = models.PositiveSmallIntegerField(default=1)
    wants = models.PositiveSmallIntegerField(default=2)
    agreed = models.PositiveIntegerField(null=True, help_text="hundredths")
    settled_at = models.DateTimeField(null=True, help_text="the round's marks are complete")
    opened_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["attempt", "slot"], name="exams_marking_once"),
            models.CheckConstraint(
                condition=Q(agreed__isnull=True) | Q(agreed__lte=models.F("possible")),
                name="exams_marking_agreed",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["version", "place"],
                condition=Q(settled_at__isnull=True),
                name="exams_marking_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}.{self.slot} round {self.round}"

    @property
    def before(self) -> int:
        """The last ordinal of the rounds before this one."""
        return 3 * (self.round - 1)

    @property
    def possible_shown(self) -> float:
        return self.possible / 100

    @property
    def agreed_shown(self) -> float:
        return (self.agreed or 0) / 100


class KeyProposal(models.Model):
    """An examiner says that a key is wrong; the council decides. Applied, it becomes a
    `KeyCorrection` of each bundle that has the item version. `forecast` is its dry run."""

    class Decision(models.TextChoices):
        APPLIED = "applied", _("Đã áp dụng")
        REFUSED = "refused", _("Không chấp nhận")

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="key_proposals")
    version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField(null=True)
    everyone = models.BooleanField(default=False)
    reason = models.CharField(max_length=300)
    proposed_at = models.DateTimeField(default=clock.now)
    proposed_by_id = models.BigIntegerField(null=True)
    forecast = models.JSONField(default=dict)
    forecast_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=7, choices=Decision.choices, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.BigIntegerField(null=True)
    note = models.CharField(max_length=300, blank=True)
    # When the results stood corrected; none while they are being computed.
    rescored_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(everyone=True, content__isnull=True)
                | Q(everyone=False, content__isnull=False),
                name="exams_keyproposal_one_way",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decision="")
                | (Q(decided_at__isnull=False) & ~Q(decision="")),
                name="exams_keyproposal_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"key of version {self.version_id}"


class ItemReport(models.Model):
    """How items worked, as last computed: of a sitting, or of all sittings of an exam."""

    exam = models.ForeignKey(Exam, on_delete=models.CASCADE, related_name="item_reports")
    sitting = models.ForeignKey(
        Sitting, null=True, blank=True, on_delete=models.CASCADE, related_name="item_reports"
    )
    at = models.DateTimeField(default=clock.now)
    by_id = models.BigIntegerField(null=True)
    data = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["exam", "sitting"], nulls_distinct=False, name="exams_itemreport_once"
            ),
        ]

    def __str__(self) -> str:
        return f"items of {self.exam_id}/{self.sitting_id}"
