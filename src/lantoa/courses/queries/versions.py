"""A course's versions, newest first, each with what changed and who learns it."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from lantoa.courses.models import Course, CourseVersion
from lantoa.courses.queries.checks import activities_by_lesson
from lantoa.courses.queries.outline import outline_of
from lantoa.courses.rules.differences import Contents, differences


@dataclass(frozen=True)
class VersionRow:
    version: CourseVersion
    changes: list[str]
    learning: int
    completed: int


def contents_of(version: CourseVersion) -> Contents:
    outline, activities = outline_of(version), activities_by_lesson(version)
    modules: dict[UUID, tuple[str, object]] = {
        each.module.key: (
            each.module.title,
            (each.module.part, each.module.summary, each.module.is_mandatory, each.module.topic_id),
        )
        for each in outline.modules
    }
    lessons: dict[UUID, tuple[str, object]] = {
        lesson.key: (
            lesson.title,
            (
                module.module.key,
                lesson.minutes,
                lesson.pass_mark,
                [
                    (each.key, each.title, each.body, each.file_id, each.item_version_id)
                    for each in activities[lesson.pk]
                ],
            ),
        )
        for module, lesson in outline.lessons()
    }
    return Contents(modules, lessons)


def versions_of(course: Course) -> list[VersionRow]:
    """The caller has authorised the course."""
    versions = list(
        CourseVersion.objects.filter(course=course)
        .annotate(
            learning=Count("registrations", filter=Q(registrations__completed_at__isnull=True)),
            completed=Count("registrations", filter=Q(registrations__completed_at__isnull=False)),
        )
        .order_by("number")
    )
    rows: list[VersionRow] = []
    before: Contents | None = None
    for version in versions:
        now = contents_of(version)
        changes = differences(before, now) if before else []
        rows.append(VersionRow(version, changes, version.learning, version.completed))
        before = now
    return rows[::-1]
