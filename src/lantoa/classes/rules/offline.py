"""What a phone sends of marks it has kept: read strictly, for anybody may write such a request."""

from dataclasses import dataclass
from typing import Any

LONGEST_KEY = 64
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
    key, standing, offline = row.get("key"), row.get("standing"), row.get("offline", False)
    if not isinstance(key, str) or not 8 <= len(key) <= LONGEST_KEY or not key.isascii():
        raise ValueError("not a key")
    if "\x00" in key or not isinstance(standing, str) or not isinstance(offline, bool):
        raise ValueError("not a mark")
    return Sent(key, _whole(row.get("member")), standing, _whole(row.get("made_ms")), offline)


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= LATEST_MS:
        raise ValueError("not a number")
    return value
