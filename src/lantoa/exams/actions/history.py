"""Attempts that were taken before, many at once, by the rules of a live one: forms drawn from the
blueprint's bank, answers chained, results marked, outcomes reported down. One audit event."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.exams import papers, rules
from lantoa.exams.models import Answer, Attempt, Form, Result, Sitting, Submission
from lantoa.items.models import Blueprint, ItemVersion
from lantoa.items.queries.bank import Bank, bank_of
from lantoa.kernel.bulk import insert
from lantoa.programmes.actions.history import Report, record_outcomes
from lantoa.programmes.models import Enrolment

WRITTEN = 5000
LOGGED = ("sequence", "slot", "response", "received_at", "previous_hash", "hash")
Items = Sequence[dict[str, Any]]
Reply = tuple[int, Any, datetime]
"""Slot, response, when it arrived."""


@dataclass(frozen=True)
class PastAttempt:
    """`seed` draws the form; `replies` are given the items as that form shows them, and come back
    in the order of arrival. `submitted_at` None: still under way."""

    enrolment: Enrolment
    number: int
    started_at: datetime
    seed: str
    replies: Callable[[Items], Sequence[Reply]]
    submitted_at: datetime | None = None


@dataclass(slots=True)
class _Saved:
    """A row of the answer log."""

    sequence: int
    slot: int
    response: Any
    received_at: datetime
    previous_hash: str
    hash: str

    @property
    def values(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in LOGGED)


@dataclass
class _Taken:
    past: PastAttempt
    form: Form
    attempt: Attempt
    answers: list[_Saved]

    @property
    def submitted_at(self) -> datetime:
        assert self.past.submitted_at is not None
        return self.past.submitted_at


@transaction.atomic
def carry_over_attempts(
    *, sitting: Sitting, attempts: Sequence[PastAttempt], actor: User | None
) -> list[int]:
    """Write attempts with their forms, answers and results; the ids of the enrolments that are
    completed by them. Raises items' BankTooSmall."""
    bank = bank_of(sitting.blueprint)
    versions = _versions(bank)
    contents = {pk: version.content for pk, version in versions.items()}
    taken = [_take(sitting, past, bank, versions, contents) for past in attempts]
    Form.objects.bulk_create([one.form for one in taken], batch_size=500)
    for one in taken:
        one.attempt.form = one.form
    Attempt.objects.bulk_create([one.attempt for one in taken], batch_size=WRITTEN)
    insert(
        Answer,
        ("attempt", *LOGGED),
        ((one.attempt.pk, *saved.values) for one in taken for saved in one.answers),
    )
    completed = _submit(sitting, [one for one in taken if one.past.submitted_at], contents, actor)
    record(actor=actor, action="exams.carry_over_attempts", on=sitting, data={"count": len(taken)})
    return completed


def _versions(bank: Bank) -> dict[int, ItemVersion]:
    return ItemVersion.objects.select_related("item__topic__parent").in_bulk(list(bank.ids))


def _take(
    sitting: Sitting,
    past: PastAttempt,
    bank: Bank,
    versions: dict[int, ItemVersion],
    contents: dict[int, dict[str, Any]],
) -> _Taken:
    form = _draw(sitting.blueprint, past.seed, bank, versions, contents)
    attempt = Attempt(
        sitting=sitting,
        enrolment=past.enrolment,
        number=past.number,
        started_at=past.started_at,
        deadline_at=rules.deadline(
            started_at=past.started_at,
            minutes=form.content["minutes"],
            closes_at=sitting.closes_at,
        ),
        submitted_at=past.submitted_at,
    )
    replies = past.replies(papers.arranged(form.content, contents))
    return _Taken(past, form, attempt, _chained(attempt, form.digest, replies))


def _draw(
    blueprint: Blueprint,
    seed: str,
    bank: Bank,
    versions: dict[int, ItemVersion],
    contents: dict[int, dict[str, Any]],
) -> Form:
    rng = Random(seed)  # noqa: S311 - a form of the past is no secret
    drawn = [versions[pk] for pk in bank.draw(rng)]
    paper = papers.compose(blueprint, drawn, rng, seed)
    return Form(blueprint=blueprint, content=paper, digest=papers.digest(paper, contents))


def _chained(attempt: Attempt, root: str, replies: Sequence[Reply]) -> list[_Saved]:
    previous, answers = root, []
    for sequence, (slot, response, at) in enumerate(replies, start=1):
        link = rules.link(
            previous=previous,
            attempt=str(attempt.public_id),
            sequence=sequence,
            slot=slot,
            response=response,
            received_at=at,
        )
        answers.append(_Saved(sequence, slot, response, at, previous, link))
        previous = link
    return answers


def _submit(
    sitting: Sitting,
    taken: Sequence[_Taken],
    contents: dict[int, dict[str, Any]],
    actor: User | None,
) -> list[int]:
    Submission.objects.bulk_create(
        [Submission(attempt=one.attempt, at=one.submitted_at, cause=_cause(one)) for one in taken],
        batch_size=WRITTEN,
    )
    results = Result.objects.bulk_create([_result(one, contents) for one in taken], batch_size=500)
    reports = [
        Report(
            enrolment=one.attempt.enrolment_id,
            requirement=sitting.requirement,
            passed=result.passed,
            score=result.score,
            source=f"exams.result:{result.pk}",
            at=result.at,
        )
        for one, result in zip(taken, results, strict=True)
    ]
    return record_outcomes(reports=reports, actor=actor)


def _cause(one: _Taken) -> str:
    by_time = one.submitted_at >= one.attempt.deadline_at
    return Submission.Cause.TIME if by_time else Submission.Cause.CANDIDATE


def _result(one: _Taken, contents: dict[int, dict[str, Any]]) -> Result:
    mark = papers.mark(one.form.content, contents, rules.latest(one.answers))
    return Result(
        attempt=one.attempt,
        points=mark.points,
        points_possible=mark.possible,
        score=mark.score,
        passed=mark.passed,
        detail=mark.detail,
        at=one.submitted_at,
    )
