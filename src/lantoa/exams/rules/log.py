"""The answer log: how its rows hold together, and what counts as the answer. Pure."""

import hashlib
from collections.abc import Iterable, Mapping
from struct import Struct
from typing import Any, Protocol
from uuid import UUID

MOST_SAVES = 5000
"""Saves per attempt; far above what a person can do, it stops a script filling the disk."""

MOST_LATE = 500
"""Late saves kept per attempt."""

MOST_BYTES = 16_384
"""Of one response; an essay of 2.000 words is about 12.000."""

NOT_TIMED = 0xFFFFFFFF
_NUMBERS = Struct(">IHQI")


class Saved(Protocol):
    """A row of the log, as far as the rules need it."""

    @property
    def sequence(self) -> int: ...
    @property
    def slot(self) -> int: ...
    @property
    def response(self) -> str: ...
    @property
    def received_ms(self) -> int: ...
    @property
    def spent_ms(self) -> int | None: ...
    @property
    def hash(self) -> bytes | memoryview: ...


def root(digest: str, attempt: UUID, seed: int) -> bytes:
    """What the first row is chained to: the log belongs to one paper of one attempt."""
    told = bytes.fromhex(digest) + attempt.bytes + seed.to_bytes(8, "big")
    return hashlib.sha256(told).digest()


def link(
    previous: bytes, sequence: int, slot: int, received_ms: int, spent_ms: int | None, response: str
) -> bytes:
    """The hash of a row: it covers the row's own values and the hash of the row before
    (docs/exam-protocol.md has it byte by byte)."""
    numbers = _NUMBERS.pack(
        sequence, slot, received_ms, NOT_TIMED if spent_ms is None else spent_ms
    )
    return hashlib.sha256(previous + numbers + response.encode()).digest()


def first_break(start: bytes, rows: Iterable[Saved]) -> int | None:
    """The sequence of the first row (in order of arrival) that doesn't fit; None: all fit."""
    previous = start
    for row in rows:
        previous = link(
            previous, row.sequence, row.slot, row.received_ms, row.spent_ms, row.response
        )
        if bytes(row.hash) != previous:
            return row.sequence
    return None


def head_of(start: bytes, rows: Iterable[Saved]) -> bytes:
    """The end of the chain as these rows make it."""
    head = start
    for row in rows:
        head = link(head, row.sequence, row.slot, row.received_ms, row.spent_ms, row.response)
    return head


def latest(rows: Iterable[Saved]) -> dict[int, str]:
    """Slot → response as JSON: the highest sequence counts, in whatever order the saves came."""
    return {row.slot: row.response for row in sorted(rows, key=lambda row: row.sequence)}


EMPTY = frozenset(("null", "[]", '""', "{}"))


def is_empty(response: str) -> bool:
    """An emptied answer ("nothing chosen") is none."""
    return response in EMPTY


def is_answered(value: Any) -> bool:
    return value is not None and value not in ([], "", {})


def unanswered(slots: int, responses: Mapping[int, Any]) -> list[int]:
    """Slots without an answer, from 0."""
    return [slot for slot in range(slots) if not is_answered(responses.get(slot))]


def marked(bits: bytes, slot: int, *, answered: bool) -> bytes:
    """The bit of a slot set or cleared."""
    number = int.from_bytes(bits)
    number = number | (1 << slot) if answered else number & ~(1 << slot)
    return number.to_bytes((number.bit_length() + 7) // 8)
