"""Results and certificates of a past year, as they are carried over: one event for a batch."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from lantoa.certificates.actions.issue import issue_certificates
from lantoa.demo.scenarios.staging import Staging
from lantoa.kernel import clock
from lantoa.programmes.actions.history import Report, record_outcomes, record_started_many
from lantoa.programmes.models import Cohort, Enrolment, Requirement

SOURCE = "carried-over:scenario"


def carry_over(
    staging: Staging,
    cohort: Cohort,
    at: datetime,
    *,
    share: float,
    requirements: Sequence[Requirement] | None = None,
) -> list[int]:
    """`share` of the cohort's people pass these requirements (all of them, else), the others begin
    and don't get to the end; who completes, in the order of it."""
    rng = staging.rng(f"results/{cohort.pk}")
    asked = list(cohort.programme.requirements.order_by("position"))
    asked = asked if requirements is None else list(requirements)
    people = list(
        Enrolment.objects.filter(cohort=cohort).order_by("pk").values_list("pk", flat=True)
    )
    moments: Mapping[int, datetime] = dict.fromkeys(people, at)
    with clock.fixed(at):
        record_started_many(moments=moments, actor=staging.keeper)
        failing = set(rng.sample(people, round(len(people) * (1 - share))))
        reports = [
            Report(
                pk,
                requirement,
                _passes(pk in failing, last),
                SOURCE,
                at,
                _score(rng.random(), pk in failing, last),
            )
            for pk in people
            for requirement, last in zip(asked, _lasts(len(asked)), strict=True)
        ]
        return record_outcomes(reports=reports, actor=staging.keeper)


def _lasts(count: int) -> list[bool]:
    return [number == count for number in range(1, count + 1)]


def _passes(fails: bool, last: bool) -> bool:
    """Who fails fails the last thing asked, the test."""
    return not (fails and last)


def _score(drawn: float, fails: bool, last: bool) -> int:
    return 30 + round(drawn * 18) if fails and last else 60 + round(drawn * 40)


def certify(staging: Staging, completed: Sequence[int], at: datetime) -> None:
    with clock.fixed(at):
        issue_certificates(enrolment_ids=completed, actor=staging.keeper, at=at)
