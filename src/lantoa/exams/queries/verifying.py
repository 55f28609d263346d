"""Recomputing a sitting from what was written down: every chain, receipt and score, compared with
what the rows say. Reads only; a difference means that something was changed behind the log."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from lantoa.exams import rules
from lantoa.exams.delivery.keys import corrections_of
from lantoa.exams.models import Answer, Attempt, LateAnswer, Result, Sitting, Submission
from lantoa.exams.rules.log import is_empty, marked
from lantoa.exams.scoring import Corrections, score
from lantoa.items.models import Bundle
from lantoa.items.papers import Opened, open_bundle

AT_ONCE = 500


@dataclass(frozen=True)
class Difference:
    """`what` names what was compared; `said` is what stands in the row, `found` what comes out."""

    attempt: str
    what: str
    said: Any
    found: Any


@dataclass
class Verified:
    attempts: int = 0
    submitted: int = 0
    answers: int = 0
    differences: list[Difference] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.differences


def verify_sitting(sitting: Sitting) -> Verified:
    told = Verified()
    bundles = _bundles(sitting, told)
    corrections = {pk: corrections_of(pk) for pk in bundles}
    for some in _portions(sitting):
        loaded = _Loaded(some)
        for attempt in some:
            told.attempts += 1
            told.submitted += attempt.submitted_at is not None
            told.answers += len(loaded.rows(attempt))
            opened = bundles[attempt.bundle_id]
            told.differences += _of_log(attempt, opened, loaded)
            told.differences += _of_result(attempt, opened, loaded, corrections[opened.pk])
    return told


def _bundles(sitting: Sitting, told: Verified) -> dict[int, Opened]:
    """Opened, and their bytes held against their digest."""
    found = {}
    for bundle in Bundle.objects.filter(attempts__sitting=sitting).distinct():
        digest = hashlib.sha256(bytes(bundle.content)).hexdigest()
        if digest != bundle.digest:
            told.differences.append(Difference("", "bundle", bundle.digest, digest))
        found[bundle.pk] = open_bundle(bundle)
    return found


def _portions(sitting: Sitting) -> Iterator[list[Attempt]]:
    """Attempts that had begun, some at a time, without a long-running read."""
    last = 0
    begun = Attempt.objects.filter(sitting=sitting, started_at__isnull=False)
    while some := list(begun.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        yield some
        last = some[-1].pk


class _Loaded:
    """What hangs on some attempts, in four queries."""

    def __init__(self, attempts: Sequence[Attempt]) -> None:
        ids = [attempt.pk for attempt in attempts]
        self._answers: dict[int, list[Answer]] = {pk: [] for pk in ids}
        for row in Answer.objects.filter(attempt__in=ids).order_by("id"):
            self._answers[row.attempt_id].append(row)
        self.submissions = {s.attempt_id: s for s in Submission.objects.filter(attempt__in=ids)}
        self.results = {r.attempt_id: r for r in Result.objects.filter(attempt__in=ids)}
        self._late: dict[int, dict[int, Any]] = {pk: {} for pk in ids}
        counting = LateAnswer.objects.filter(attempt__in=ids, counts=True)
        for late in counting.order_by("received_ms", "id"):
            self._late[late.attempt_id][late.slot] = late.value

    def rows(self, attempt: Attempt) -> list[Answer]:
        return self._answers[attempt.pk]

    def responses(self, attempt: Attempt) -> dict[int, Any]:
        latest = rules.latest(self.rows(attempt))
        return {slot: json.loads(text) for slot, text in latest.items()} | self._late[attempt.pk]


def _of_log(attempt: Attempt, opened: Opened, loaded: _Loaded) -> Iterator[Difference]:
    """The chain, and what the attempt and its receipt repeat of it."""
    rows, me = loaded.rows(attempt), str(attempt.public_id)
    start = rules.root(opened.digest, attempt.public_id, attempt.seed)
    broken = rules.first_break(start, rows)
    if broken is not None:
        yield Difference(me, "chain", broken, None)
    head = rules.head_of(start, rows)
    bits = b""
    for slot, text in rules.latest(rows).items():
        bits = marked(bits, slot, answered=not is_empty(text))
    for what, said, found in (
        ("head", bytes(attempt.head).hex(), head.hex()),
        ("saves", attempt.saves, len(rows)),
        ("last_sequence", attempt.last_sequence, max((r.sequence for r in rows), default=0)),
        ("answered", bytes(attempt.answered).hex(), bits.hex()),
    ):
        if said != found:
            yield Difference(me, what, said, found)
    yield from _of_receipt(attempt, loaded, head, len(rows))


def _of_receipt(attempt: Attempt, loaded: _Loaded, head: bytes, saves: int) -> Iterator[Difference]:
    me, receipt = str(attempt.public_id), loaded.submissions.get(attempt.pk)
    if (receipt is None) != (attempt.submitted_at is None):
        yield Difference(me, "submission", receipt is not None, attempt.submitted_at is not None)
    if receipt is None:
        return
    if bytes(receipt.head) != head:
        yield Difference(me, "receipt", bytes(receipt.head).hex(), head.hex())
    if receipt.saves != saves:
        yield Difference(me, "receipt_saves", receipt.saves, saves)


def _of_result(
    attempt: Attempt, opened: Opened, loaded: _Loaded, corrections: Corrections
) -> Iterator[Difference]:
    """The score from the bundle's own keys; what people marked is taken from the result."""
    me, result = str(attempt.public_id), loaded.results.get(attempt.pk)
    if (result is None) != (attempt.submitted_at is None):
        yield Difference(me, "result", result is not None, attempt.submitted_at is not None)
    if result is None:
        return
    paper = opened.paper(attempt.seed)
    told: list[int | None] = result.detail.get("slots", [])
    if len(told) != len(paper):
        yield Difference(me, "slots", len(told), len(paper))
        return
    given = {
        slot: got
        for slot, (place, got) in enumerate(zip(paper, told, strict=True))
        if opened.kinds[place[0]].by_people and got is not None
    }
    scored = score(opened, paper, loaded.responses(attempt), corrections=corrections, given=given)
    for what, said, found in (
        ("points", result.points, scored.points),
        ("points_possible", result.points_possible, scored.possible),
        ("score", result.score, scored.score),
        ("passed", result.passed, scored.passed),
        ("waits_for_marks", result.waits_for_marks, scored.waits),
        ("slots", told, scored.slots),
    ):
        if said != found:
            yield Difference(me, what, said, found)
