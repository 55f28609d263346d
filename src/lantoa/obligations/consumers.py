"""What obligations hear from below. All bear being told twice."""

from lantoa.audit.models import Event
from lantoa.obligations.actions.recompute import recompute_all
from lantoa.people.models import Person, UnitLink

MANY = 2000


def person_changed(event: Event) -> None:
    """Transferred, changed, left or came back: only what rules ask of this person."""
    recompute_all([int(event.object_id)])


def people_received(event: Event) -> None:
    """A unit merged: its people are another's."""
    _recompute([int(person) for person in event.data["persons"]])


def unit_moved(event: Event) -> None:
    """Rules of the units above it before ask these people no longer, those of the new ones do."""
    below = UnitLink.objects.filter(ancestor=int(event.object_id)).values("unit_id")
    people = Person.objects.filter(unit_id__in=below, left_on=None)
    _recompute(list(people.values_list("pk", flat=True)))


def units_reorganised(event: Event) -> None:
    recompute_all()


def enrolment_completed(event: Event) -> None:
    recompute_all([int(event.data["person"])])


def _recompute(persons: list[int]) -> None:
    """Past some thousands, everybody at once is quicker than naming each."""
    recompute_all(persons if len(persons) <= MANY else None)
