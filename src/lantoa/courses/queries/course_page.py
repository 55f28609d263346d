"""A learner's course: its topics by part, each lesson with its state."""

from dataclasses import dataclass
from itertools import groupby

from lantoa.accounts.models import User
from lantoa.courses.models import Lesson, LessonProgress, Registration
from lantoa.courses.queries.learning import completed_of, lesson_url, next_of, progress_map
from lantoa.courses.queries.lesson_page import registration_of
from lantoa.courses.queries.outline import ModuleOutline, Outline, outline_of
from lantoa.courses.rules.gate import is_open


@dataclass(frozen=True)
class LessonRow:
    lesson: Lesson
    url: str
    is_open: bool
    row: LessonProgress | None

    @property
    def finished(self) -> bool:
        return bool(self.row and self.row.completed_at)


@dataclass(frozen=True)
class ModuleRow:
    number: int
    outline: ModuleOutline
    lessons: list[LessonRow]

    @property
    def done(self) -> int:
        return sum(lesson.finished for lesson in self.lessons)

    @property
    def begun(self) -> bool:
        return any(lesson.row for lesson in self.lessons)

    @property
    def finished(self) -> bool:
        return bool(self.lessons) and self.done == len(self.lessons)


@dataclass(frozen=True)
class CoursePage:
    registration: Registration
    outline: Outline
    modules: list[ModuleRow]
    next_title: str
    next_url: str

    @property
    def parts(self) -> list[tuple[str, list[ModuleRow]]]:
        grouped = groupby(self.modules, key=lambda row: row.outline.module.part)
        return [(part, list(rows)) for part, rows in grouped]

    @property
    def done(self) -> int:
        return sum(module.done for module in self.modules)

    @property
    def total(self) -> int:
        return sum(len(module.lessons) for module in self.modules)

    @property
    def left(self) -> int:
        return self.total - self.done

    @property
    def unfolded(self) -> set[int]:
        """The modules shown open: those under way, and the one to go on with."""
        return {
            module.number
            for module in self.modules
            if (module.begun and not module.finished)
            or any(row.url == self.next_url for row in module.lessons)
        }

    @property
    def electives(self) -> int:
        return sum(not module.outline.module.is_mandatory for module in self.modules)


def course_page(user: User, course_id: int) -> CoursePage:
    registration = registration_of(user, course_id)
    outline, progress = outline_of(registration.version), progress_map(registration)
    completed = completed_of(progress)
    modules = []
    for number, module in enumerate(outline.modules, start=1):
        keys = [lesson.key for lesson in module.lessons]
        rows = [
            LessonRow(
                lesson=lesson,
                url=lesson_url(registration, lesson.key),
                is_open=is_open(keys, lesson.key, completed),
                row=progress.get(lesson.key),
            )
            for lesson in module.lessons
        ]
        modules.append(ModuleRow(number, module, rows))
    title, url = next_of(registration, outline, progress)
    return CoursePage(registration, outline, modules, title, url)
