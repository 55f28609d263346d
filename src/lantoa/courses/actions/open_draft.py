from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.courses.models import Activity, Course, CourseVersion, Lesson, Module


@transaction.atomic
def open_draft(*, actor: User | None, course: Course) -> CourseVersion:
    """The course's draft; made as a copy of the newest version when there is none.

    Modules, lessons and activities keep their keys: by them progress follows moved learners.
    """
    Course.objects.select_for_update().get(pk=course.pk)
    newest = CourseVersion.objects.filter(course=course).order_by("-number").first()
    if newest is not None and newest.published_at is None:
        return newest
    number = newest.number + 1 if newest else 1
    minimum = newest.elective_minimum if newest else 0
    draft = CourseVersion.objects.create(course=course, number=number, elective_minimum=minimum)
    if newest is not None:
        _copy(newest, draft)
    record(actor=actor, action="courses.open_draft", on=course, data={"version": number})
    return draft


def _copy(source: CourseVersion, draft: CourseVersion) -> None:
    modules = list(Module.objects.filter(version=source))
    lessons = list(Lesson.objects.filter(module__version=source))
    activities = list(Activity.objects.filter(lesson__module__version=source))
    old_modules = [module.pk for module in modules]
    for module in modules:
        module.pk, module.version = None, draft
    new_module = dict(zip(old_modules, Module.objects.bulk_create(modules), strict=True))
    old_lessons = [lesson.pk for lesson in lessons]
    for lesson in lessons:
        lesson.pk, lesson.module = None, new_module[lesson.module_id]
    new_lesson = dict(zip(old_lessons, Lesson.objects.bulk_create(lessons), strict=True))
    for activity in activities:
        activity.pk, activity.lesson = None, new_lesson[activity.lesson_id]
    Activity.objects.bulk_create(activities)
