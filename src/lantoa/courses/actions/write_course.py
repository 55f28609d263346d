from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.courses.actions.drafts import hold_draft
from lantoa.courses.models import Course, CourseVersion
from lantoa.kernel.text import clean
from lantoa.people.models import Unit


@transaction.atomic
def create_course(
    *, actor: User | None, unit: Unit, code: str, title: str, summary: str = ""
) -> CourseVersion:
    """Begin a course of a unit; its first draft. The caller has checked the unit is in reach."""
    course = Course.objects.create(
        unit=unit,
        code=clean(code),
        title=clean(title),
        summary=summary.strip(),
        created_by_id=actor.pk if actor else None,
    )
    version = CourseVersion.objects.create(course=course, number=1)
    record(actor=actor, action="courses.create_course", on=course, data={"code": course.code})
    return version


@transaction.atomic
def edit_course(
    *,
    actor: User | None,
    version: CourseVersion,
    title: str,
    summary: str,
    elective_minimum: int,
) -> None:
    """Change what the course is called, and how many elective modules the draft asks for."""
    held = hold_draft(version)
    held.elective_minimum = elective_minimum
    held.save(update_fields=["elective_minimum"])
    course = Course.objects.get(pk=version.course_id)
    course.title, course.summary = clean(title), summary.strip()
    course.save(update_fields=["title", "summary"])
    record(actor=actor, action="courses.edit_course", on=course)
