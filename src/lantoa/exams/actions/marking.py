"""Marking by people: taking an answer, giving points, giving it back; what they agree on."""

from collections.abc import Sequence

from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.exams.actions.rescore import rescore
from lantoa.exams.models import Appeal, Mark, Marking, ResultChange, Sitting
from lantoa.exams.queries.marking import marks_of_round, waiting_for
from lantoa.exams.refusals import AlreadyMarked
from lantoa.exams.rules.marking import agreement
from lantoa.kernel import clock


@transaction.atomic
def take_next(*, actor: User, sitting: Sitting, version: int | None = None) -> Mark | None:
    """The next answer for this marker, theirs until they finish it or give it back; one begun is
    given again. None: nothing waits for them. The mark's row says who took it and when."""
    begun = Mark.objects.filter(marker=actor, attempt__sitting=sitting, marked_at__isnull=True)
    if (mine := begun.order_by("taken_at", "pk").first()) is not None:
        return mine
    waiting = waiting_for(actor, sitting, version)
    marking = waiting.select_for_update(of=("self",), skip_locked=True).first()
    if marking is None:
        return None
    return Mark.objects.create(
        attempt_id=marking.attempt_id,
        slot=marking.slot,
        ordinal=_free_ordinal(marking),
        marker=actor,
    )


def _free_ordinal(marking: Marking) -> int:
    taken = set(marks_of_round(marking).values_list("ordinal", flat=True))
    return min(set(range(marking.before + 1, marking.wants + 1)) - taken)


@transaction.atomic
def save_mark(*, actor: User, mark: Mark, rubric: Sequence[int | None], comment: str) -> None:
    """A draft, for its marker alone. Raises AlreadyMarked."""
    _marking(mark)
    if mark.marked_at is not None:
        raise AlreadyMarked
    _write(mark, rubric, comment)


@transaction.atomic
def finish_mark(*, actor: User, mark: Mark, rubric: Sequence[int], comment: str) -> Marking:
    """Give the points. May be done again until the other marker has finished too. The marks that
    are then complete settle the answer, and the last answer settled completes the result.
    Raises AlreadyMarked."""
    marking = _marking(mark)
    if mark.marked_at is not None and not may_change(mark, marking):
        raise AlreadyMarked
    mark.points, mark.marked_at = sum(rubric), clock.now()
    _write(mark, rubric, comment)
    data = {"attempt": mark.attempt_id, "slot": mark.slot, "ordinal": mark.ordinal}
    record(actor=actor, action="exams.mark", on=mark, data=data | {"points": mark.points})
    _settle(marking, actor)
    return marking


@transaction.atomic
def give_back(*, actor: User, mark: Mark) -> None:
    """For another marker to take; what was drafted is dropped. Raises AlreadyMarked."""
    if mark.marked_at is not None:
        raise AlreadyMarked
    data = {"attempt": mark.attempt_id, "slot": mark.slot, "ordinal": mark.ordinal}
    record(actor=actor, action="exams.give_back_mark", on=mark, data=data)
    mark.delete()


def may_change(mark: Mark, marking: Marking) -> bool:
    """While nobody else of the round has finished: nobody adapts to a colleague."""
    others = marks_of_round(marking).filter(marked_at__isnull=False).exclude(pk=mark.pk)
    return marking.settled_at is None and mark.ordinal > marking.before and not others.exists()


def _marking(mark: Mark) -> Marking:
    """Locked: two who finish at once settle one after the other. A mark of a round that was
    overtaken (its answer changed) is finished with."""
    marking = (
        Marking.objects.select_for_update(of=("self",))
        .select_related("attempt__sitting__exam")
        .get(attempt=mark.attempt_id, slot=mark.slot)
    )
    if marking.settled_at is not None or mark.ordinal <= marking.before:
        raise AlreadyMarked
    return marking


def _write(mark: Mark, rubric: Sequence[int | None], comment: str) -> None:
    mark.rubric, mark.comment = list(rubric), comment
    mark.save(update_fields=["rubric", "comment", "points", "marked_at"])


def _settle(marking: Marking, actor: User | None) -> None:
    given = marks_of_round(marking).filter(marked_at__isnull=False).order_by("ordinal")
    points = [each for each in given.values_list("points", flat=True) if each is not None]
    percent = marking.attempt.sitting.exam.difference_percent
    agreed = agreement(points, marking.possible, percent)
    marking.wants = marking.before + agreed.wants
    if agreed.points is not None:
        marking.settled_at = clock.now()
        appealed = Appeal.objects.filter(attempt=marking.attempt_id, decided_at__isnull=True)
        if marking.agreed is None or not appealed.exists():
            marking.agreed = agreed.points
    marking.save(update_fields=["wants", "settled_at", "agreed"])
    waits = Marking.objects.filter(attempt=marking.attempt_id, settled_at__isnull=True)
    if agreed.points is not None and not waits.exists():
        cause = ResultChange.Cause.MARKED
        rescore(attempts=[marking.attempt_id], cause=cause, note="", actor=actor)
