"""The one way in which a result changes after submission: computed anew from what is on record, the
old values kept, the programme told again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.exams.actions.markings import keep_up
from lantoa.exams.actions.report_results import report_results
from lantoa.exams.models import Attempt, Result, ResultChange, Sitting
from lantoa.exams.queries.scored import AT_ONCE, Now, Scorer
from lantoa.kernel.bulk import update

Sittings = Mapping[int, Sitting]
FIELDS = ("points", "points_possible", "score", "passed", "waits_for_marks", "detail")


@dataclass
class Outcome:
    """What a rescore came to; lists are of result ids. `doubted`: failed now, although a
    certificate was issued."""

    attempts: int = 0
    changed: list[int] = field(default_factory=list)
    passed: list[int] = field(default_factory=list)
    failed: list[int] = field(default_factory=list)
    doubted: list[int] = field(default_factory=list)

    def add(self, other: "Outcome") -> None:
        self.attempts += other.attempts
        for name in ("changed", "passed", "failed", "doubted"):
            getattr(self, name).extend(getattr(other, name))


def rescore(
    *,
    attempts: Iterable[int],
    cause: str,
    note: str,
    actor: User | None,
    scorer: Scorer | None = None,
) -> Outcome:
    """Compute the results of these submitted attempts anew. What doesn't change leaves no trace.
    A few hundred are one transaction: a job over more goes on where it stopped."""
    total, scorer = Outcome(), scorer or Scorer()
    for ids in _chunks(sorted(set(attempts))):
        total.add(_rescore(ids, cause, note, actor, scorer))
    return total


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]


@transaction.atomic
def _rescore(
    ids: Sequence[int], cause: str, note: str, actor: User | None, scorer: Scorer
) -> Outcome:
    locked = (
        Attempt.objects.filter(pk__in=ids, submitted_at__isnull=False, result__isnull=False)
        .select_related("result")
        .only("sitting", "candidate", "bundle", "seed", "result")
        .order_by("pk")
        .select_for_update(of=("self",))
    )
    attempts = list(locked)
    computed = list(scorer.now(attempts))
    if concerned := keep_up(computed):
        # Their marks no longer count: compute those once more.
        again = [attempt for attempt in attempts if attempt.pk in concerned]
        fresh = {now.attempt.pk: now for now in scorer.now(again)}
        computed = [fresh.get(now.attempt.pk, now) for now in computed]
    changed = [now for now in computed if _differs(now)]
    sittings = Sitting.objects.select_related("exam").in_bulk(
        {now.attempt.sitting_id for now in changed}
    )
    outcome = _write(changed, sittings, cause, note, actor)
    outcome.attempts = len(attempts)
    outcome.doubted = _doubted(outcome.failed)
    _record(changed, sittings, outcome, cause, note, actor)
    told = [result for now in changed if (result := now.attempt.result).reported_at is None]
    report_results(results=told, actor=actor)
    return outcome


def _differs(now: Now) -> bool:
    return any(getattr(now.attempt.result, name) != value for name, value in _values(now).items())


def _values(now: Now) -> dict[str, object]:
    scored = now.scored
    values = (
        scored.points, scored.possible, scored.score, scored.passed, scored.waits, now.detail,
    )  # fmt: skip
    return dict(zip(FIELDS, values, strict=True))


def _write(
    changed: Sequence[Now], sittings: Sittings, cause: str, note: str, actor: User | None
) -> Outcome:
    outcome, history = Outcome(), []
    for now in changed:
        result = now.attempt.result
        if _is_news(result, now):
            history.append(_as_it_was(result, cause, note, actor))
            _sort(outcome, result, now)
        if _tells(result, now) and sittings[now.attempt.sitting_id].exam.requirement_id:
            result.reported_at = None
        for name, value in _values(now).items():
            setattr(result, name, value)
    ResultChange.objects.bulk_create(history)
    columns = [*FIELDS, "reported_at"]
    results = [now.attempt.result for now in changed]
    update(
        Result, columns, ([*(getattr(row, name) for name in columns), row.pk] for row in results)
    )
    return outcome


def _doubted(failed: Sequence[int]) -> list[int]:
    """Of these results, those whose enrolment has a certificate."""
    certified = Result.objects.filter(
        pk__in=failed, attempt__candidate__enrolment__certified_at__isnull=False
    )
    return list(certified.order_by("pk").values_list("pk", flat=True))


def _is_news(result: Result, now: Now) -> bool:
    """Not merely that late answers were counted already when it was scored first."""
    slots = {"slots": now.scored.slots, "failed": now.scored.failed}
    was = {name: result.detail.get(name) for name in slots}
    return was != slots or any(
        getattr(result, name) != value for name, value in _values(now).items() if name != "detail"
    )


def _tells(result: Result, now: Now) -> bool:
    """Whether a programme must hear of it."""
    was = (result.score, result.passed, result.waits_for_marks)
    return was != (now.scored.score, now.scored.passed, now.scored.waits)


def _as_it_was(result: Result, cause: str, note: str, actor: User | None) -> ResultChange:
    return ResultChange(
        result=result,
        cause=cause,
        points=result.points,
        points_possible=result.points_possible,
        score=result.score,
        passed=result.passed,
        detail=result.detail,
        by_id=actor.pk if actor else None,
        note=note[:300],
    )


def _sort(outcome: Outcome, result: Result, now: Now) -> None:
    outcome.changed.append(result.pk)
    if now.scored.passed and not result.passed:
        outcome.passed.append(result.pk)
    if result.passed and not now.scored.passed:
        outcome.failed.append(result.pk)


def _record(
    changed: Sequence[Now],
    sittings: Sittings,
    outcome: Outcome,
    cause: str,
    note: str,
    actor: User | None,
) -> None:
    """An event for each sitting concerned. That a result is complete is no change of one."""
    complete = cause == ResultChange.Cause.MARKED
    action = "exams.complete_result" if complete else "exams.rescore"
    of_sitting: dict[int, set[int]] = {}
    for now in changed:
        of_sitting.setdefault(now.attempt.sitting_id, set()).add(now.attempt.result.pk)
    for sitting, results in of_sitting.items():
        named = {
            name: [pk for pk in getattr(outcome, name) if pk in results]
            for name in ("changed", "passed", "failed", "doubted")
        }
        if named["changed"]:
            data = {"cause": cause, "note": note, **named}
            record(actor=actor, action=action, on=sittings[sitting], data=data)
