from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lantoa.kernel import clock
from lantoa.people.models import Unit
from lantoa.programmes.models import Programme


class Rule(models.Model):
    """Who must do what, from when, how often, by which legal basis: for the people of a unit and
    everything under it. `whom`: the conditions (rules.whom.Whom). It asks for a programme, or for
    so many tiết a year in whatever programmes. A rule that ended stays readable."""

    class Repeat(models.TextChoices):
        ONCE = "once", _("Một lần")
        YEARLY = "yearly", _("Hằng năm")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="obligation_rules")
    title = models.CharField(_("Tên quy định"), max_length=200)
    legal_basis = models.CharField(_("Căn cứ"), max_length=300)
    programme = models.ForeignKey(
        Programme,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="obligation_rules",
    )
    periods = models.PositiveSmallIntegerField(_("Số tiết mỗi năm"), null=True, blank=True)
    whom: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    repeat = models.CharField(
        _("Lặp lại"), max_length=6, choices=Repeat.choices, default=Repeat.YEARLY
    )
    starts_on = models.DateField(_("Áp dụng từ"))
    ends_on = models.DateField(_("Hết áp dụng sau ngày"), null=True, blank=True)
    # Of a rule that repeats: the last day in each year. Of one that doesn't: that very day.
    due_on = models.DateField(_("Hạn"))
    grace_days = models.PositiveSmallIntegerField(_("Gia hạn chung (ngày)"), default=0)
    created_at = models.DateTimeField(default=clock.now)
    created_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(programme__isnull=False, periods__isnull=True)
                | (Q(programme__isnull=True, periods__isnull=False) & Q(periods__gte=1)),
                name="obligations_rule_asks_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="obligations_rule_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("starts_on")), name="obligations_rule_due_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(legal_basis=""), name="obligations_rule_has_a_basis"
            ),
        ]

    def __str__(self) -> str:
        return self.title
