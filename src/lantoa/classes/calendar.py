"""A person's meetings as a calendar (RFC 5545), which phones subscribe to."""

from collections.abc import Callable
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from lantoa.classes.models import Meeting
from lantoa.classes.queries.timetable import meetings_of_person
from lantoa.kernel import clock
from lantoa.people.models import Person

KEPT_DAYS = 90


def calendar_of(person: Person, address: Callable[[str], str]) -> bytes:
    """From three months ago on. `address` makes a path of ours an address for outside. Rooms online
    are reached by our own page, which sees who came."""
    made = Calendar()
    made.add("prodid", "-//Lan Toa//classes//VI")
    made.add("version", "2.0")
    made.add("x-wr-calname", _("Lớp học"))
    made.add("refresh-interval", timedelta(hours=6), {"value": "DURATION"})
    since = clock.now() - timedelta(days=KEPT_DAYS)
    for meeting in meetings_of_person(person).filter(ends_at__gte=since):
        made.add_component(_event(meeting, address))
    return bytes(made.to_ical())


def _event(meeting: Meeting, address: Callable[[str], str]) -> Event:
    of = meeting.training_class
    place = meeting.venue or of.venue
    event = Event()
    event.add("uid", f"meeting-{meeting.pk}@lantoa")
    event.add("dtstamp", clock.now())
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.ends_at)
    event.add("summary", f"{of.name}: {meeting.topic}" if meeting.topic else of.name)
    if place:
        event.add("location", ", ".join(p for p in (place.name, place.address) if p))
    path = (
        reverse("classes:join", args=[meeting.pk]) if meeting.is_online else reverse("classes:mine")
    )
    event.add("url", address(path))
    return event
