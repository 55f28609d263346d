"""What the council decides of a sitting's results, and the check it asks for before."""

from collections.abc import Callable

from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.exams.actions.tell import tell_released
from lantoa.exams.models import CouncilDecision, Sitting
from lantoa.exams.queries.checking import verify
from lantoa.exams.queries.council import figures_of, pending_of, verification_of
from lantoa.exams.refusals import NotReady
from lantoa.exams.rules.council import hindrances
from lantoa.kernel import clock

MOST_NAMED = 200


@transaction.atomic
def approve_results(*, actor: User, sitting: Sitting, note: str) -> CouncilDecision:
    """Approve and let candidates see. The worker tells programmes. Raises NotReady."""
    locked = Sitting.objects.select_for_update().get(pk=sitting.pk)
    pending = pending_of(locked, verification_of(locked))
    if found := hindrances(pending):
        raise NotReady(found)
    locked.released_at = clock.now()
    locked.save(update_fields=["released_at"])
    figures = figures_of(locked)
    data = {
        "note": note, "submitted": figures.submitted, "passed": figures.passed,
        "failed": figures.failed, "unsound": pending.unsound,
    }  # fmt: skip
    record(actor=actor, action="exams.approve_results", on=locked, data=data)
    tell_released(sitting=locked)
    kind = CouncilDecision.Kind.APPROVED
    return CouncilDecision.objects.create(sitting=locked, kind=kind, note=note, by_id=actor.pk)


@transaction.atomic
def reopen_results(*, actor: User, sitting: Sitting, note: str) -> CouncilDecision:
    """Take results back from sight to look at them again. What programmes were told of stands until
    a result changes."""
    Sitting.objects.filter(pk=sitting.pk).update(released_at=None)
    record(actor=actor, action="exams.reopen_results", on=sitting, data={"note": note})
    kind = CouncilDecision.Kind.REOPENED
    return CouncilDecision.objects.create(sitting=sitting, kind=kind, note=note, by_id=actor.pk)


def verify_sitting(
    *, actor: User | None, sitting: Sitting, progress: Callable[[int], None] = lambda done: None
) -> dict[str, str]:
    """Check every log and result of a sitting; by attempt, what doesn't hold. Nothing is changed
    but that the check is on record."""
    unsound: dict[str, str] = {}
    attempts = 0
    for attempts, checked in enumerate(verify(sitting), start=1):
        if checked.unsound is not None:
            unsound[str(checked.attempt.public_id)] = checked.unsound.value
        if attempts % 100 == 0:
            progress(attempts)
    named = dict(list(unsound.items())[:MOST_NAMED])
    data = {"attempts": attempts, "unsound": named}
    record(actor=actor, action="exams.verify_sitting", on=sitting, data=data)
    return unsound


def note_score_list(*, actor: User, sitting: Sitting, rows: int, form: str) -> None:
    """Write down that the list of scores, with people's names, was taken out."""
    data = {"candidates": rows, "form": form}
    record(actor=actor, action="exams.export_score_list", on=sitting, data=data)
