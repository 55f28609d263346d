"""The invigilator's console: everybody of a sitting in one query, and what changed since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from lantoa.exams.models import Attempt, Candidate, Sitting
from lantoa.exams.rules.watching import Facts, Watch, watch
from lantoa.kernel import clock

COLUMNS = ("public_id", "seen_at", "started_at", "deadline_at", "paused_at", "submitted_at",
           "answered", "epoch", "added_seconds")  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One candidate on the console; times in milliseconds."""

    id: int
    number: str
    name: str
    unit: str
    room: str
    seat: int | None
    state: Watch
    answered: int
    seen: int | None
    deadline: int | None
    submitted: int | None
    devices: int
    added_minutes: int

    def told(self) -> dict[str, Any]:
        return {**vars(self), "state": self.state.value}


def _ms(moment: datetime | None) -> int | None:
    return None if moment is None else round(moment.timestamp() * 1000)


def _newest_attempts(candidates: QuerySet[Candidate]) -> dict[int, dict[str, Any]]:
    """By candidate, in one query however many there are."""
    found = Attempt.objects.filter(candidate__in=candidates.values("pk")).order_by("number")
    return {row["candidate_id"]: row for row in found.values("candidate_id", *COLUMNS)}


NONE: dict[str, Any] = dict.fromkeys(COLUMNS)


def _row(candidate: Candidate, held: dict[str, Any], now_ms: int) -> Row:
    seen, submitted = _ms(held["seen_at"]), _ms(held["submitted_at"])
    entered = held["epoch"] or held["started_at"]
    facts = Facts(
        locked=candidate.locked_at is not None,
        seen=seen if entered else None,
        started=_ms(held["started_at"]),
        deadline=_ms(held["deadline_at"]),
        paused=held["paused_at"] is not None,
        submitted=submitted,
    )
    return Row(
        id=candidate.pk,
        number=candidate.number,
        name=candidate.person.full_name,
        unit=candidate.unit.name,
        room=candidate.room.name if candidate.room else "",
        seat=candidate.seat,
        state=watch(facts, now_ms),
        answered=int.from_bytes(bytes(held["answered"] or b"")).bit_count(),
        seen=facts.seen,
        deadline=facts.deadline,
        submitted=submitted,
        devices=held["epoch"] or 0,
        added_minutes=candidate.extra_minutes + (held["added_seconds"] or 0) // 60,
    )


def console(candidates: QuerySet[Candidate]) -> list[Row]:
    """All of these, in the order of rooms and seats, then names, in two queries."""
    now_ms = clock.now_ms()
    attempts = _newest_attempts(candidates)
    rows = candidates.select_related("person", "unit", "room").order_by(
        F("room__name").asc(nulls_last=True), F("seat").asc(nulls_last=True), "person__sort_key"
    )
    return [_row(candidate, attempts.get(candidate.pk, NONE), now_ms) for candidate in rows]


def counts(rows: Sequence[Row]) -> dict[str, int]:
    found = dict.fromkeys((state.value for state in Watch), 0)
    for row in rows:
        found[row.state.value] += 1
    return found


def questions_in(sitting: Sitting) -> int:
    """How many a paper has, for "chưa trả lời"."""
    return sum(sitting.exam.blueprint.cells.values_list("count", flat=True))
