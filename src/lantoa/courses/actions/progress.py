"""The one place where learning is written down: statements appended and what they mean derived from
them, in one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from lantoa.audit.actions import record
from lantoa.courses.models import LessonProgress, Registration
from lantoa.courses.queries.outline import outline_of
from lantoa.courses.queries.places import Place, state_of
from lantoa.courses.rules.gate import Verdict, course_done, verdict
from lantoa.courses.rules.progress import MOMENT, LessonState, Step, apart, fold
from lantoa.courses.statements import course_statement, statement
from lantoa.kernel import clock
from lantoa.records import verbs
from lantoa.records.actions import append
from lantoa.records.models import Statement

Decide = Callable[[LessonState | None, datetime], Sequence[Step]]


@dataclass
class Taken:
    """What a step came to."""

    state: LessonState
    completed_lesson: bool = False
    completed_course: bool = False
    steps: list[Step] = field(default_factory=list)


def take(place: Place, decide: Decide) -> Taken | None:
    """Take the steps that `decide(state, now)` gives, under a lock on the registration, so that two
    requests at once (a double tap) are one after the other. No steps: nothing is written, None.

    The caller opens the transaction.
    """
    registration = (
        Registration.objects.select_for_update(of=("self",))
        .select_related("course", "version")
        .get(pk=place.registration.pk)
    )
    row = LessonProgress.objects.filter(
        registration=registration, lesson_key=place.lesson.key
    ).first()
    before = state_of(row)
    taken = _follow(place, before, decide(before, clock.now()))
    if taken is None:
        return None
    taken.completed_lesson = bool(taken.state.completed_at) and not (before and before.completed_at)
    write_state(registration, row, place, taken.state)
    kind = place.activity.kind if place.activity else ""
    said = [statement(registration, registration.course.key, step, kind) for step in taken.steps]
    append([*_started(registration, taken), *said, *_completed(registration, taken)])
    return taken


def fields_of(state: LessonState) -> dict[str, object]:
    return {
        "started_at": state.started_at,
        "round": state.round,
        "score": state.score,
        "completed_at": state.completed_at,
        "activities": dict(state.activities),
    }


def _follow(place: Place, before: LessonState | None, steps: Sequence[Step]) -> Taken | None:
    state, followed = before, apart(steps)
    for step in followed:
        state = fold(state, step)
    if state is None or not followed:
        return None
    last = followed[-1]
    if last.verb in (verbs.ANSWERED, verbs.COMPLETED) and last.activity is not None:
        decided = verdict(state, place.lesson, answered=last.verb == verbs.ANSWERED)
        if decided is not None:
            followed.append(_verdict_step(place, decided, last.at + MOMENT))
            state = fold(state, followed[-1])
    return Taken(state=state, steps=followed)


def _verdict_step(place: Place, decided: Verdict, at: datetime) -> Step:
    score = {
        "scaled": round(decided.points / decided.total, 4),
        "raw": decided.points,
        "min": 0,
        "max": decided.total,
    }
    passed = decided.verb == verbs.PASSED
    result = {"score": score, "success": passed, **({"completion": True} if passed else {})}
    return Step(verb=decided.verb, lesson=place.lesson.key, at=at, result=result)


def write_state(
    registration: Registration, row: LessonProgress | None, place: Place, state: LessonState
) -> None:
    if row is None:
        row = LessonProgress(registration=registration, lesson_key=place.lesson.key)
    for name, value in fields_of(state).items():
        setattr(row, name, value)
    row.save()


def event_data(registration: Registration) -> dict[str, int]:
    return {
        "person": registration.person_id,
        "course": registration.course_id,
        "registration": registration.pk,
    }


def _started(registration: Registration, taken: Taken) -> list[Statement]:
    if registration.started_at is not None:
        return []
    at = taken.steps[0].at
    registration.started_at = at
    registration.save(update_fields=["started_at"])
    announce(registration, "courses.start_registration")
    return [course_statement(registration, registration.course.key, verbs.INITIALIZED, at - MOMENT)]


def _completed(registration: Registration, taken: Taken) -> list[Statement]:
    if not taken.completed_lesson:
        return []
    at = taken.steps[-1].at + MOMENT
    taken.completed_course = complete_if_done(registration, at)
    if not taken.completed_course:
        return []
    return [course_statement(registration, registration.course.key, verbs.COMPLETED, at)]


def complete_if_done(registration: Registration, at: datetime) -> bool:
    """Stamp the registration when its course is done now; True the one time it becomes so.

    The registration is locked, and its progress written.
    """
    if registration.completed_at is not None:
        return False
    finished = LessonProgress.objects.filter(registration=registration, completed_at__isnull=False)
    completed = set(finished.values_list("lesson_key", flat=True))
    outline = outline_of(registration.version)
    if not course_done(outline.shapes, completed, registration.version.elective_minimum):
        return False
    complete(registration, at)
    return True


def complete(registration: Registration, at: datetime) -> None:
    registration.completed_at = at
    registration.save(update_fields=["completed_at"])
    announce(registration, "courses.complete_registration")


def announce(registration: Registration, action: str) -> None:
    """The learner acts by learning; the event names them in its data."""
    record(actor=None, action=action, on=registration, data=event_data(registration))
