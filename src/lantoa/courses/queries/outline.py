"""What a version holds: its modules and lessons, and the activities of a lesson."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from lantoa.courses.kinds import kind_of
from lantoa.courses.models import Activity, CourseVersion, Lesson, Module
from lantoa.courses.rules.gate import ActivityShape, LessonShape, ModuleShape


@dataclass
class ModuleOutline:
    module: Module
    lessons: list[Lesson] = field(default_factory=list)

    @property
    def shape(self) -> ModuleShape:
        return ModuleShape(self.module.is_mandatory, tuple(lesson.key for lesson in self.lessons))

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons)


@dataclass
class Outline:
    version: CourseVersion
    modules: list[ModuleOutline]

    @cached_property
    def shapes(self) -> list[ModuleShape]:
        return [module.shape for module in self.modules]

    def lessons(self) -> Iterator[tuple[ModuleOutline, Lesson]]:
        for module in self.modules:
            for lesson in module.lessons:
                yield module, lesson

    def find(self, key: UUID) -> tuple[ModuleOutline, Lesson] | None:
        return next((found for found in self.lessons() if found[1].key == key), None)


def outlines_of(versions: list[CourseVersion]) -> dict[int, Outline]:
    """The trees of several versions by version id, in one query, one more where there are drafts;
    removed pieces left out."""
    by_module: dict[int, ModuleOutline] = {}
    drafts = [version.pk for version in versions if version.published_at is None]
    if drafts:
        # Only a draft may hold a module without lessons.
        for module in Module.objects.filter(version__in=drafts, removed_at__isnull=True):
            by_module[module.pk] = ModuleOutline(module)
    ids = [version.pk for version in versions]
    lessons = Lesson.objects.filter(
        module__version__in=ids, removed_at__isnull=True, module__removed_at__isnull=True
    )
    for lesson in lessons.select_related("module").order_by("position", "id"):
        outline = by_module.setdefault(lesson.module_id, ModuleOutline(lesson.module))
        outline.lessons.append(lesson)
    outlines = {version.pk: Outline(version, []) for version in versions}
    for outline in sorted(by_module.values(), key=lambda o: (o.module.position, o.module.pk)):
        outlines[outline.module.version_id].modules.append(outline)
    return outlines


def outline_of(version: CourseVersion) -> Outline:
    return outlines_of([version])[version.pk]


def activities_of(lesson: Lesson) -> list[Activity]:
    """In order, with what they show, in one query."""
    return list(
        Activity.objects.filter(lesson=lesson, removed_at__isnull=True)
        .select_related("file", "item_version__item")
        .order_by("position", "id")
    )


def shape_of(lesson: Lesson, activities: list[Activity]) -> LessonShape:
    return LessonShape(
        key=lesson.key,
        pass_mark=lesson.pass_mark,
        activities=tuple(
            ActivityShape(
                key=activity.key,
                graded=kind_of(activity.kind).graded,
                required=kind_of(activity.kind).required,
            )
            for activity in activities
        ),
    )
