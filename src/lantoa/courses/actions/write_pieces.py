"""Writing modules, lessons and activities of a draft."""

from uuid import UUID

from django.db import transaction

from lantoa.accounts.models import User
from lantoa.courses.actions.drafts import end_of, hold_draft, note
from lantoa.courses.kinds.base import Content
from lantoa.courses.models import Activity, CourseVersion, Lesson, Module
from lantoa.courses.queries.pieces import siblings_of, version_of
from lantoa.frameworks.models import Node
from lantoa.kernel import ids
from lantoa.kernel.text import clean


@transaction.atomic
def add_module(
    *,
    actor: User | None,
    version: CourseVersion,
    title: str,
    part: str = "",
    summary: str = "",
    topic: Node | None = None,
    is_mandatory: bool = True,
    key: UUID | None = None,
) -> Module:
    """Put a module at the end of a draft."""
    hold_draft(version)
    module = Module(
        version=version,
        key=key or ids.new_id(),
        title=clean(title),
        part=clean(part),
        summary=summary.strip(),
        topic=topic,
        is_mandatory=is_mandatory,
    )
    module.position = end_of(siblings_of(module))
    module.save()
    note(actor, "add_module", module)
    return module


@transaction.atomic
def edit_module(
    *,
    actor: User | None,
    module: Module,
    title: str,
    part: str,
    summary: str,
    topic: Node | None,
    is_mandatory: bool,
) -> None:
    hold_draft(module.version)
    module.title, module.part, module.summary = clean(title), clean(part), summary.strip()
    module.topic, module.is_mandatory = topic, is_mandatory
    module.save()
    note(actor, "edit_module", module)


@transaction.atomic
def add_lesson(
    *,
    actor: User | None,
    module: Module,
    title: str,
    minutes: int = 10,
    pass_mark: int = 70,
    key: UUID | None = None,
) -> Lesson:
    """Put a lesson at the end of a module of a draft."""
    hold_draft(module.version)
    lesson = Lesson(
        module=module,
        key=key or ids.new_id(),
        title=clean(title),
        minutes=minutes,
        pass_mark=pass_mark,
    )
    lesson.position = end_of(siblings_of(lesson))
    lesson.save()
    note(actor, "add_lesson", lesson)
    return lesson


@transaction.atomic
def edit_lesson(
    *, actor: User | None, lesson: Lesson, title: str, minutes: int, pass_mark: int
) -> None:
    hold_draft(lesson.module.version)
    lesson.title, lesson.minutes, lesson.pass_mark = clean(title), minutes, pass_mark
    lesson.save()
    note(actor, "edit_lesson", lesson)


@transaction.atomic
def add_activity(
    *,
    actor: User | None,
    lesson: Lesson,
    kind: str,
    content: Content,
    key: UUID | None = None,
) -> Activity:
    """Put an activity at the end of a lesson of a draft. `content.body` has been sanitised."""
    hold_draft(lesson.module.version)
    activity = Activity(lesson=lesson, key=key or ids.new_id(), kind=kind)
    _fill(activity, content)
    activity.position = end_of(siblings_of(activity))
    activity.save()
    note(actor, "add_activity", activity)
    return activity


@transaction.atomic
def edit_activity(*, actor: User | None, activity: Activity, content: Content) -> None:
    hold_draft(version_of(activity))
    _fill(activity, content)
    activity.save()
    note(actor, "edit_activity", activity)


def _fill(activity: Activity, content: Content) -> None:
    activity.title, activity.body = clean(content.title), content.body
    activity.file, activity.item_version = content.file, content.item_version
