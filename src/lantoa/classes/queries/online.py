"""Who is in a meeting online, and for how long they were."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from lantoa.classes.models import Entry, Meeting, Member, Presence, Room, Stay
from lantoa.classes.models.attendance import Standing
from lantoa.classes.rules import online
from lantoa.classes.rules.spans import Span
from lantoa.kernel import clock
from lantoa.people.models import Person

Source = Stay.Source
FEW = 100


def seen_at(meeting: Meeting, members: Iterable[Member]) -> dict[Member, online.Seen]:
    """Of each member who was seen at all; in a room, by the room where it ever told."""
    asked = list(members)
    stays = Stay.objects.filter(meeting=meeting)
    room_alone = meeting.by_room and stays.filter(source=Source.ROOM).exists()
    if len(asked) <= FEW:
        stays = stays.filter(member__in=asked)
    spans: dict[str, dict[int, list[Span]]] = {source: defaultdict(list) for source in Source}
    rows = stays.values_list("member_id", "source", "starts_at", "ends_at")
    for member, source, starts, ends in rows:
        spans[source][member].append(Span(starts, ends))
    found = {}
    for one in asked:
        by_page, by_room = (spans[of].get(one.pk, []) for of in (Source.PAGE, Source.ROOM))
        if own := online.counted(by_page, by_room, room_alone=room_alone):
            found[one] = online.seen(own, meeting.span)
    return found


@dataclass(frozen=True)
class Attendee:
    """A member as whoever runs the class sees them. `state`: in, out, or not come yet."""

    member: Member
    state: str
    seen: online.Seen | None
    standing: str
    enough: bool

    @property
    def label(self) -> str:
        return str(Standing(self.standing).label) if self.standing else ""


def attendees(meeting: Meeting, members: Iterable[Member]) -> list[Attendee]:
    """Those who are in come first, then those who were."""
    rows = list(members)
    now = clock.now()
    found = seen_at(meeting, rows)
    fresh = Stay.objects.filter(meeting=meeting, ends_at__gte=now - online.STILL)
    inside = set(fresh.values_list("member_id", flat=True)) if now <= meeting.ends_at else set()
    stood = dict(Presence.objects.filter(meeting=meeting).values_list("member_id", "standing"))
    share = meeting.training_class.online_share
    told = []
    for member in rows:
        seen = found.get(member)
        state = "in" if member.pk in inside else "out" if seen else "away"
        enough = seen is not None and seen.is_enough(share)
        told.append(Attendee(member, state, seen, stood.get(member.pk, ""), enough))
    order = {"in": 0, "out": 1, "away": 2}
    return sorted(told, key=lambda one: order[one.state])


def own_presence(meeting: Meeting, member: Member) -> tuple[Entry | None, online.Seen]:
    entry = Entry.objects.filter(meeting=meeting, member=member).first()
    found = seen_at(meeting, [member]).get(member)
    return entry, found or online.seen([], meeting.span)


def room_of(meeting: Meeting) -> Room | None:
    """On the conference server, whether it goes on or is over."""
    return Room.objects.filter(meeting=meeting).first()


def room_open(meeting: Meeting) -> Room | None:
    return Room.objects.filter(meeting=meeting, ended_at=None).first()


def stays_of_person(person: Person) -> QuerySet[Stay]:
    """All of them, in order: what is known about somebody."""
    own = Stay.objects.filter(member__enrolment__person=person)
    return own.select_related("meeting__training_class").order_by("starts_at", "pk")
