"""Results become outcomes, some hundred at a time: a batch of 25.000 doesn't keep others from
writing. What is written is marked, so a job that was interrupted goes on where it stopped."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, time
from typing import Final

from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.kernel import bulk, clock
from lantoa.programmes.actions.outcomes import correct_outcome, withdraw_outcome
from lantoa.programmes.actions.report_outcomes import Result, report_outcomes
from lantoa.providers.models import ResultImport, ResultRow
from lantoa.providers.queries.matching import told_before
from lantoa.providers.queries.people import people_of

State, RowState = ResultImport.State, ResultRow.State
AT_ONCE: Final = 500
RECORDED: Final = (RowState.NEW, RowState.CHANGE)
Say = Callable[[int, int], None]


def apply_results(*, actor: User | None, of: ResultImport, say: Say) -> dict[str, int]:
    """How many were recorded, and how many left out because the person has left the list since."""
    rows = of.rows.filter(state__in=RECORDED).order_by("position")
    total = rows.count()
    while chunk := list(rows.filter(applied_at=None).select_related("enrolment")[:AT_ONCE]):
        _apply_chunk(of, chunk, actor)
        say(rows.exclude(applied_at=None).count(), total)
    written = of.rows.filter(applied_at__isnull=False)
    recorded = written.filter(state__in=RECORDED).count()
    left_out = written.filter(state=RowState.UNKNOWN).count()
    _finish(of, State.APPLIED, "apply_results", recorded, actor)
    return {"recorded": recorded, "left_out": left_out}


@transaction.atomic
def _apply_chunk(of: ResultImport, chunk: list[ResultRow], actor: User | None) -> None:
    assignment = of.assignment
    ids = [row.enrolment_id for row in chunk if row.enrolment_id is not None]
    inside = set(people_of(assignment).filter(pk__in=ids).values_list("pk", flat=True))
    before = told_before(assignment, among=ids)
    by_moment: dict[datetime, list[Result]] = defaultdict(list)
    gone: list[int] = []
    were: list[tuple[bool | None, int | None, int]] = []
    for row in chunk:
        if row.enrolment_id not in inside or row.enrolment is None or row.passed is None:
            gone.append(row.pk)
            continue
        # As it stands now: another list may have been recorded since the dry run.
        was = before.get(row.enrolment_id, (None, None))
        if was != (row.was_passed, row.was_score):
            were.append((*was, row.pk))
        by_moment[_moment(row)].append(Result(row.enrolment, row.passed, row.score))
    for at, results in by_moment.items():
        report_outcomes(
            requirement=assignment.requirement,
            results=results,
            source=assignment.source,
            at=at,
            actor=actor,
        )
    bulk.update(ResultRow, ["was_passed", "was_score"], were)
    rows = ResultRow.objects.filter(pk__in=[row.pk for row in chunk])
    rows.filter(pk__in=gone).update(state=RowState.UNKNOWN, code="nobody", enrolment=None)
    rows.update(applied_at=clock.now())


def _moment(row: ResultRow) -> datetime:
    """Noon of the day that is stated, never ahead of now; now where none is."""
    if row.on_date is None:
        return clock.now()
    return min(datetime.combine(row.on_date, time(12), clock.VIETNAM), clock.now())


def undo_results(*, actor: User | None, of: ResultImport, say: Say) -> dict[str, int]:
    """Back to what was told before; what another list has changed since stays. How many of each."""
    rows = of.rows.filter(state__in=RECORDED, applied_at__isnull=False).order_by("position")
    total = rows.count()
    while chunk := list(rows.filter(undone_at=None).select_related("enrolment")[:AT_ONCE]):
        _undo_chunk(of, chunk, actor)
        say(rows.exclude(undone_at=None).count(), total)
    _finish(of, State.UNDONE, "results_undone", total, actor)
    return {"undone": total}


@transaction.atomic
def _undo_chunk(of: ResultImport, chunk: list[ResultRow], actor: User | None) -> None:
    assignment = of.assignment
    now = told_before(
        assignment, among=[row.enrolment_id for row in chunk if row.enrolment_id is not None]
    )
    for row in chunk:
        enrolment = row.enrolment
        if enrolment is None or now.get(enrolment.pk) != (row.passed, row.score):
            continue
        if row.was_passed is None:
            withdraw_outcome(
                enrolment=enrolment, requirement=assignment.requirement, source=assignment.source,
                actor=actor,
            )  # fmt: skip
        else:
            correct_outcome(
                enrolment=enrolment, requirement=assignment.requirement, source=assignment.source,
                passed=row.was_passed, score=row.was_score, actor=actor,
            )  # fmt: skip
    rows = ResultRow.objects.filter(pk__in=[row.pk for row in chunk])
    rows.update(undone_at=clock.now())


@transaction.atomic
def _finish(of: ResultImport, state: str, action: str, count: int, actor: User | None) -> None:
    of.state = state
    of.save(update_fields=["state"])
    record(actor=actor, action=f"providers.{action}", on=of, data={"count": count})
