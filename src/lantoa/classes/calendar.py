"""A person's meetings as a calendar (RFC 5545), which phones subscribe to."""

from datetime import timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from lantoa.classes.models import Meeting
from lantoa.classes.queries.timetable import meetings_of_person
from lantoa.kernel import clock
from lantoa.people.models import Person

KEPT_DAYS = 90


def calendar_of(person: Person, url: str) -> bytes:
    """From three months ago on."""
    made = Calendar()
    made.add("prodid", "-//Lan Toa//classes//VI")
    made.add("version", "2.0")
    made.add("x-wr-calname", _("Lớp học"))
    made.add("refresh-interval", timedelta(hours=6), {"value": "DURATION"})
    since = clock.now() - timedelta(days=KEPT_DAYS)
    for meeting in meetings_of_person(person).filter(ends_at__gte=since):
        made.add_component(_event(meeting, url))
    return bytes(made.to_ical())


def _event(meeting: Meeting, url: str) -> Event:
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
    if of.link:
        event.add("description", of.link)
    event.add("url", url)
    return event
