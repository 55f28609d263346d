from collections.abc import Iterable

from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.exams.actions.rescore import Outcome, rescore
from lantoa.exams.models import LateAnswer, ResultChange, Sitting
from lantoa.kernel import clock


@transaction.atomic
def decide_late(
    *, actor: User, sitting: Sitting, late: Iterable[int], counts: bool, note: str
) -> Outcome:
    """The council decides that these answers count, or don't; the results follow at once. What was
    decided before (also by the sitting's policy) may be decided anew: the event keeps what it was.
    """
    chosen = list(
        LateAnswer.objects.filter(pk__in=list(late), attempt__sitting=sitting)
        .order_by("pk")
        .select_for_update()
    )
    changed = [one for one in chosen if one.counts != counts]
    was = {str(one.pk): one.counts for one in changed}
    for one in changed:
        one.counts, one.note = counts, note[:300]
        one.decided_at, one.decided_by_id = clock.now(), actor.pk
    fields = ["counts", "note", "decided_at", "decided_by_id"]
    LateAnswer.objects.bulk_update(changed, fields, batch_size=200)
    data = {"counts": counts, "note": note, "was": was}
    record(actor=actor, action="exams.decide_late", on=sitting, data=data)
    attempts = {one.attempt_id for one in changed}
    return rescore(attempts=attempts, cause=ResultChange.Cause.LATE, note=note, actor=actor)
