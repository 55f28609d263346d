"""Online: when the door is open, and what being there comes to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from lantoa.classes.rules.spans import Span

OPENS_BEFORE = timedelta(minutes=15)
PULSE = timedelta(seconds=60)
"""How often a page that stays open says so."""
STILL = timedelta(seconds=150)
"""Told again within this, somebody never left: two pulses may be lost."""
LEAST_APART = timedelta(seconds=20)
"""What is told sooner than this after the last time says nothing new."""
USUAL_SHARE, USUAL_LATE = 75, 15
MOST_SHARE = 95
"""Nobody's pulses reach from the first second to the last."""


@dataclass(frozen=True)
class Seen:
    """How long somebody was there within a meeting, and since when."""

    seconds: int
    of: int
    came: datetime | None

    @property
    def minutes(self) -> int:
        return self.seconds // 60

    @property
    def of_minutes(self) -> int:
        return self.of // 60

    @property
    def percent(self) -> int:
        """Rounded down: 74,9% is not yet 75%."""
        return self.seconds * 100 // self.of

    def is_enough(self, share: int) -> bool:
        return self.seconds * 100 >= share * self.of


def is_open(meeting: Span, at: datetime) -> bool:
    return meeting.starts - OPENS_BEFORE <= at <= meeting.ends


def extended(last: Span | None, at: datetime) -> Span | None:
    """The span that being seen at `at` makes: the last one reaching until then, a new one, or None
    where it says nothing new."""
    if last is None or at - last.ends > STILL:
        return Span(at, at)
    return Span(last.starts, at) if at - last.ends >= LEAST_APART else None


def seen(spans: Iterable[Span], meeting: Span) -> Seen:
    """Spans may overlap (two devices, two sources): each moment counts once."""
    total, came, until = timedelta(), None, meeting.starts
    for span in sorted(spans, key=lambda one: (one.starts, one.ends)):
        starts, ends = max(span.starts, until), min(span.ends, meeting.ends)
        if span.ends < meeting.starts or span.starts > meeting.ends:
            continue
        came = came or max(span.starts, meeting.starts)
        if ends > starts:
            total, until = total + (ends - starts), ends
    whole = meeting.ends - meeting.starts
    return Seen(int(total.total_seconds()), int(whole.total_seconds()), came)


def judged(found: Seen, meeting: Span, *, share: int, late_after: int) -> str:
    """ "present", "late", or nothing: that somebody was away is for people to say. `share` in
    percent of the meeting, `late_after` in minutes from its beginning."""
    if found.came is None or not found.is_enough(share):
        return ""
    late = found.came > meeting.starts + timedelta(minutes=late_after)
    return "late" if late else "present"


def counted(by_page: Sequence[Span], by_room: Sequence[Span], *, room_alone: bool) -> list[Span]:
    """A room that says who is in it knows better than a page that somebody left open."""
    return list(by_room) if room_alone else [*by_page, *by_room]


def is_web_link(url: str) -> bool:
    """http or https, with a host and without a name and password in it."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
