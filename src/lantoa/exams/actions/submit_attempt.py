from django.db import transaction

from lantoa.accounts.models import User
from lantoa.exams.actions.operating import SYSTEM, operate
from lantoa.exams.actions.report_results import report_results
from lantoa.exams.delivery.operations import Submit, Submitted
from lantoa.exams.models import Attempt, Result, Submission
from lantoa.kernel import clock


@transaction.atomic
def submit_attempt(
    *, actor: User | None, attempt: Attempt, cause: str = Submission.Cause.CANDIDATE
) -> Result:
    """Close the attempt, score what was saved, and tell the programme. Submitting again gives the
    same result; after the deadline the cause is time, whoever pressed. The submission's row is the
    audit trail."""
    operate(Submit(attempt.pk, SYSTEM, clock.now_ms(), cause), Submitted)
    result = Result.objects.get(attempt=attempt)
    report_results(results=[result], actor=actor)
    return result
