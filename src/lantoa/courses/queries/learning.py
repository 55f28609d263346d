"""What a person learns and how far they are: for home, in three queries however many courses."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from lantoa.courses.models import LessonProgress, Registration
from lantoa.courses.queries.outline import ModuleOutline, Outline, outlines_of
from lantoa.courses.rules.gate import is_open
from lantoa.people.models import Person

NOT_STARTED, STARTED, COMPLETED = "not_started", "started", "completed"


@dataclass(frozen=True)
class ModuleProgress:
    """A topic: `state` is not_started, started or completed; `next_url` where to go on."""

    title: str
    part: str
    summary: str
    is_mandatory: bool
    minutes: int
    done: int
    total: int
    state: str
    next_url: str


@dataclass(frozen=True)
class Learning:
    """A registration with what home shows of it. `next_url` is empty when all is finished."""

    registration: Registration
    modules: list[ModuleProgress]
    next_url: str
    next_title: str

    @property
    def url(self) -> str:
        return reverse("courses:course", args=[self.registration.course_id])

    @property
    def lessons_done(self) -> int:
        return sum(module.done for module in self.modules)

    @property
    def lessons_total(self) -> int:
        return sum(module.total for module in self.modules)

    @property
    def modules_done(self) -> int:
        return sum(module.state == COMPLETED for module in self.modules)

    @property
    def percent(self) -> int:
        return self.lessons_done * 100 // (self.lessons_total or 1)

    @property
    def completed_at(self) -> datetime | None:
        return self.registration.completed_at


def learning_of(person: Person) -> list[Learning]:
    """The person's courses, those not finished first."""
    registrations = list(
        Registration.objects.filter(person=person)
        .select_related("course", "version")
        .order_by("completed_at", "registered_at", "id")
    )
    outlines = outlines_of([registration.version for registration in registrations])
    progress = _progress_by_registration(registrations)
    found = [
        _learning(registration, outlines[registration.version_id], progress[registration.pk])
        for registration in registrations
    ]
    return sorted(found, key=lambda learning: learning.completed_at is not None)


def progress_map(registration: Registration) -> dict[UUID, LessonProgress]:
    return {row.lesson_key: row for row in registration.lesson_progress.all()}


def _progress_by_registration(
    registrations: Iterable[Registration],
) -> dict[int, dict[UUID, LessonProgress]]:
    found: dict[int, dict[UUID, LessonProgress]] = {each.pk: {} for each in registrations}
    rows = LessonProgress.objects.filter(registration__in=found).defer("activities")
    for row in rows:
        found[row.registration_id][row.lesson_key] = row
    return found


def next_lesson_of(module: ModuleOutline, completed: set[UUID]) -> UUID | None:
    """The first unfinished lesson that is open."""
    keys = [lesson.key for lesson in module.lessons]
    return next(
        (key for key in keys if key not in completed and is_open(keys, key, completed)), None
    )


def completed_of(progress: dict[UUID, LessonProgress]) -> set[UUID]:
    return {key for key, row in progress.items() if row.completed_at}


def _module(
    registration: Registration, outline: ModuleOutline, progress: dict[UUID, LessonProgress]
) -> ModuleProgress:
    completed = completed_of(progress)
    keys = [lesson.key for lesson in outline.lessons]
    done = sum(key in completed for key in keys)
    following = next_lesson_of(outline, completed)
    begun = any(key in progress for key in keys)
    state = COMPLETED if keys and done == len(keys) else STARTED if begun else NOT_STARTED
    return ModuleProgress(
        title=outline.module.title,
        part=outline.module.part,
        summary=outline.module.summary,
        is_mandatory=outline.module.is_mandatory,
        minutes=outline.minutes,
        done=done,
        total=len(keys),
        state=state,
        next_url=lesson_url(registration, following) if following else "",
    )


def lesson_url(registration: Registration, key: UUID) -> str:
    return reverse("courses:lesson", args=[registration.course_id, key])


def _learning(
    registration: Registration, outline: Outline, progress: dict[UUID, LessonProgress]
) -> Learning:
    modules = [_module(registration, module, progress) for module in outline.modules]
    title, url = next_of(registration, outline, progress)
    return Learning(registration=registration, modules=modules, next_url=url, next_title=title)


def next_of(
    registration: Registration, outline: Outline, progress: dict[UUID, LessonProgress]
) -> tuple[str, str]:
    """Title and address of the lesson to go on with: the module learned last goes on, else the
    first mandatory one."""
    completed = completed_of(progress)
    best: tuple[tuple[bool, float, bool], str, UUID] | None = None
    for module in outline.modules:
        key = next_lesson_of(module, completed)
        if key is None:
            continue
        seen = [progress[each.key].started_at for each in module.lessons if each.key in progress]
        rank = (bool(seen), max(seen).timestamp() if seen else 0, module.module.is_mandatory)
        if best is None or rank > best[0]:
            title = next(each.title for each in module.lessons if each.key == key)
            best = (rank, title, key)
    return (best[1], lesson_url(registration, best[2])) if best else ("", "")
