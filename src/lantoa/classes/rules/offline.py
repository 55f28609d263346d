"""What a phone sends of marks it has kept: read strictly, for anybody may write such a request."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

LONGEST_KEY, LONGEST_NOTE = 64, 300
MOST_PEOPLE = 100_000
LATEST_MS = 4_102_444_800_000  # the year 2100


@dataclass(frozen=True)
class Sent:
    key: str
    member: int
    standing: str
    made_ms: int
    offline: bool


def read_sent(given: Any, *, most: int) -> list[Sent]:
    """Raises ValueError where it isn't such a list."""
    rows = given.get("marks") if isinstance(given, dict) else None
    if not isinstance(rows, list) or len(rows) > most:
        raise ValueError("not a list of marks")
    return [_one(row) for row in rows]


def _one(row: Any) -> Sent:
    if not isinstance(row, dict):
        raise ValueError("not a mark")
    standing, offline = row.get("standing"), row.get("offline", False)
    if not isinstance(standing, str) or not isinstance(offline, bool):
        raise ValueError("not a mark")
    return Sent(_key(row), _whole(row.get("member")), standing, _whole(row.get("made_ms")), offline)


@dataclass(frozen=True)
class SentReport:
    key: str
    kind: str
    made_ms: int
    number: int | None
    note: str


def read_reports(given: Any, *, kinds: Collection[str], most: int) -> list[SentReport]:
    """The same of what a bridge's point reports."""
    rows = given.get("reports") if isinstance(given, dict) else None
    if not isinstance(rows, list) or len(rows) > most:
        raise ValueError("not a list of reports")
    return [_report(row, kinds) for row in rows]


def _report(row: Any, kinds: Collection[str]) -> SentReport:
    if not isinstance(row, dict) or not isinstance(row.get("kind"), str):
        raise ValueError("not a report")
    if row["kind"] not in kinds:
        raise ValueError("not a kind of report")
    number, note = row.get("number"), row.get("note", "")
    if number is not None and (isinstance(number, bool) or not isinstance(number, int)):
        raise ValueError("not a number")
    if number is not None and not 0 <= number <= MOST_PEOPLE:
        raise ValueError("not a number of people")
    if not isinstance(note, str) or len(note) > LONGEST_NOTE or "\x00" in note:
        raise ValueError("not a note")
    return SentReport(_key(row), row["kind"], _whole(row.get("made_ms")), number, note)


def _key(row: dict[Any, Any]) -> str:
    key = row.get("key")
    if not isinstance(key, str) or not 8 <= len(key) <= LONGEST_KEY or not key.isascii():
        raise ValueError("not a key")
    if "\x00" in key:
        raise ValueError("not a key")
    return key


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= LATEST_MS:
        raise ValueError("not a number")
    return value
