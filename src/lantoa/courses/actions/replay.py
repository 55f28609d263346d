from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.courses.actions.progress import announce, fields_of
from lantoa.courses.models import Activity, Course, CourseVersion, LessonProgress, Registration
from lantoa.courses.queries.outline import outlines_of
from lantoa.courses.rules.gate import course_done
from lantoa.courses.rules.progress import LessonState, Step, apart, derive
from lantoa.courses.statements import course_statement, statement
from lantoa.kernel.bulk import insert, update
from lantoa.records import verbs
from lantoa.records.actions import append
from lantoa.records.models import Statement

PROGRESS = (
    "registration", "lesson_key", "started_at", "round", "score", "completed_at", "activities",
)  # fmt: skip


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
    progress: list[list[Any]] = []
    kinds = _kinds(versions)
    moments: dict[int, tuple[datetime, datetime | None]] = {}
    for history in (History(each.registration, apart(each.steps)) for each in histories):
        registration, states = history.registration, derive(history.steps)
        outline = outlines[registration.version_id]
        completed = {key for key, state in states.items() if state.completed_at}
        done = course_done(outline.shapes, completed, outline.version.elective_minimum)
        started, finished = history.steps[0].at, history.steps[-1].at if done else None
        registration.started_at, registration.completed_at = started, finished
        moments[registration.pk] = (started, finished)
        statements += _said(history, courses[registration.course_id].key, kinds)
        progress += _rows(registration, states)
    append(statements)
    insert(LessonProgress, PROGRESS, progress)
    registrations = [history.registration for history in histories]
    stamps = ((r.started_at, r.completed_at, r.pk) for r in registrations)
    update(Registration, ("started_at", "completed_at"), stamps)
    for registration in registrations if announced else ():
        announce(registration, "courses.start_registration")
        if registration.completed_at:
            announce(registration, "courses.complete_registration")
    for course in courses.values():
        ids = [each.pk for each in registrations if each.course_id == course.pk]
        record(actor=actor, action="courses.replay", on=course, data={"registrations": ids})
    return moments


def _kinds(versions: Collection[int]) -> dict[UUID, str]:
    """Activity key -> kind."""
    rows = Activity.objects.filter(lesson__module__version__in=versions)
    return dict(rows.values_list("key", "kind"))


def _said(history: History, course_key: UUID, kinds: Mapping[UUID, str]) -> list[Statement]:
    registration = history.registration
    first = history.steps[0].at
    said = [course_statement(registration, course_key, verbs.INITIALIZED, first)]
    said += [
        statement(
            registration, course_key, step, kinds.get(step.activity, "") if step.activity else ""
        )
        for step in history.steps
    ]
    if registration.completed_at:
        at = registration.completed_at
        said.append(course_statement(registration, course_key, verbs.COMPLETED, at))
    return said


def _rows(registration: Registration, states: dict[UUID, LessonState]) -> list[list[Any]]:
    """In the order of `PROGRESS`."""
    return [
        [registration.pk, key, *(fields_of(state)[name] for name in PROGRESS[2:])]
        for key, state in states.items()
    ]
