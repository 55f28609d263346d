"""Appeals (phúc khảo): filed by the candidate, marked again by others, decided with a trace."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.exams.actions.markings import next_round
from lantoa.exams.actions.rescore import rescore
from lantoa.exams.actions.tell import tell_appeal
from lantoa.exams.models import Appeal, Attempt, Marking, Result, ResultChange
from lantoa.exams.queries.appeals import my_appeal
from lantoa.exams.queries.marking import marks_of_round
from lantoa.exams.refusals import NoAppeal
from lantoa.exams.rules.appeals import Appealing, end_of
from lantoa.exams.rules.marking import agreement
from lantoa.kernel import clock


@transaction.atomic
def file_appeal(
    *, actor: User, attempt: Attempt, reason: str, received_on: date | None = None
) -> Appeal:
    """Ask for an attempt to be looked at again, once, while the period runs. `received_on`: a paper
    came in that day, and somebody else writes it down. Raises NoAppeal."""
    Attempt.objects.select_for_update().get(pk=attempt.pk)
    at = end_of(received_on) if received_on else None
    mine = my_appeal(attempt, Result.objects.get(attempt=attempt), at)
    if mine.state is not Appealing.OPEN:
        raise NoAppeal(_("Không gửi được đơn: đã gửi rồi, đã hết hạn hoặc kết quả chưa công bố."))
    appeal = Appeal.objects.create(
        attempt=attempt, reason=reason, filed_by_id=actor.pk, received_on=received_on
    )
    data = {"attempt": attempt.pk, **({"received_on": str(received_on)} if received_on else {})}
    record(actor=actor, action="exams.file_appeal", on=appeal, data=data)
    return appeal


@transaction.atomic
def reopen_marking(*, actor: User, appeal: Appeal) -> int:
    """Ask two other markers for each answer of the attempt that people mark; what counted goes on
    counting until the decision. Raises NoAppeal."""
    _undecided(appeal)
    markings = list(Marking.objects.select_for_update().filter(attempt=appeal.attempt_id))
    if not markings or any(
        row.settled_at is None or row.opened_at > appeal.filed_at for row in markings
    ):
        raise NoAppeal(_("Bài này không có phần người chấm, hoặc đang được chấm lại."))
    for row in markings:
        row.opened_at = clock.now()
        row.save(update_fields=["opened_at"])
        next_round(row)
    data = {"attempt": appeal.attempt_id, "answers": len(markings)}
    record(actor=actor, action="exams.reopen_marking", on=appeal, data=data)
    return len(markings)


@transaction.atomic
def decide_appeal(*, actor: User, appeal: Appeal, note: str) -> Appeal:
    """What was marked again counts, all is computed anew, and whether that changed the result is
    the outcome. Raises NoAppeal."""
    locked = _undecided(appeal)
    markings = list(Marking.objects.select_for_update().filter(attempt=appeal.attempt_id))
    if any(row.settled_at is None for row in markings):
        raise NoAppeal(_("Còn phần chấm lại chưa xong."))
    percent = appeal.attempt.sitting.exam.difference_percent
    for row in markings:
        if row.opened_at > appeal.filed_at:
            _take_over(row, percent)
    cause = ResultChange.Cause.APPEAL
    done = rescore(attempts=[appeal.attempt_id], cause=cause, note=note, actor=actor)
    outcome = Appeal.Outcome.CHANGED if done.changed else Appeal.Outcome.UPHELD
    locked.decided_at, locked.decided_by_id = clock.now(), actor.pk
    locked.outcome, locked.note = outcome, note
    locked.save(update_fields=["decided_at", "decided_by_id", "outcome", "note"])
    data = {"appeal": appeal.pk, "attempt": appeal.attempt_id, "outcome": outcome, "note": note}
    on = appeal.attempt.sitting
    record(actor=actor, action="exams.decide_appeal", on=on, data=data)
    tell_appeal(appeal=locked)
    return locked


def _take_over(row: Marking, percent: int) -> None:
    """What the appeal's round agreed on counts from now on."""
    marks = marks_of_round(row).filter(marked_at__isnull=False).order_by("ordinal")
    points = [each for each in marks.values_list("points", flat=True) if each is not None]
    agreed = agreement(points, row.possible, percent).points
    if agreed is not None:
        row.agreed = agreed
        row.save(update_fields=["agreed"])


def _undecided(appeal: Appeal) -> Appeal:
    locked = Appeal.objects.select_for_update().get(pk=appeal.pk)
    if locked.decided_at is not None:
        raise NoAppeal(_("Đơn này đã được quyết định."))
    return locked
