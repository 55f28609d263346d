"""Making the classes of a cohort: who may teach what, and proposals that a person looks at, changes
and applies."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lantoa.kernel import clock
from lantoa.people.models import Person
from lantoa.programmes.models import Cohort, Requirement


class Lecturer(models.Model):
    """Somebody who can teach what a requirement asks."""

    requirement = models.ForeignKey(Requirement, on_delete=models.CASCADE, related_name="lecturers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="lectures")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["requirement", "person"], name="classes_lecturer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} can teach {self.requirement_id}"


class Proposal(models.Model):
    """Classes as they could be. `wishes`: what was asked (rules.proposing.Asked); `outcome`: the
    classes with their times, room, trainer and people, and what could not be kept; `moved`:
    enrolment → class key that a person chose; `held`: class keys whose time, room and trainer
    stay when it is worked out again."""

    class State(models.TextChoices):
        WORKING = "working", _("Đang xếp")
        READY = "ready", _("Chờ xem")
        FAILED = "failed", _("Không xếp được")
        APPLIED = "applied", _("Đã áp dụng")
        DROPPED = "dropped", _("Đã bỏ")

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="proposals")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WORKING)
    wishes: "models.JSONField[Any, Any]" = models.JSONField()
    outcome: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    moved: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    held: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    made_at = models.DateTimeField(default=clock.now)
    made_by_id = models.BigIntegerField(null=True)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="applied", applied_at__isnull=False)
                | (~Q(state="applied") & Q(applied_at__isnull=True)),
                name="classes_proposal_applied_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cohort_id}: {self.state}"
