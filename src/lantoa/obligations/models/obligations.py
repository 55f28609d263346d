from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lantoa.kernel import clock
from lantoa.obligations.models.rules import Rule
from lantoa.people.models import Person, Unit


class Obligation(models.Model):
    """What a rule asks of a person in one year (or once: year 0). `unit` is where the person stands
    now, and counts them. `lapsed`: the rule doesn't reach them any more."""

    class State(models.TextChoices):
        OPEN = "open", _("Chưa hoàn thành")
        MET = "met", _("Đã hoàn thành")
        EXEMPT = "exempt", _("Được miễn")
        LAPSED = "lapsed", _("Không còn áp dụng")

    rule = models.ForeignKey(Rule, on_delete=models.PROTECT, related_name="obligations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="obligations")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="obligations")
    year = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    met_on = models.DateField(null=True)
    met_by = models.CharField(max_length=60, blank=True, help_text="enrolment:12, petition:3")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["rule", "person", "year"], name="obligations_obligation_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="met") | Q(met_on__isnull=False),
                name="obligations_met_has_a_day",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["rule", "year", "state", "unit", "due_on"], name="obligations_by_unit"
            ),
            models.Index(fields=["person", "state", "due_on"], name="obligations_mine"),
            models.Index(fields=["state", "due_on"], name="obligations_due"),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} of {self.person_id} {self.year}"


class Reminder(models.Model):
    """Who was reminded of what at which step: once each, whatever happens."""

    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, related_name="reminders")
    step = models.CharField(max_length=20)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["obligation", "step"], name="obligations_reminded_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} of {self.obligation_id}"
