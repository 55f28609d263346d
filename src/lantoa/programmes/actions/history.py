"""Many people's beginnings and outcomes at one stroke: one audit event for the batch.

The caller tells the domains above: no `complete_enrolment` event is written for each.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.kernel.bulk import update
from lantoa.programmes import rules
from lantoa.programmes.models import Enrolment, Outcome, Requirement

ASKED = 400
"""Ids in one IN (…)."""
WRITTEN = 5000


@dataclass(frozen=True)
class Report:
    """How one person did in one requirement, as `record_outcome` takes it."""

    enrolment: int
    requirement: Requirement
    passed: bool
    source: str
    at: datetime
    score: int | None = None


@transaction.atomic
def record_started_many(*, moments: Mapping[int, datetime], actor: User | None) -> int:
    """`record_started` for a batch: enrolment id → first step. How many were stamped."""
    fresh = [e for e in _enrolments(list(moments)) if e.started_at is None]
    for enrolment in fresh:
        enrolment.started_at = moments[enrolment.pk]
    update(Enrolment, ["started_at"], ((e.started_at, e.pk) for e in fresh))
    _record(actor, "programmes.record_started_many", len(fresh))
    return len(fresh)


@transaction.atomic
def record_outcomes(*, reports: Sequence[Report], actor: User | None) -> list[int]:
    """`record_outcome` for a batch of reports that nobody has made before, in the order in which
    they happened; the ids of the enrolments that they complete, in that order too."""
    Outcome.objects.bulk_create(
        [
            Outcome(
                enrolment_id=report.enrolment,
                requirement=report.requirement,
                passed=report.passed,
                score=report.score,
                source=report.source,
                at=report.at,
            )
            for report in reports
        ],
        batch_size=WRITTEN,
    )
    _record(actor, "programmes.record_outcomes", len(reports))
    return _complete([report.enrolment for report in reports if report.passed], actor)


def _complete(ids: Sequence[int], actor: User | None) -> list[int]:
    unfinished = [e for e in _enrolments(ids) if e.completed_at is None and e.withdrawn_at is None]
    passed: dict[int, set[int]] = defaultdict(set)
    last: dict[int, datetime] = {}
    for outcome in _passed_outcomes([e.pk for e in unfinished]):
        passed[outcome.enrolment_id].add(outcome.requirement_id)
        last[outcome.enrolment_id] = max(outcome.at, last.get(outcome.enrolment_id, outcome.at))
    required = _required({e.cohort_id for e in unfinished})
    done = [e for e in unfinished if rules.is_complete(required[e.cohort_id], passed[e.pk])]
    for enrolment in done:
        enrolment.completed_at = last[enrolment.pk]
        enrolment.started_at = enrolment.started_at or last[enrolment.pk]
    stamps = ((e.started_at, e.completed_at, e.pk) for e in done)
    update(Enrolment, ["started_at", "completed_at"], stamps)
    _record(actor, "programmes.complete_enrolments", len(done))
    return [e.pk for e in sorted(done, key=lambda e: (last[e.pk], e.pk))]


def _enrolments(ids: Sequence[int]) -> list[Enrolment]:
    found: list[Enrolment] = []
    each = list(dict.fromkeys(ids))
    for start in range(0, len(each), ASKED):
        found += Enrolment.objects.filter(pk__in=each[start : start + ASKED])
    return found


def _passed_outcomes(ids: Sequence[int]) -> list[Outcome]:
    found: list[Outcome] = []
    for start in range(0, len(ids), ASKED):
        chosen = ids[start : start + ASKED]
        found += Outcome.objects.filter(enrolment__in=chosen, passed=True)
    return found


def _required(cohorts: set[int]) -> dict[int, list[int]]:
    required: dict[int, list[int]] = defaultdict(list)
    rows = Requirement.objects.filter(programme__cohorts__in=cohorts)
    for cohort, requirement in rows.values_list("programme__cohorts", "pk"):
        required[cohort].append(requirement)
    return required


def _record(actor: User | None, action: str, count: int) -> None:
    record(actor=actor, action=action, on=("programmes.enrolment", "batch"), data={"count": count})
