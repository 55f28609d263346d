"""Ids of rows as they come in addresses and forms: anything may stand there."""

from collections.abc import Iterable

# What both databases take for an id.
MOST = 2**63 - 1


def row_id(text: str | None) -> int | None:
    """The id somebody wrote, or None where no row could have it: "²", "-1", 30 digits."""
    if not text or not text.isascii() or not text.isdecimal() or len(text) > 19:
        return None
    number = int(text)
    return number if 0 < number <= MOST else None


def row_ids(texts: Iterable[str]) -> list[int]:
    """Those that are ids, in the order given."""
    return [found for text in texts if (found := row_id(text)) is not None]
