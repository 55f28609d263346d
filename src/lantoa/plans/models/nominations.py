"""Nominations (đề cử): units name people for a cohort, the level above decides."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lantoa.kernel import clock
from lantoa.people.models import Person, Unit
from lantoa.plans.models.plans import PlannedCohort


class NominationCall(models.Model):
    """A cohort asks the units under it for names, until a day."""

    planned = models.OneToOneField(PlannedCohort, on_delete=models.CASCADE, related_name="call")
    due_on = models.DateField(_("Hạn đề cử"))
    note = models.CharField(_("Lời nhắn cho các đơn vị"), max_length=300, blank=True)
    opened_at = models.DateTimeField(default=clock.now)
    opened_by_id = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"call {self.planned_id}"


class NominationList(models.Model):
    """Whom a unit names, of itself and everything under it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Đang lập")
        SENT = "sent", _("Chờ duyệt")
        RETURNED = "returned", _("Trả lại để sửa")
        APPROVED = "approved", _("Đã duyệt")

    call = models.ForeignKey(NominationCall, on_delete=models.CASCADE, related_name="lists")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="nomination_lists")
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    comment = models.CharField(_("Ý kiến của cấp trên"), max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "unit"], name="plans_nominations_once"),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(comment=""), name="plans_returned_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} for {self.call_id}"

    @property
    def is_open(self) -> bool:
        """May be changed by the unit."""
        return self.state in (self.State.DRAFT, self.State.RETURNED)


class Nomination(models.Model):
    """A person on a list, in the order in which the unit named them."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Đề cử")
        APPROVED = "approved", _("Được cử đi học")
        WAITING = "waiting", _("Chờ")
        TRIMMED = "trimmed", _("Không được cử")
        WITHDRAWN = "withdrawn", _("Đã rút")

    list = models.ForeignKey(NominationList, on_delete=models.CASCADE, related_name="names")
    call = models.ForeignKey(NominationCall, on_delete=models.CASCADE, related_name="names")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="nominations")
    state = models.CharField(max_length=9, choices=State.choices, default=State.PROPOSED)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "person"], name="plans_nominated_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["list", "state"], name="plans_names_by_state")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.list_id}"
