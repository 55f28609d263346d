"""What an invigilator does while a sitting runs. Short transactions: they stand between candidates'
saves. Attempts are locked in the order of their ids, as the hot path does."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.exams.actions.submit_attempt import submit_attempt
from lantoa.exams.models import Attempt, Candidate, Incident, Room, Sitting, Submission
from lantoa.exams.refusals import NotPossible
from lantoa.kernel import clock
from lantoa.kernel.text import clean

MOST_MINUTES = 180


def _note(
    actor: User, sitting: Sitting, verb: str, candidates: Iterable[Candidate] = (), **data: Any
) -> None:
    """One event on the sitting: the minutes are written from these."""
    ids = [candidate.pk for candidate in candidates]
    record(actor=actor, action=f"exams.{verb}", on=sitting, data={"candidates": ids, **data})


def _running(candidates: Iterable[Candidate]) -> list[int]:
    """Ids of their attempts not submitted yet, locked."""
    found = Attempt.objects.filter(
        candidate__in=[candidate.pk for candidate in candidates], submitted_at__isnull=True
    )
    return list(found.order_by("id").select_for_update().values_list("pk", flat=True))


@transaction.atomic
def unlock(*, actor: User, candidate: Candidate) -> None:
    """Let a number in again after too many wrong codes."""
    Candidate.objects.filter(pk=candidate.pk).update(failures=0, locked_at=None)
    _note(actor, candidate.sitting, "unlock_candidate", [candidate])


@transaction.atomic
def allow_move(*, actor: User, candidate: Candidate) -> None:
    """Let the next entry take the attempt over on another device. Raises NotPossible."""
    ids = _running([candidate])
    if not ids:
        raise NotPossible.nothing_runs()
    Attempt.objects.filter(pk__in=ids).update(move_allowed_at=clock.now())
    _note(actor, candidate.sitting, "allow_move", [candidate])


@transaction.atomic
def add_time(
    *, actor: User, sitting: Sitting, candidates: Iterable[Candidate], minutes: int, reason: str
) -> int:
    """Minutes more for these: on the deadline where the clock runs, on top of the paper's own where
    it hasn't begun. How many candidates got them. Raises NotPossible."""
    if not 1 <= minutes <= MOST_MINUTES:
        raise NotPossible.minutes(MOST_MINUTES)
    chosen = list(candidates)
    ids = _running(chosen)
    started = Attempt.objects.filter(pk__in=ids, started_at__isnull=False)
    with_clock = set(started.values_list("candidate_id", flat=True))
    started.update(
        deadline_at=F("deadline_at") + timedelta(minutes=minutes),
        added_seconds=F("added_seconds") + minutes * 60,
    )
    done = set(
        Candidate.objects.filter(
            pk__in=[c.pk for c in chosen], attempts__submitted_at__isnull=False
        ).values_list("pk", flat=True)
    )
    waiting = [c.pk for c in chosen if c.pk not in with_clock and c.pk not in done]
    for at in range(0, len(waiting), 500):
        Candidate.objects.filter(pk__in=waiting[at : at + 500]).update(
            extra_minutes=F("extra_minutes") + minutes
        )
    given = [c for c in chosen if c.pk in with_clock or c.pk not in done]
    if not given:
        raise NotPossible.nothing_runs()
    _note(actor, sitting, "add_time", given, minutes=minutes, reason=clean(reason))
    return len(given)


@transaction.atomic
def pause_sitting(*, actor: User, sitting: Sitting, reason: str) -> int:
    """Stop everybody's clock (a power cut); how many were at work. What they send meanwhile is
    still saved. Raises NotPossible."""
    locked = Sitting.objects.select_for_update().get(pk=sitting.pk)
    if locked.paused_at is not None:
        raise NotPossible.paused_already()
    now = clock.now()
    Sitting.objects.filter(pk=locked.pk).update(paused_at=now)
    running = _attempts_at_work(locked).filter(paused_at__isnull=True, deadline_at__gt=now)
    ids = list(running.order_by("id").select_for_update().values_list("pk", flat=True))
    for at in range(0, len(ids), 500):
        Attempt.objects.filter(pk__in=ids[at : at + 500]).update(paused_at=now)
    _note(actor, locked, "pause_sitting", reason=clean(reason), working=len(ids))
    return len(ids)


@transaction.atomic
def resume_sitting(*, actor: User, sitting: Sitting) -> int:
    """Let the clocks go on; all get back the time that they stood, and the sitting's end moves with
    them. How many went on. Raises NotPossible."""
    locked = Sitting.objects.select_for_update().get(pk=sitting.pk)
    if locked.paused_at is None:
        raise NotPossible.not_paused()
    stood = clock.now() - locked.paused_at
    seconds = round(stood.total_seconds())
    stopped = _attempts_at_work(locked).filter(paused_at=locked.paused_at)
    ids = list(stopped.order_by("id").select_for_update().values_list("pk", flat=True))
    for at in range(0, len(ids), 500):
        Attempt.objects.filter(pk__in=ids[at : at + 500]).update(
            deadline_at=F("deadline_at") + stood,
            added_seconds=F("added_seconds") + seconds,
            paused_at=None,
        )
    Sitting.objects.filter(pk=locked.pk).update(
        paused_at=None,
        closes_at=F("closes_at") + stood,
        last_start_at=F("last_start_at") + stood,
    )
    _note(actor, locked, "resume_sitting", seconds=seconds, working=len(ids))
    return len(ids)


def _attempts_at_work(sitting: Sitting) -> Any:
    return Attempt.objects.filter(
        sitting=sitting, started_at__isnull=False, submitted_at__isnull=True
    )


@transaction.atomic
def end_attempt(*, actor: User, candidate: Candidate, reason: str) -> None:
    """Close a candidate's attempt at once, with what was saved (breach of rules, illness). Raises
    NotPossible."""
    if not clean(reason):
        raise NotPossible.reason_missing()
    attempt = Attempt.objects.filter(
        candidate=candidate, started_at__isnull=False, submitted_at__isnull=True
    ).first()
    if attempt is None:
        raise NotPossible.nothing_runs()
    submit_attempt(actor=actor, attempt=attempt, cause=Submission.Cause.ENDED)
    _note(actor, candidate.sitting, "end_attempt", [candidate], reason=clean(reason))


@transaction.atomic
def note_incident(
    *,
    actor: User,
    sitting: Sitting,
    text: str,
    room: Room | None = None,
    candidate: Candidate | None = None,
) -> Incident:
    """Write down what happened, for the minutes. Raises NotPossible."""
    words = text.strip()
    if not words:
        raise NotPossible.reason_missing()
    incident = Incident.objects.create(
        sitting=sitting,
        room=room or (candidate.room if candidate else None),
        candidate=candidate,
        text=words[:2000],
        by_id=actor.pk,
    )
    record(actor=actor, action="exams.note_incident", on=incident, data={"sitting": sitting.pk})
    return incident
