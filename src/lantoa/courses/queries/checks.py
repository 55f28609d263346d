"""The checks of a draft before publishing, with where to mend each."""

from collections import defaultdict
from dataclasses import dataclass

from lantoa.courses.kinds import kind_of
from lantoa.courses.models import Activity, CourseVersion, Lesson
from lantoa.courses.queries.outline import ModuleOutline, outline_of
from lantoa.courses.rules.publication import LessonDraft, ModuleDraft, problems


@dataclass(frozen=True)
class Finding:
    """A sentence, and the lesson or module where it is mended."""

    sentence: str
    module_id: int | None
    lesson_id: int | None


def activities_by_lesson(version: CourseVersion) -> dict[int, list[Activity]]:
    """Every lesson's activities of a version, in order, in one query."""
    found: dict[int, list[Activity]] = defaultdict(list)
    rows = Activity.objects.filter(lesson__module__version=version, removed_at__isnull=True)
    for activity in rows.select_related("file", "item_version__item").order_by("position", "id"):
        found[activity.lesson_id].append(activity)
    return found


def problems_of(version: CourseVersion) -> list[Finding]:
    outline = outline_of(version)
    activities = activities_by_lesson(version)
    drafts = [_module(module, activities) for module in outline.modules]
    found = []
    for problem in problems(drafts, version.elective_minimum):
        module = outline.modules[problem.module] if problem.module is not None else None
        lesson = module.lessons[problem.lesson] if module and problem.lesson is not None else None
        found.append(
            Finding(
                problem.sentence,
                module.module.pk if module else None,
                lesson.pk if lesson else None,
            )
        )
    return found


def _module(outline: ModuleOutline, activities: dict[int, list[Activity]]) -> ModuleDraft:
    lessons = tuple(_lesson(lesson, activities[lesson.pk]) for lesson in outline.lessons)
    return ModuleDraft(outline.module.title, outline.module.is_mandatory, lessons)


def _lesson(lesson: Lesson, activities: list[Activity]) -> LessonDraft:
    return LessonDraft(
        title=lesson.title,
        pass_mark=lesson.pass_mark,
        questions=sum(kind_of(activity.kind).graded for activity in activities),
        activities=len(activities),
        problems=tuple(
            text for activity in activities for text in kind_of(activity.kind).problems(activity)
        ),
    )
