"""Opening answers for marking: one row per answer that people mark."""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.exams.models import Attempt, Mark, Marking, Sitting
from lantoa.exams.queries.scored import AT_ONCE, Now, Scorer
from lantoa.exams.rules.log import is_empty
from lantoa.exams.rules.marking import MARKERS, criteria
from lantoa.kernel import clock

MOST_PLACE = 2**31 - 1


def hash_of(response: str) -> bytes:
    return hashlib.sha256(response.encode()).digest()


@dataclass(frozen=True)
class Asked:
    """An answer that people must mark: the slot, the item, out of how many hundredths."""

    slot: int
    version: int
    possible: int
    response: str


def asked_of(now: Now) -> list[Asked]:
    """Answered slots of an attempt that are marked by people."""
    found = []
    for slot in now.by_people:
        text = now.responses.get(slot)
        if text is not None and not is_empty(text):
            item = now.bundle.content["items"][now.paper[slot][0]]
            parts = criteria(item["content"].get("rubric") or (), item["points"])
            possible = sum(part.possible for part in parts)
            found.append(Asked(slot, item["version"], possible, text))
    return found


def open_markings(*, sitting: Sitting, actor: User | None) -> int:
    """Open what was submitted since and waits for people; how many answers."""
    there = Marking.objects.filter(attempt=OuterRef("pk"))
    waiting = Attempt.objects.filter(
        ~Exists(there), sitting=sitting, result__waits_for_marks=True
    ).order_by("pk")
    opened, scorer = 0, Scorer()
    for attempts in _chunks(list(waiting)):
        # A transaction for each few hundred, so that an exam under way saves in between.
        with transaction.atomic():
            made = [row for now in scorer.now(attempts) for row in _rows(now)]
            # Two who ask at once open the same.
            Marking.objects.bulk_create(made, ignore_conflicts=True)
            data = {"answers": len(made)}
            record(actor=actor, action="exams.open_markings", on=sitting, data=data)
        opened += len(made)
    return opened


def _chunks(attempts: Sequence[Attempt]) -> Iterable[Sequence[Attempt]]:
    for start in range(0, len(attempts), AT_ONCE):
        yield attempts[start : start + AT_ONCE]


def _rows(now: Now) -> list[Marking]:
    return [_row(now.attempt, asked) for asked in asked_of(now)]


def _row(attempt: Attempt, asked: Asked) -> Marking:
    return Marking(
        attempt=attempt,
        slot=asked.slot,
        version_id=asked.version,
        possible=asked.possible,
        answer_hash=hash_of(asked.response),
        place=secrets.randbelow(MOST_PLACE),
    )


def keep_up(attempts: Sequence[Now]) -> set[int]:
    """Let what people mark follow what is on record: answers that changed since they were marked
    begin a new round, those that came to need marks are opened, those that need none any more are
    closed. The attempts concerned. In the caller's transaction."""
    ids = [now.attempt.pk for now in attempts]
    there: dict[tuple[int, int], Marking] = {
        (row.attempt_id, row.slot): row for row in Marking.objects.filter(attempt__in=ids)
    }
    if not there and not any(now.scored.waits for now in attempts):
        return set()
    new, concerned = [], set()
    for now in attempts:
        for asked in asked_of(now):
            row = there.pop((now.attempt.pk, asked.slot), None)
            if row is None:
                new.append(_row(now.attempt, asked))
            elif _is_stale(row, asked):
                row.answer_hash, row.agreed = hash_of(asked.response), None
                next_round(row)
            else:
                continue
            concerned.add(now.attempt.pk)
    Marking.objects.bulk_create(new, ignore_conflicts=True)
    unwanted = [row.pk for row in there.values() if row.settled_at is None]
    Marking.objects.filter(pk__in=unwanted).update(settled_at=clock.now())
    return concerned


def _is_stale(row: Marking, asked: Asked) -> bool:
    """Its answer is another one, or it was closed while it needed no marks."""
    closed = row.settled_at is not None and row.agreed is None
    return closed or bytes(row.answer_hash) != hash_of(asked.response)


def next_round(row: Marking) -> None:
    """Two fresh markers; what was begun in the round before and not finished is dropped."""
    Mark.objects.filter(attempt=row.attempt_id, slot=row.slot, marked_at__isnull=True).delete()
    row.round += 1
    row.wants = row.before + MARKERS
    row.settled_at = None
    row.save(update_fields=["round", "wants", "settled_at", "answer_hash", "agreed"])
