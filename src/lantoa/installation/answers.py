"""What a BigBlueButton server answers, read as if somebody else had written it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from lantoa.installation.errors import ConferenceFailed

MOST_PEOPLE, MOST_RECORDINGS = 5000, 100
LATEST_MS = 4_102_444_800_000  # the year 2100


@dataclass(frozen=True)
class RoomInfo:
    """`users`: what we named each person who is in."""

    running: bool
    users: tuple[str, ...]


@dataclass(frozen=True)
class Recording:
    name: str
    starts_at: datetime | None
    minutes: int | None
    url: str


def read(body: bytes) -> Element:
    """Raises ConferenceFailed: no XML, with declarations that could grow, or not of this API."""
    try:
        root: Element = fromstring(body, forbid_dtd=True)
    except (DefusedXmlException, ParseError, ValueError, LookupError) as error:
        raise ConferenceFailed(_unreadable()) from error
    if root.tag != "response" or root.find("returncode") is None:
        raise ConferenceFailed(_unreadable())
    return root


def _unreadable() -> str:
    return _("Câu trả lời của máy chủ phòng học không đọc được: xem lại địa chỉ.")


def room_info(answer: Element) -> RoomInfo:
    people = answer.findall("attendees/attendee")[:MOST_PEOPLE]
    users = (_text(one, "userID") for one in people)
    return RoomInfo(_text(answer, "running") == "true", tuple(user for user in users if user))


def recordings(answer: Element) -> list[Recording]:
    found = []
    for one in answer.findall("recordings/recording")[:MOST_RECORDINGS]:
        formats = one.findall("playback/format")
        shown = next((f for f in formats if _text(f, "type") in ("video", "presentation")), None)
        url = _text(shown, "url") if shown is not None else ""
        if url.startswith(("https://", "http://")) and len(url) <= 2000:
            minutes = _whole(_text(shown, "length")) if shown is not None else None
            started = _whole(_text(one, "startTime"))
            at = datetime.fromtimestamp(started / 1000, UTC) if started else None
            found.append(Recording(_text(one, "name")[:200], at, minutes, url))
    return sorted(found, key=lambda one: one.starts_at or datetime.min.replace(tzinfo=UTC))


def _text(element: Element, name: str) -> str:
    return (element.findtext(name) or "").strip()


def _whole(text: str) -> int | None:
    if not text.isascii() or not text.isdecimal() or len(text) > len(str(LATEST_MS)):
        return None
    number = int(text)
    return number if number <= LATEST_MS else None
