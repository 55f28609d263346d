"""A learner's way into their courses: what is not theirs doesn't exist (404)."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.http import Http404

from lantoa.accounts.models import User
from lantoa.courses.models import Activity, Lesson, LessonProgress, Registration
from lantoa.courses.queries.learning import completed_of, lesson_url, progress_map
from lantoa.courses.queries.outline import (
    ModuleOutline,
    Outline,
    activities_of,
    outline_of,
    shape_of,
)
from lantoa.courses.queries.places import Place, state_of
from lantoa.courses.rules import gate
from lantoa.courses.rules.gate import LessonShape
from lantoa.courses.rules.progress import LessonState


def registration_of(user: User, course_id: int) -> Registration:
    """The user's own registration with the course."""
    found = (
        Registration.objects.filter(person__user=user, course_id=course_id)
        .select_related("course", "version", "person")
        .first()
    )
    if found is None:
        raise Http404
    return found


@dataclass
class LessonPage:
    """A lesson as one learner sees it."""

    registration: Registration
    outline: Outline
    module: ModuleOutline
    lesson: Lesson
    activities: list[Activity]
    progress: dict[UUID, LessonProgress]

    @cached_property
    def shape(self) -> LessonShape:
        return shape_of(self.lesson, self.activities)

    @cached_property
    def state(self) -> LessonState | None:
        return state_of(self.progress.get(self.lesson.key))

    @cached_property
    def completed(self) -> set[UUID]:
        return completed_of(self.progress)

    @property
    def is_open(self) -> bool:
        keys = [lesson.key for lesson in self.module.lessons]
        return gate.is_open(keys, self.lesson.key, self.completed)

    @property
    def place(self) -> Place:
        return Place(self.registration, self.shape)

    def at(self, activity_key: UUID, kind: str) -> Place:
        """The place of an activity of that kind in the lesson; anything else is a 404."""
        for activity in self.activities:
            if activity.key == activity_key and activity.kind == kind:
                return Place(self.registration, self.shape, activity)
        raise Http404


@dataclass(frozen=True)
class Status:
    """What the foot of a lesson says: how far, what is missing, what comes next."""

    page: LessonPage

    @property
    def finished(self) -> bool:
        return self.page.lesson.key in self.page.completed

    @property
    def score(self) -> int | None:
        return self.page.state.score if self.page.state else None

    @property
    def total(self) -> int:
        return len(self.page.shape.graded)

    @property
    def answered(self) -> int:
        state = self.page.state
        return sum("response" in state.of(key) for key in self.page.shape.graded) if state else 0

    @property
    def right(self) -> int:
        return gate.points(self.page.state, self.page.shape) if self.page.state else 0

    @property
    def round_over(self) -> bool:
        state = self.page.state
        return bool(state and self.total and gate.all_answered(state, self.page.shape))

    @property
    def falls_short(self) -> bool:
        """The round is over with too few right: only another round helps, video or not."""
        got, mark = self.right * 100, self.page.lesson.pass_mark
        return self.round_over and not self.finished and got // self.total < mark

    @property
    def waits_for_video(self) -> bool:
        state = self.page.state
        return bool(gate.waits_for(state, self.page.shape)) if state else False

    @property
    def may_finish(self) -> bool:
        state = self.page.state
        return bool(state and not self.finished and gate.may_finish(state, self.page.shape))

    @property
    def course_finished(self) -> bool:
        minimum = self.page.outline.version.elective_minimum
        return gate.course_done(self.page.outline.shapes, self.page.completed, minimum)

    @property
    def following(self) -> tuple[str, str] | None:
        """Title and address of the next lesson in this module, else of the next module begun here:
        the first unfinished lesson after this one that is open."""
        after = False
        for module, lesson in self.page.outline.lessons():
            keys = [each.key for each in module.lessons]
            done = self.page.completed
            if after and lesson.key not in done and gate.is_open(keys, lesson.key, done):
                return lesson.title, lesson_url(self.page.registration, lesson.key)
            after = after or lesson.key == self.page.lesson.key
        return None


def lesson_page(user: User, course_id: int, lesson_key: UUID) -> LessonPage:
    """Four queries: the registration, the tree, the progress, the lesson's activities."""
    registration = registration_of(user, course_id)
    outline = outline_of(registration.version)
    found = outline.find(lesson_key)
    if found is None:
        raise Http404
    module, lesson = found
    return LessonPage(
        registration=registration,
        outline=outline,
        module=module,
        lesson=lesson,
        activities=activities_of(lesson),
        progress=progress_map(registration),
    )
