from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.courses.actions.progress import announce, fields_of
from lantoa.courses.models import Course, CourseVersion, LessonProgress, Registration
from lantoa.courses.queries.outline import outlines_of
from lantoa.courses.rules.gate import course_done
from lantoa.courses.rules.progress import MOMENT, LessonState, Step, apart, derive
from lantoa.courses.statements import course_statement, statement
from lantoa.records import verbs
from lantoa.records.actions import append
from lantoa.records.models import Statement


@dataclass(frozen=True)
class History:
    """What somebody did in a course, in order: at least one step (`rules.progress.apart` keeps
    steps of one moment in order)."""

    registration: Registration
    steps: Sequence[Step]


@transaction.atomic
def replay(
    *, histories: Sequence[History], actor: User | None, announced: bool = True
) -> dict[int, tuple[datetime, datetime | None]]:
    """Write down many people's learning at once (carried over from elsewhere, or a rehearsal), for
    people who have not begun. Registration id → when they started, when they completed.

    The same rule derives progress as when it happens step by step. `announced`: tell the domains
    above of each start and completion; without it the caller tells them itself, in bulk.
    """
    versions = {h.registration.version_id for h in histories}
    outlines = outlines_of(list(CourseVersion.objects.filter(pk__in=versions)))
    courses = Course.objects.in_bulk({h.registration.course_id for h in histories})
    statements: list[Statement] = []
    progress: list[LessonProgress] = []
    moments: dict[int, tuple[datetime, datetime | None]] = {}
    for history in (History(each.registration, apart(each.steps)) for each in histories):
        registration, states = history.registration, derive(history.steps)
        outline = outlines[registration.version_id]
        completed = {key for key, state in states.items() if state.completed_at}
        done = course_done(outline.shapes, completed, outline.version.elective_minimum)
        started, finished = history.steps[0].at, history.steps[-1].at if done else None
        registration.started_at, registration.completed_at = started, finished
        moments[registration.pk] = (started, finished)
        statements += _said(history, courses[registration.course_id].key)
        progress += _rows(registration, states)
    append(statements)
    LessonProgress.objects.bulk_create(progress, batch_size=500)
    registrations = [history.registration for history in histories]
    Registration.objects.bulk_update(registrations, ["started_at", "completed_at"], batch_size=300)
    for registration in registrations if announced else ():
        announce(registration, "courses.start_registration")
        if registration.completed_at:
            announce(registration, "courses.complete_registration")
    for course in courses.values():
        ids = [each.pk for each in registrations if each.course_id == course.pk]
        record(actor=actor, action="courses.replay", on=course, data={"registrations": ids})
    return moments


def _said(history: History, course_key: UUID) -> list[Statement]:
    registration = history.registration
    first = history.steps[0].at
    said = [course_statement(registration, course_key, verbs.INITIALIZED, first - MOMENT)]
    said += [
        statement(registration, course_key, step, "question" if step.activity else "")
        for step in history.steps
    ]
    if registration.completed_at:
        at = registration.completed_at + MOMENT
        said.append(course_statement(registration, course_key, verbs.COMPLETED, at))
    return said


def _rows(registration: Registration, states: dict[UUID, LessonState]) -> list[LessonProgress]:
    return [
        LessonProgress(registration=registration, lesson_key=key, **fields_of(state))
        for key, state in states.items()
    ]
