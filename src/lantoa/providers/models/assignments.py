from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lantoa.classes.models import TrainingClass
from lantoa.kernel import clock
from lantoa.people.models import Unit
from lantoa.programmes.models import Cohort, Requirement
from lantoa.providers.models.providers import Provider


class Assignment(models.Model):
    """What a provider teaches or tests: a requirement of a programme, for a cohort's people; or one
    class. Whoever works for the provider sees these people and no others."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="assignments")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="assignments")
    requirement = models.ForeignKey(
        Requirement, on_delete=models.PROTECT, related_name="assignments"
    )
    training_class = models.ForeignKey(
        TrainingClass, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments"
    )
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments",
        help_text="only people of this unit and under it",
    )  # fmt: skip
    # Results come in points of so many, and pass from so many per cent of them.
    greatest = models.PositiveSmallIntegerField(_("Thang điểm"), default=10)
    pass_percent = models.PositiveSmallIntegerField(_("Đạt từ (% số điểm)"), default=50)
    shows_contacts = models.BooleanField(
        _("Cho xem số điện thoại và thư điện tử của học viên"), default=False
    )
    needs_approval = models.BooleanField(_("Kết quả chờ đầu mối duyệt"), default=True)
    until = models.DateField(_("Giao đến hết ngày"))
    assigned_at = models.DateTimeField(default=clock.now)
    assigned_by_id = models.BigIntegerField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["provider", "cohort", "requirement"],
                condition=Q(
                    withdrawn_at__isnull=True, training_class__isnull=True, unit__isnull=True
                ),
                name="providers_assignment_once",
            ),
            models.UniqueConstraint(
                fields=["provider", "requirement", "training_class"],
                condition=Q(withdrawn_at__isnull=True, training_class__isnull=False),
                name="providers_assignment_class_once",
            ),
            models.UniqueConstraint(
                fields=["provider", "cohort", "requirement", "unit"],
                condition=Q(withdrawn_at__isnull=True, unit__isnull=False),
                name="providers_assignment_unit_once",
            ),
            models.CheckConstraint(
                condition=Q(training_class__isnull=True) | Q(unit__isnull=True),
                name="providers_assignment_class_or_unit",
            ),
            models.CheckConstraint(
                condition=Q(greatest__gte=1, greatest__lte=1000), name="providers_greatest"
            ),
            models.CheckConstraint(
                condition=Q(pass_percent__gte=1, pass_percent__lte=100),
                name="providers_pass_percent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id}: {self.requirement_id} in {self.cohort_id}"

    @property
    def source(self) -> str:
        """What its outcomes say reported them: a later file of the same assignment corrects."""
        return f"providers.assignment:{self.pk}"
