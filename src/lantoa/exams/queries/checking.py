"""Checking from the outside that results are what the logs say: every chain recomputed row by row,
every result scored anew, marks by people included. The council's check and appeals ask here;
`exam verify` says each difference (`verifying`)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lantoa.exams import rules
from lantoa.exams.delivery.state import Saved
from lantoa.exams.models import Answer, Attempt, Sitting
from lantoa.exams.queries.scored import AT_ONCE, Now, Scorer, bundle_of


class Unsound(StrEnum):
    CHAIN = "chain"
    """A row of the log doesn't fit the one before it."""
    CUT = "cut"
    """The log ends elsewhere than its attempt says."""
    RECEIPT = "receipt"
    """What was submitted isn't what the candidate's receipt says."""
    RESULT = "result"
    """The result isn't what the log, the keys and the marks come to."""


@dataclass(frozen=True)
class Checked:
    attempt: Attempt
    now: Now
    unsound: Unsound | None


def verify(sitting: Sitting) -> Iterator[Checked]:
    """Every submitted attempt of the sitting, a few hundred at a time."""
    submitted = Attempt.objects.filter(
        sitting=sitting, submitted_at__isnull=False, result__isnull=False
    )
    ids = list(submitted.order_by("pk").values_list("pk", flat=True))
    scorer = Scorer()
    for start in range(0, len(ids), AT_ONCE):
        chosen = submitted.filter(pk__in=ids[start : start + AT_ONCE])
        attempts = list(chosen.select_related("result", "submission").order_by("pk"))
        yield from check(attempts, scorer)


def check(attempts: Sequence[Attempt], scorer: Scorer) -> Iterator[Checked]:
    """Of a few hundred, with their results and submissions."""
    logs = _logs(attempts)
    for now in scorer.now(attempts):
        yield Checked(now.attempt, now, _unsound(now, logs.get(now.attempt.pk, [])))


def _logs(attempts: Sequence[Attempt]) -> dict[int, list[Saved]]:
    found: dict[int, list[Saved]] = {}
    rows = Answer.objects.filter(attempt__in=[attempt.pk for attempt in attempts]).order_by("id")
    for pk, *row in rows.values_list("attempt_id", *Saved._fields).iterator(chunk_size=10_000):
        found.setdefault(pk, []).append(Saved._make(row))
    return found


def _unsound(now: Now, log: Sequence[Saved]) -> Unsound | None:
    attempt = now.attempt
    start = rules.root(bundle_of(attempt.bundle_id).digest, attempt.public_id, attempt.seed)
    if rules.first_break(start, log) is not None:
        return Unsound.CHAIN
    head = bytes(log[-1].hash) if log else start
    if head != bytes(attempt.head):
        return Unsound.CUT
    if head != bytes(attempt.submission.head) or len(log) != attempt.submission.saves:
        return Unsound.RECEIPT
    result, scored = attempt.result, now.scored
    is_told = (result.points, result.points_possible, result.passed, result.waits_for_marks)
    is_so = (scored.points, scored.possible, scored.passed, scored.waits)
    return None if is_told == is_so else Unsound.RESULT
