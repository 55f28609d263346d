"""Ending a class: each member's attendance and tests become an outcome of the programme."""

from collections.abc import Callable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.classes.actions.classes import locked_open
from lantoa.classes.actions.evaluating import ask_about
from lantoa.classes.actions.online import judge_over
from lantoa.classes.models import Dispute, Meeting, TrainingClass
from lantoa.classes.queries.scores import verdicts_of
from lantoa.kernel import clock
from lantoa.programmes.actions.report_outcomes import Result, report_outcomes

Progress = Callable[[int, int], object]


def can_end(training_class: TrainingClass) -> None:
    """Raises ValidationError: nothing was held, a meeting is still to come, somebody waits for an
    answer."""
    held = training_class.meetings.filter(cancelled_at=None)
    if not held.exists():
        raise ValidationError(_("Lớp chưa có buổi học nào."))
    if held.filter(ends_at__gt=clock.now()).exists():
        raise ValidationError(_("Lớp còn buổi học chưa diễn ra; hãy hủy buổi không học nữa."))
    if Dispute.objects.filter(meeting__in=held, decided_at=None).exists():
        raise ValidationError(_("Còn ý kiến về điểm danh chưa được trả lời."))


@transaction.atomic
def end_class(
    *, actor: User | None, training_class: TrainingClass, progress: Progress = lambda n, of: None
) -> int:
    """How many passed. A class that was opened again reports anew: outcomes are corrected. Raises
    ValidationError."""
    locked = locked_open(training_class)
    can_end(locked)
    judge_over(training_class=locked)
    asked = locked.requirement
    members = verdicts_of(locked)
    results = [
        Result(one.member.enrolment, asked is not None and one.passes, one.score)
        for one in members
        if one.member.enrolment.withdrawn_at is None
    ]
    if asked is not None:
        progress(0, len(members))
        report_outcomes(
            requirement=asked,
            results=results,
            source=f"classes.class:{locked.pk}",
            at=_last(locked),
            actor=actor,
        )
    progress(len(members), len(members))
    passed = sum(one.passed for one in results)
    locked.state, locked.ended_at = TrainingClass.State.ENDED, clock.now()
    locked.save()
    data = {"members": len(members), "passed": passed}
    record(actor=actor, action="classes.end_class", on=locked, data=data)
    ask_about(actor=actor, training_class=locked)
    return passed


@transaction.atomic
def reopen_class(*, actor: User | None, training_class: TrainingClass) -> None:
    """To mend its attendance or points; outcomes stand until it is ended again. Raises
    ValidationError."""
    locked = TrainingClass.objects.select_for_update().get(pk=training_class.pk)
    if locked.state != TrainingClass.State.ENDED:
        raise ValidationError(_("Chỉ mở lại được lớp đã kết thúc."))
    locked.state, locked.ended_at = TrainingClass.State.OPEN, None
    locked.save()
    record(actor=actor, action="classes.reopen_class", on=locked)


def _last(training_class: TrainingClass) -> datetime:
    held = Meeting.objects.filter(training_class=training_class, cancelled_at=None)
    return held.order_by("-ends_at").values_list("ends_at", flat=True)[0]
