from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.exams import papers, rules
from lantoa.exams.models import Attempt, Result, Submission
from lantoa.exams.queries.papers import contents_of
from lantoa.kernel import clock
from lantoa.programmes.actions import record_outcome


@transaction.atomic
def submit_attempt(*, actor: User | None, attempt: Attempt) -> Result:
    """Close the attempt, mark what was saved, and report the outcome. Submitting again gives the
    same result; after the deadline the cause is time, whoever pressed."""
    locked = (
        Attempt.objects.select_for_update(of=("self",))
        .select_related("form", "enrolment", "sitting__requirement")
        .get(pk=attempt.pk)
    )
    if locked.submitted_at is not None:
        return Result.objects.get(attempt=locked)
    now = clock.now()
    by_time = actor is None or now >= locked.deadline_at
    cause = Submission.Cause.TIME if by_time else Submission.Cause.CANDIDATE
    Submission.objects.create(attempt=locked, at=now, cause=cause)
    locked.submitted_at = now
    locked.save(update_fields=["submitted_at"])
    result = _mark(locked)
    record(
        actor=actor,
        action="exams.submit_attempt",
        on=locked,
        data={"cause": cause, "score": result.score, "passed": result.passed},
    )
    record_outcome(
        enrolment=locked.enrolment,
        requirement=locked.sitting.requirement,
        passed=result.passed,
        score=result.score,
        source=f"exams.result:{result.pk}",
        at=now,
        actor=actor,
    )
    return result


def _mark(attempt: Attempt) -> Result:
    responses = rules.latest(attempt.answers.all())
    mark = papers.mark(attempt.form.content, contents_of([attempt.form]), responses)
    return Result.objects.create(
        attempt=attempt,
        points=mark.points,
        points_possible=mark.possible,
        score=mark.score,
        passed=mark.passed,
        detail=mark.detail,
        at=attempt.submitted_at or clock.now(),
    )
