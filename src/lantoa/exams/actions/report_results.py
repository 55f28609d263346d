"""Telling programmes what came out: calls go down, and the hot path doesn't wait for it."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q, QuerySet

from lantoa.accounts.models import User
from lantoa.exams.models import Exam, Result
from lantoa.kernel import clock
from lantoa.programmes.actions import correct_outcome


def to_report() -> QuerySet[Result]:
    """Results that a programme waits for and that are out: final, and released where the council
    releases."""
    out = Q(attempt__sitting__exam__release=Exam.Release.IMMEDIATE) | Q(
        attempt__sitting__released_at__isnull=False
    )
    return Result.objects.filter(
        out,
        reported_at=None,
        waits_for_marks=False,
        attempt__candidate__enrolment__isnull=False,
        attempt__sitting__exam__requirement__isnull=False,
    )


@transaction.atomic
def report_results(*, results: Iterable[Result], actor: User | None) -> int:
    """Tell the programme of these, each once; how many there were to tell of. A result that changed
    since is told anew and corrects what was told of it before."""
    ids = [result.pk for result in results]
    waiting = (
        to_report()
        .filter(pk__in=ids)
        .select_related("attempt__candidate__enrolment", "attempt__sitting__exam__requirement")
        .select_for_update(of=("self",))
    )
    told = 0
    for result in waiting.order_by("id"):
        exam, candidate = result.attempt.sitting.exam, result.attempt.candidate
        assert exam.requirement is not None
        assert candidate.enrolment is not None
        correct_outcome(
            enrolment=candidate.enrolment,
            requirement=exam.requirement,
            passed=result.passed,
            score=result.score,
            source=f"exams.result:{result.pk}",
            at=result.at,
            actor=actor,
        )
        result.reported_at = clock.now()
        result.save(update_fields=["reported_at"])
        told += 1
    return told
