"""Opening, changing, cancelling a class; ending it is `ending`."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.classes.actions.clashes import check_venue
from lantoa.classes.actions.telling import tell_members
from lantoa.classes.models import TrainingClass
from lantoa.classes.rules.spans import Span
from lantoa.kernel import clock
from lantoa.kernel.text import clean
from lantoa.programmes.models import Cohort

State = TrainingClass.State


@transaction.atomic
def open_class(*, actor: User | None, cohort: Cohort, fields: Mapping[str, Any]) -> TrainingClass:
    """`fields`: name, requirement, mode, capacity, venue, link, note. Raises ValidationError by
    field."""
    made = TrainingClass(cohort=cohort, created_by_id=actor.pk if actor else None)
    _fill(made, fields)
    made.save()
    record(actor=actor, action="classes.open_class", on=made, data={"cohort": cohort.pk})
    return made


@transaction.atomic
def change_class(
    *, actor: User | None, training_class: TrainingClass, fields: Mapping[str, Any]
) -> TrainingClass:
    """What it teaches stands once somebody is in it. Raises ValidationError by field."""
    locked = locked_open(training_class)
    before = locked.requirement_id
    _fill(locked, fields)
    taken = locked.members.filter(left_at=None).count()
    if locked.requirement_id != before and taken:
        raise ValidationError({"requirement": _("Lớp đã có học viên nên không đổi được nội dung.")})
    if locked.capacity < taken:
        words = {"count": taken}
        raise ValidationError({"capacity": _("Lớp đang có %(count)d học viên.") % words})
    _check_room(locked)
    locked.save()
    record(actor=actor, action="classes.change_class", on=locked)
    return locked


@transaction.atomic
def cancel_class(*, actor: User | None, training_class: TrainingClass, reason: str) -> None:
    """Its people are told, and can be put into another."""
    locked = locked_open(training_class)
    reason = clean(reason)
    if not reason:
        raise ValidationError({"reason": _("Hãy nói vì sao hủy lớp.")})
    locked.state, locked.state_reason, locked.ended_at = State.CANCELLED, reason, clock.now()
    locked.save()
    tell_members(locked, f"cancel:{locked.pk}", _("Lớp %(class)s đã hủy"), reason)
    record(actor=actor, action="classes.cancel_class", on=locked, data={"reason": reason})


def locked_open(training_class: TrainingClass) -> TrainingClass:
    """Raises ValidationError when it has ended."""
    locked = TrainingClass.objects.select_for_update().get(pk=training_class.pk)
    if not locked.is_open:
        raise ValidationError(_("Lớp đã kết thúc hoặc đã hủy nên không sửa được."))
    return locked


def _fill(made: TrainingClass, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        setattr(made, name, clean(value) if isinstance(value, str) and name != "link" else value)
    if not made.name:
        raise ValidationError({"name": _("Hãy nhập tên lớp.")})
    same = TrainingClass.objects.filter(cohort=made.cohort_id, name=made.name).exclude(pk=made.pk)
    if same.exists():
        raise ValidationError({"name": _("Đợt đã có lớp tên này.")})
    asked = made.requirement
    if asked is not None and asked.programme_id != made.cohort.programme_id:
        raise ValidationError({"requirement": _("Nội dung này không thuộc chương trình của đợt.")})


def _check_room(made: TrainingClass) -> None:
    standing = made.meetings.filter(cancelled_at=None, venue=None, ends_at__gt=clock.now())
    own = list(made.meetings.values_list("pk", flat=True))
    for meeting in standing:
        try:
            check_venue(made.venue, Span(meeting.starts_at, meeting.ends_at), besides=own)
        except ValidationError as error:
            raise ValidationError({"venue": error.messages}) from error
