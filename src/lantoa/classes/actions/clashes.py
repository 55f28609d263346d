"""A room or a trainer can't be in two meetings at once."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from lantoa.classes.models import Meeting, TrainingClass, Venue
from lantoa.classes.rules.spans import Span
from lantoa.people.models import Person
from lantoa.web import formats

_STANDING = Q(cancelled_at=None) & ~Q(training_class__state=TrainingClass.State.CANCELLED)


def at_venue(venue: Venue, span: Span, *, besides: Iterable[int] = ()) -> Meeting | None:
    """Another meeting that holds the venue then."""
    there = Q(venue=venue) | Q(venue=None, training_class__venue=venue)
    return _first(there, span, besides)


def of_trainer(trainer: Person, span: Span, *, besides: Iterable[int] = ()) -> Meeting | None:
    return _first(Q(teachings__trainer=trainer), span, besides)


def _first(where: Q, span: Span, besides: Iterable[int]) -> Meeting | None:
    held = Meeting.objects.filter(_STANDING, where)
    held = held.filter(starts_at__lt=span.ends, ends_at__gt=span.starts)
    return held.exclude(pk__in=list(besides)).select_related("training_class").first()


def check_venue(venue: Venue | None, span: Span, *, besides: Iterable[int] = ()) -> None:
    """Raises ValidationError naming who has it."""
    if venue is None:
        return
    if taken := at_venue(venue, span, besides=besides):
        words = {
            "venue": venue.name,
            "class": taken.training_class.name,
            "at": formats.minute(taken.starts_at),
        }
        raise ValidationError(_("%(venue)s đã có lớp %(class)s lúc %(at)s.") % words)


def check_trainer(trainer: Person, span: Span, *, besides: Iterable[int] = ()) -> None:
    if taken := of_trainer(trainer, span, besides=besides):
        words = {
            "name": trainer.full_name,
            "class": taken.training_class.name,
            "at": formats.minute(taken.starts_at),
        }
        raise ValidationError(_("%(name)s đã dạy lớp %(class)s lúc %(at)s.") % words)
