from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from lantoa.exams import papers, rules
from lantoa.exams.models import Answer, Attempt
from lantoa.exams.refusals import AlreadySubmitted, BadAnswer, SequenceTaken, TimeOver
from lantoa.kernel import clock
from lantoa.kernel.writer import DirectWriter, Writer

ANSWERS: Writer[Answer] = DirectWriter(Answer.objects.bulk_create)


@dataclass(frozen=True)
class Receipt:
    """What the client may forget: the save `sequence` is on disk. `hash` is that row's."""

    sequence: int
    hash: str
    repeated: bool = False


@transaction.atomic
def save_answer(*, attempt: Attempt, sequence: int, slot: int, response: Any) -> Receipt:
    """Append one answer to the log. The log is its own audit trail.

    Sent again, it is acknowledged again and written once; sent late, it is written, and an answer
    with a higher sequence goes on counting. Raises AlreadySubmitted, TimeOver, BadAnswer,
    SequenceTaken.
    """
    locked = _locked(attempt)
    if repeat := _repeated(locked, sequence, slot, response):
        return repeat
    _check_open(locked)
    if not 1 <= sequence <= rules.MOST_SAVES or not papers.accepts(
        locked.form.content, slot, response
    ):
        raise BadAnswer
    return _append(locked, _last_hash(locked), sequence, slot, response)


@transaction.atomic
def save_page(*, attempt: Attempt, responses: Mapping[int, Any]) -> int:
    """Save a whole page sent as a form (no script): only what changed. Returns how many did.
    Raises AlreadySubmitted, TimeOver, BadAnswer."""
    locked = _locked(attempt)
    _check_open(locked)
    rows = list(locked.answers.all())
    now = rules.latest(rows)
    changed = {
        slot: given
        for slot, given in responses.items()
        if now.get(slot) != given and (rules.is_answered(given) or slot in now)
    }
    if not all(papers.accepts(locked.form.content, *answer) for answer in changed.items()):
        raise BadAnswer
    sequence = max((row.sequence for row in rows), default=0)
    previous = _last_hash(locked)
    for slot, response in changed.items():
        sequence += 1
        previous = _append(locked, previous, sequence, slot, response).hash
    return len(changed)


def _locked(attempt: Attempt) -> Attempt:
    """The chain has one end; whoever adds to it waits here."""
    return Attempt.objects.select_for_update(of=("self",)).select_related("form").get(pk=attempt.pk)


def _check_open(attempt: Attempt) -> None:
    if attempt.submitted_at is not None:
        raise AlreadySubmitted
    if rules.is_over(attempt.deadline_at, clock.now()):
        raise TimeOver


def _repeated(attempt: Attempt, sequence: int, slot: int, response: Any) -> Receipt | None:
    there = attempt.answers.filter(sequence=sequence).first()
    if there is None:
        return None
    if (there.slot, there.response) != (slot, response):
        raise SequenceTaken(attempt.answers.latest("sequence").sequence + 1)
    return Receipt(sequence, there.hash, repeated=True)


def _last_hash(attempt: Attempt) -> str:
    last = attempt.answers.order_by("-id").values_list("hash", flat=True).first()
    return last or attempt.form.digest


def _append(attempt: Attempt, previous: str, sequence: int, slot: int, response: Any) -> Receipt:
    received_at = clock.now()
    row = Answer(
        attempt=attempt,
        sequence=sequence,
        slot=slot,
        response=response,
        received_at=received_at,
        previous_hash=previous,
        hash=rules.link(
            previous=previous,
            attempt=str(attempt.public_id),
            sequence=sequence,
            slot=slot,
            response=response,
            received_at=received_at,
        ),
    )
    ANSWERS.write([row])
    return Receipt(sequence, row.hash)
