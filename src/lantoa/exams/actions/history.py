"""Attempts that were taken before, many at once, by the rules of a live one: papers drawn from the
blueprint's bank, answers chained, results scored, outcomes reported down. One audit event."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.exams import rules
from lantoa.exams.actions.attempts import bundle_of
from lantoa.exams.delivery.state import Saved
from lantoa.exams.models import Answer, Attempt, Candidate, Result, Sitting, Submission
from lantoa.exams.rules.log import is_empty, marked
from lantoa.exams.scoring import Scored, score
from lantoa.items.models import Bundle
from lantoa.items.papers import Opened, Place, open_bundle
from lantoa.kernel.bulk import insert
from lantoa.programmes.actions.history import Report, record_outcomes
from lantoa.programmes.models import Enrolment

WRITTEN = 5000
Items = Sequence[dict[str, Any]]
Reply = tuple[int, Any, datetime]
"""Slot, response, when it arrived."""


@dataclass(frozen=True)
class PastAttempt:
    """`seed` draws the paper; `replies` are given the items as that paper shows them, and come back
    in the order of arrival. `submitted_at` None: still under way."""

    enrolment: Enrolment
    number: int
    started_at: datetime
    seed: str
    replies: Callable[[Items], Sequence[Reply]]
    submitted_at: datetime | None = None


@dataclass
class _Taken:
    past: PastAttempt
    paper: list[Place]
    attempt: Attempt
    answers: list[Saved]

    @property
    def submitted_at(self) -> datetime:
        assert self.past.submitted_at is not None
        return self.past.submitted_at


@transaction.atomic
def carry_over_attempts(
    *, sitting: Sitting, attempts: Sequence[PastAttempt], actor: User | None
) -> list[int]:
    """Write attempts with their answers and results; the ids of the enrolments that are completed
    by them. Raises items' BankTooSmall."""
    bundle = bundle_of(sitting, 0)
    opened = open_bundle(bundle)
    candidates = _candidates(sitting, [past.enrolment for past in attempts])
    taken = [
        _take(sitting, past, candidates[past.enrolment.pk], bundle, opened) for past in attempts
    ]
    Attempt.objects.bulk_create([one.attempt for one in taken], batch_size=WRITTEN)
    insert(
        Answer,
        ("attempt", *Saved._fields),
        ((one.attempt.pk, *saved) for one in taken for saved in one.answers),
    )
    completed = _submit(sitting, [one for one in taken if one.past.submitted_at], opened, actor)
    record(actor=actor, action="exams.carry_over_attempts", on=sitting, data={"count": len(taken)})
    return completed


def _candidates(sitting: Sitting, enrolments: Sequence[Enrolment]) -> dict[int, Candidate]:
    """By enrolment; those missing are made."""
    wanted = {enrolment.pk: enrolment for enrolment in enrolments}
    Candidate.objects.bulk_create(
        [
            Candidate(
                sitting=sitting,
                person_id=one.person_id,
                unit_id=one.unit_id,
                enrolment=one,
                added_at=one.enrolled_at,
            )
            for one in wanted.values()
        ],
        ignore_conflicts=True,
    )
    people = [one.person_id for one in wanted.values()]
    found = Candidate.objects.filter(sitting=sitting, person__in=people)
    return {one.enrolment_id: one for one in found if one.enrolment_id is not None}


def _take(
    sitting: Sitting, past: PastAttempt, candidate: Candidate, bundle: Bundle, opened: Opened
) -> _Taken:
    # A paper of the past is no secret.
    seed = int.from_bytes(hashlib.sha256(past.seed.encode()).digest()[:7])
    paper = opened.paper(seed)
    attempt = Attempt(
        sitting=sitting,
        candidate=candidate,
        bundle=bundle,
        seed=seed,
        number=past.number,
        epoch=1,
        started_at=past.started_at,
        deadline_at=rules.deadline(
            started_at=past.started_at,
            minutes=opened.content["minutes"],
            closes_at=sitting.closes_at,
        ),
        submitted_at=past.submitted_at,
    )
    replies = past.replies([opened.arranged(place) for place in paper])
    start = rules.root(bundle.digest, attempt.public_id, seed)
    answers = _chained(start, replies)
    _summarise(attempt, answers, start)
    return _Taken(past, paper, attempt, answers)


def _chained(start: bytes, replies: Sequence[Reply]) -> list[Saved]:
    previous, answers = start, []
    for sequence, (slot, response, at) in enumerate(replies, start=1):
        text = msgspec.json.encode(response).decode()
        arrived = round(at.timestamp() * 1000)
        previous = rules.link(previous, sequence, slot, arrived, None, text)
        answers.append(Saved(sequence, slot, text, arrived, None, previous))
    return answers


def _summarise(attempt: Attempt, answers: Sequence[Saved], start: bytes) -> None:
    attempt.saves = attempt.last_sequence = len(answers)
    attempt.seen_at = attempt.submitted_at or attempt.started_at
    bits = b""
    for slot, text in rules.latest(answers).items():
        bits = marked(bits, slot, answered=not is_empty(text))
    attempt.answered = bits
    attempt.head = answers[-1].hash if answers else start


def _submit(
    sitting: Sitting, taken: Sequence[_Taken], opened: Opened, actor: User | None
) -> list[int]:
    Submission.objects.bulk_create([_submission(one) for one in taken], batch_size=WRITTEN)
    results = Result.objects.bulk_create([_result(one, opened) for one in taken], batch_size=500)
    requirement = sitting.exam.requirement
    assert requirement is not None
    reports = [
        Report(
            enrolment=one.past.enrolment.pk,
            requirement=requirement,
            passed=result.passed,
            score=result.score,
            source=f"exams.result:{result.pk}",
            at=result.at,
        )
        for one, result in zip(taken, results, strict=True)
    ]
    return record_outcomes(reports=reports, actor=actor)


def _submission(one: _Taken) -> Submission:
    by_time = one.submitted_at >= (one.attempt.deadline_at or one.submitted_at)
    return Submission(
        attempt=one.attempt,
        at=one.submitted_at,
        cause=Submission.Cause.TIME if by_time else Submission.Cause.CANDIDATE,
        head=one.attempt.head,
        saves=one.attempt.saves,
    )


def _result(one: _Taken, opened: Opened) -> Result:
    responses = {slot: json.loads(text) for slot, text in rules.latest(one.answers).items()}
    scored: Scored = score(opened, one.paper, responses)
    return Result(
        attempt=one.attempt,
        points=scored.points,
        points_possible=scored.possible,
        score=scored.score,
        passed=scored.passed,
        detail=scored.detail,
        at=one.submitted_at,
        reported_at=one.submitted_at,
    )
