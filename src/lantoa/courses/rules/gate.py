"""When a lesson is finished, which lesson is open, when the course is done."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from lantoa.courses.rules.progress import LessonState
from lantoa.records import verbs


@dataclass(frozen=True)
class ActivityShape:
    """`graded`: answered and counted. `required`: to be done before the lesson is finished."""

    key: UUID
    graded: bool = False
    required: bool = False


@dataclass(frozen=True)
class LessonShape:
    key: UUID
    pass_mark: int
    activities: tuple[ActivityShape, ...] = ()

    @property
    def graded(self) -> list[UUID]:
        return [activity.key for activity in self.activities if activity.graded]

    @property
    def required(self) -> list[UUID]:
        return [activity.key for activity in self.activities if activity.required]


@dataclass(frozen=True)
class ModuleShape:
    mandatory: bool
    lessons: tuple[UUID, ...]


@dataclass(frozen=True)
class Verdict:
    """What the lesson comes to: `verb` passed or failed, with the points of this round."""

    verb: str
    points: int
    total: int


def points(state: LessonState, shape: LessonShape) -> int:
    return sum(bool(state.of(key).get("correct")) for key in shape.graded)


def all_answered(state: LessonState, shape: LessonShape) -> bool:
    return all("response" in state.of(key) for key in shape.graded)


def waits_for(state: LessonState, shape: LessonShape) -> list[UUID]:
    """Required activities not done yet (a video not seen)."""
    return [key for key in shape.required if not state.of(key).get("done")]


def verdict(state: LessonState, shape: LessonShape, *, answered: bool) -> Verdict | None:
    """After a step: whether this round of questions is decided. `answered`: the step was an answer.

    A round is decided by its last answer. Enough right answers wait for a required video, which
    then decides when it is done.
    """
    if not shape.graded or not all_answered(state, shape):
        return None
    got, total = points(state, shape), len(shape.graded)
    if got * 100 // total < shape.pass_mark:
        return Verdict(verbs.FAILED, got, total) if answered else None
    if waits_for(state, shape) or (state.completed_at and not answered):
        return None
    return Verdict(verbs.PASSED, got, total)


def may_finish(state: LessonState, shape: LessonShape) -> bool:
    """Whether a lesson without questions may be marked as learned."""
    return not shape.graded and not waits_for(state, shape)


def is_open(lessons: Sequence[UUID], lesson: UUID, completed: Collection[UUID]) -> bool:
    """Within a module a lesson opens when the one before it is finished; modules may be learned in
    any order, since some are elective. A finished lesson stays open, wherever it stands now."""
    place = lessons.index(lesson)
    return place == 0 or lesson in completed or lessons[place - 1] in completed


def module_done(module: ModuleShape, completed: Collection[UUID]) -> bool:
    return bool(module.lessons) and all(lesson in completed for lesson in module.lessons)


def course_done(
    modules: Sequence[ModuleShape], completed: Collection[UUID], elective_minimum: int
) -> bool:
    """Every mandatory module, and at least that many of the elective ones."""
    done = [module_done(module, completed) for module in modules]
    mandatory = [ok for module, ok in zip(modules, done, strict=True) if module.mandatory]
    electives = sum(ok for module, ok in zip(modules, done, strict=True) if not module.mandatory)
    return bool(modules) and all(mandatory) and electives >= elective_minimum
