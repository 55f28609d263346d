"""Who is in a meeting online, and for how long they were."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from lantoa.classes.models import Entry, Meeting, Member, Presence, Stay
from lantoa.classes.models.attendance import Standing
from lantoa.classes.rules import online
from lantoa.classes.rules.spans import Span
from lantoa.kernel import clock


def seen_at(meeting: Meeting, members: Iterable[Member]) -> dict[Member, online.Seen]:
    """Of each member who was seen at all."""
    spans: dict[int, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    rows = Stay.objects.filter(meeting=meeting).values_list(
        "member_id", "source", "starts_at", "ends_at"
    )
    for member, source, starts, ends in rows:
        spans[member][source].append(Span(starts, ends))
    return {
        member: online.seen(
            [span for some in spans[member.pk].values() for span in some], meeting.span
        )
        for member in members
        if member.pk in spans
    }


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
