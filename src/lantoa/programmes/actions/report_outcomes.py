from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.programmes.actions.history import Report, record_outcomes, record_started_many
from lantoa.programmes.actions.outcomes import correct_outcome
from lantoa.programmes.models import Enrolment, Outcome, Requirement


@dataclass(frozen=True)
class Result:
    """How one person did; `score` in percent."""

    enrolment: Enrolment
    passed: bool
    score: int | None


@transaction.atomic
def report_outcomes(
    *,
    requirement: Requirement,
    results: Sequence[Result],
    source: str,
    at: datetime,
    actor: User | None,
) -> None:
    """`record_outcome` for everybody of a class: events for the batch, and one for each who thereby
    completes. What `source` reported before is corrected."""
    told = Outcome.objects.filter(requirement=requirement, source=source)
    before = set(told.values_list("enrolment_id", flat=True))
    for one in results:
        if one.enrolment.pk in before:
            correct_outcome(
                enrolment=one.enrolment, requirement=requirement, passed=one.passed,
                source=source, score=one.score, at=at, actor=actor,
            )  # fmt: skip
    fresh = {one.enrolment.pk: one for one in results if one.enrolment.pk not in before}
    if not fresh:
        return
    record_started_many(moments=dict.fromkeys(fresh, at), actor=actor)
    reports = [
        Report(pk, requirement, one.passed, source, at, one.score) for pk, one in fresh.items()
    ]
    for pk in record_outcomes(reports=reports, actor=actor):
        enrolment = fresh[pk].enrolment
        record(
            actor=actor,
            action="programmes.complete_enrolment",
            on=enrolment,
            data={"person": enrolment.person_id, "cohort": enrolment.cohort_id},
        )
