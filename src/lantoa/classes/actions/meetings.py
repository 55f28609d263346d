"""Meetings of a class: adding, moving, cancelling, and who teaches them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.classes.actions.clashes import check_trainer, check_venue
from lantoa.classes.actions.classes import locked_open
from lantoa.classes.actions.telling import tell_members
from lantoa.classes.models import Meeting, Presence, Teaching, TrainingClass, Venue
from lantoa.classes.rules.spans import Span
from lantoa.kernel import clock
from lantoa.kernel.text import clean
from lantoa.people.models import Person
from lantoa.web import formats


@dataclass(frozen=True)
class NewMeeting:
    starts_at: datetime
    ends_at: datetime
    periods: int
    topic: str = ""
    venue: Venue | None = None

    @property
    def span(self) -> Span:
        return Span(self.starts_at, self.ends_at)


@transaction.atomic
def add_meetings(
    *, actor: User | None, training_class: TrainingClass, meetings: Sequence[NewMeeting]
) -> list[Meeting]:
    """All or none. Raises ValidationError when one overlaps another of the class, or a room is
    taken."""
    locked = locked_open(training_class)
    made = []
    for new in meetings:
        _check(locked, new)
        made.append(
            Meeting.objects.create(
                training_class=locked,
                starts_at=new.starts_at,
                ends_at=new.ends_at,
                periods=new.periods,
                topic=clean(new.topic),
                venue=new.venue,
            )
        )
    record(actor=actor, action="classes.add_meetings", on=locked, data={"meetings": len(made)})
    return made


@transaction.atomic
def change_meeting(*, actor: User | None, meeting: Meeting, to: NewMeeting) -> None:
    """Its people are told when day, hour or room change. Raises ValidationError."""
    locked = locked_open(meeting.training_class)
    found = _standing(meeting)
    _check(locked, to, besides=found)
    for teaching in found.teachings.select_related("trainer"):
        check_trainer(teaching.trainer, to.span, besides=[found.pk])
    moved = (found.starts_at, found.ends_at, found.venue) != (to.starts_at, to.ends_at, to.venue)
    was = formats.minute(found.starts_at)
    found.starts_at, found.ends_at, found.periods = to.starts_at, to.ends_at, to.periods
    found.topic, found.venue = clean(to.topic), to.venue
    if moved:
        found.judged_at = None
    found.save()
    record(actor=actor, action="classes.change_meeting", on=locked, data={"meeting": found.pk})
    if moved:
        place = found.venue or locked.venue
        body = _("Buổi %(was)s chuyển sang %(at)s, %(place)s.") % {
            "was": was,
            "at": formats.minute(found.starts_at),
            "place": place.name if place else locked.get_mode_display(),
        }
        cause = f"move:{found.pk}:{clock.now():%Y%m%d%H%M%S}"
        tell_members(locked, cause, _("Lớp %(class)s đổi lịch"), body)


@transaction.atomic
def cancel_meeting(*, actor: User | None, meeting: Meeting, reason: str) -> None:
    """Raises ValidationError: no reason, or attendance stands there."""
    locked = locked_open(meeting.training_class)
    found = _standing(meeting)
    reason = clean(reason)
    if not reason:
        raise ValidationError({"reason": _("Hãy nói vì sao hủy buổi học.")})
    if Presence.objects.filter(meeting=found).exists():
        raise ValidationError(_("Buổi này đã điểm danh nên không hủy được."))
    found.cancelled_at, found.cancel_reason = clock.now(), reason
    found.save()
    body = f"{formats.minute(found.starts_at)}: {reason}"
    tell_members(locked, f"cancel-meeting:{found.pk}", _("Lớp %(class)s nghỉ một buổi"), body)
    record(actor=actor, action="classes.cancel_meeting", on=locked, data={"meeting": found.pk})


@transaction.atomic
def set_trainers(
    *, actor: User | None, meetings: Sequence[Meeting], trainers: Sequence[Person]
) -> None:
    """These people, and nobody else, teach these meetings of one class. Raises ValidationError
    when somebody teaches elsewhere at the time."""
    ids = [meeting.pk for meeting in meetings]
    for meeting in meetings:
        for trainer in trainers:
            check_trainer(trainer, Span(meeting.starts_at, meeting.ends_at), besides=ids)
    Teaching.objects.filter(meeting__in=ids).delete()
    Teaching.objects.bulk_create(
        Teaching(meeting=meeting, trainer=trainer) for meeting in meetings for trainer in trainers
    )
    if meetings:
        data = {"meetings": len(ids), "trainers": [trainer.pk for trainer in trainers]}
        on = meetings[0].training_class
        record(actor=actor, action="classes.set_trainers", on=on, data=data)


def _standing(meeting: Meeting) -> Meeting:
    found = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if found.cancelled_at is not None:
        raise ValidationError(_("Buổi này đã hủy."))
    return found


def _check(training_class: TrainingClass, new: NewMeeting, besides: Meeting | None = None) -> None:
    if new.ends_at <= new.starts_at:
        raise ValidationError({"ends": _("Giờ kết thúc phải sau giờ bắt đầu.")})
    except_for = [besides.pk] if besides else []
    own = training_class.meetings.filter(cancelled_at=None).exclude(pk__in=except_for)
    held = own.filter(starts_at__lt=new.ends_at, ends_at__gt=new.starts_at).first()
    if held is not None:
        words = {"at": formats.minute(held.starts_at)}
        raise ValidationError(_("Lớp đã có buổi học lúc %(at)s.") % words)
    check_venue(new.venue or training_class.venue, new.span, besides=except_for)
