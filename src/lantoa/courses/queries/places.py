"""Where a learner is: the registration, the lesson, perhaps the activity."""

from dataclasses import dataclass

from lantoa.courses.models import Activity, LessonProgress, Registration
from lantoa.courses.rules.gate import LessonShape
from lantoa.courses.rules.progress import LessonState


@dataclass(frozen=True)
class Place:
    """Whoever made it has checked that the lesson is the learner's and open."""

    registration: Registration
    lesson: LessonShape
    activity: Activity | None = None


def state_of(row: LessonProgress | None) -> LessonState | None:
    if row is None:
        return None
    return LessonState(row.started_at, row.round, row.score, row.completed_at, row.activities)
