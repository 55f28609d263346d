from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.kernel import clock
from lantoa.programmes import rules
from lantoa.programmes.models import Enrolment, Outcome, Requirement


@transaction.atomic
def record_outcome(
    *,
    enrolment: Enrolment,
    requirement: Requirement,
    passed: bool,
    source: str,
    score: int | None = None,
    at: datetime | None = None,
    actor: User | None = None,
) -> Outcome:
    """Take in how a person did in one requirement, as the domain that judged it reports it.

    `score` in percent. Told twice by the same `source`, it is taken in once. The report that passes
    the last requirement completes the enrolment, with one event `programmes.complete_enrolment`.
    """
    moment = at or clock.now()
    outcome, new = Outcome.objects.get_or_create(
        enrolment=enrolment,
        requirement=requirement,
        source=source,
        defaults={"passed": passed, "score": score, "at": moment},
    )
    if not new:
        return outcome
    record(
        actor=actor,
        action="programmes.record_outcome",
        on=enrolment,
        data={"requirement": requirement.pk, "passed": passed, "score": score, "source": source},
    )
    record_started(enrolment=enrolment, at=moment)
    if passed:
        complete_if_done(enrolment=enrolment, at=moment, actor=actor)
    return outcome


@transaction.atomic
def correct_outcome(
    *,
    enrolment: Enrolment,
    requirement: Requirement,
    passed: bool,
    source: str,
    score: int | None = None,
    at: datetime | None = None,
    actor: User | None = None,
) -> Outcome:
    """What `source` reported before has changed: a rescored exam. What it was stands in the event.

    A completion that rested on it is taken back while nothing was issued on it. A certificate is
    not: that is for people to decide, so an event says that it stands in doubt.
    """
    told = Outcome.objects.filter(enrolment=enrolment, requirement=requirement, source=source)
    outcome = told.select_for_update().first()
    if outcome is None:
        return record_outcome(
            enrolment=enrolment, requirement=requirement, passed=passed, source=source,
            score=score, at=at, actor=actor,
        )  # fmt: skip
    was = {"was_passed": outcome.passed, "was_score": outcome.score}
    if (outcome.passed, outcome.score) == (passed, score):
        return outcome
    outcome.passed, outcome.score = passed, score
    outcome.save(update_fields=["passed", "score"])
    record(
        actor=actor,
        action="programmes.correct_outcome",
        on=enrolment,
        data={"requirement": requirement.pk, "passed": passed, "score": score, "source": source}
        | was,
    )
    if passed:
        complete_if_done(enrolment=enrolment, at=outcome.at, actor=actor)
    elif was["was_passed"]:
        _take_back_completion(enrolment, source, actor)
    return outcome


@transaction.atomic
def withdraw_outcome(
    *, enrolment: Enrolment, requirement: Requirement, source: str, actor: User | None = None
) -> bool:
    """`source` says that it should never have reported: a wrong file. The completion that rested on
    it goes as in `correct_outcome`. False when there was nothing."""
    told = Outcome.objects.filter(enrolment=enrolment, requirement=requirement, source=source)
    outcome = told.select_for_update().first()
    if outcome is None:
        return False
    was = {"was_passed": outcome.passed, "was_score": outcome.score}
    outcome.delete()
    record(
        actor=actor,
        action="programmes.withdraw_outcome",
        on=enrolment,
        data={"requirement": requirement.pk, "source": source} | was,
    )
    if was["was_passed"]:
        _take_back_completion(enrolment, source, actor)
    return True


def _take_back_completion(enrolment: Enrolment, source: str, actor: User | None) -> None:
    if _is_done(enrolment):
        return
    standing = Enrolment.objects.filter(pk=enrolment.pk, completed_at__isnull=False)
    taken = standing.filter(certified_at__isnull=True).update(completed_at=None)
    action = "take_back_completion" if taken else "doubt_certificate"
    if taken or standing.exists():
        record(actor=actor, action=f"programmes.{action}", on=enrolment, data={"source": source})


def _is_done(enrolment: Enrolment) -> bool:
    required = Requirement.objects.filter(programme__cohorts=enrolment.cohort_id).values_list(
        "pk", flat=True
    )
    passed = Outcome.objects.filter(enrolment=enrolment, passed=True).values_list(
        "requirement_id", flat=True
    )
    return rules.is_complete(required, passed)


def record_started(*, enrolment: Enrolment, at: datetime) -> bool:
    """Stamp the first step, once. The step itself is the event, kept where it was taken."""
    return bool(
        Enrolment.objects.filter(pk=enrolment.pk, started_at__isnull=True).update(started_at=at)
    )


def complete_if_done(*, enrolment: Enrolment, at: datetime, actor: User | None) -> bool:
    """Complete the enrolment when nothing is missing. The conditional UPDATE makes it once only,
    whoever else reports at the same moment. A withdrawn enrolment is not completed."""
    if not _is_done(enrolment):
        return False
    if not Enrolment.objects.filter(
        pk=enrolment.pk, completed_at__isnull=True, withdrawn_at__isnull=True
    ).update(completed_at=at):
        return False
    record(
        actor=actor,
        action="programmes.complete_enrolment",
        on=enrolment,
        data={"person": enrolment.person_id, "cohort": enrolment.cohort_id},
    )
    return True


@transaction.atomic
def record_certified(
    *, enrolment_ids: Sequence[int], at: datetime | None = None, actor: User | None = None
) -> int:
    """Stamp that certificates were issued, a few hundred rows per UPDATE, one audit event. How many
    were stamped: those certified already, or not completed, are left out."""
    stamped = 0
    for start in range(0, len(enrolment_ids), 500):
        stamped += Enrolment.objects.filter(
            pk__in=enrolment_ids[start : start + 500],
            certified_at__isnull=True,
            completed_at__isnull=False,
        ).update(certified_at=at or clock.now())
    if stamped:
        record(
            actor=actor,
            action="programmes.record_certified",
            on=("programmes.enrolment", "batch"),
            data={"count": stamped},
        )
    return stamped


@transaction.atomic
def record_uncertified(*, enrolment: Enrolment, actor: User | None = None) -> bool:
    """The certificate was revoked and none stands in its place."""
    if not Enrolment.objects.filter(pk=enrolment.pk, certified_at__isnull=False).update(
        certified_at=None
    ):
        return False
    record(actor=actor, action="programmes.record_uncertified", on=enrolment)
    return True
