from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lantoa.kernel import clock
from lantoa.people.models import Unit
from lantoa.programmes.models import Cohort, Programme


class Plan(models.Model):
    """A training plan (kế hoạch) issued by a unit under a decision."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="plans")
    title = models.CharField(_("Tên kế hoạch"), max_length=250)
    decision_number = models.CharField(_("Số quyết định"), max_length=60)
    decision_date = models.DateField(_("Ngày quyết định"))
    legal_basis = models.CharField(_("Căn cứ"), max_length=300, blank=True)
    starts_on = models.DateField(_("Từ ngày"))
    ends_on = models.DateField(_("Đến hết ngày"))
    programmes = models.ManyToManyField(Programme, related_name="plans", blank=True)
    created_at = models.DateTimeField(default=clock.now)
    created_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="plans_plan_period"
            ),
            models.UniqueConstraint(
                fields=["unit", "decision_number", "decision_date"], name="plans_plan_decision"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Quota(models.Model):
    """How many persons of a unit (and everything under it) a plan asks through a programme."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="quotas")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="quotas")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="quotas")
    persons = models.PositiveIntegerField(_("Chỉ tiêu (người)"))
    set_at = models.DateTimeField(default=clock.now)
    set_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "programme", "unit"], name="plans_quota_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.persons}"


class PlannedCohort(models.Model):
    """A cohort held under a plan."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="planned_cohorts")
    cohort = models.OneToOneField(Cohort, on_delete=models.CASCADE, related_name="planned")

    def __str__(self) -> str:
        return f"{self.plan_id} {self.cohort_id}"
