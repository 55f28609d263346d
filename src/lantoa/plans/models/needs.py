"""The yearly review of needs before a plan: each unit states who needs what, sums go up."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lantoa.kernel import clock
from lantoa.people.models import Unit
from lantoa.plans.models.plans import Plan, TargetGroup
from lantoa.programmes.models import Programme


class NeedsReview(models.Model):
    """Asked by a unit of itself and everything under it, for a year's plan."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="needs_reviews")
    title = models.CharField(_("Tên đợt rà soát"), max_length=200)
    year = models.PositiveSmallIntegerField(_("Cho năm"))
    due_on = models.DateField(_("Hạn kê khai"))
    programmes = models.ManyToManyField(Programme, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)
    opened_by_id = models.BigIntegerField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by_id = models.BigIntegerField(null=True)
    # The plan that was drafted from it.
    plan = models.ForeignKey(
        Plan, null=True, blank=True, on_delete=models.SET_NULL, related_name="needs_reviews"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "year", "title"], name="plans_review_once"),
        ]

    def __str__(self) -> str:
        return self.title


class NeedStatement(models.Model):
    """What a unit said of its own people (not of the units under it). Nobody needing anything is an
    answer too: a statement without needs."""

    review = models.ForeignKey(NeedsReview, on_delete=models.CASCADE, related_name="statements")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="need_statements")
    note = models.CharField(_("Ghi chú"), max_length=500, blank=True)
    stated_at = models.DateTimeField(default=clock.now)
    stated_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "unit"], name="plans_statement_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} in {self.review_id}"


class Need(models.Model):
    """So many people of a group for a programme."""

    statement = models.ForeignKey(NeedStatement, on_delete=models.CASCADE, related_name="needs")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    group = models.CharField(max_length=16, choices=TargetGroup.choices)
    count = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["statement", "programme", "group"], name="plans_need_once"
            ),
            models.CheckConstraint(condition=Q(count__gt=0), name="plans_need_counts"),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.group}: {self.count}"
