"""What a learner's statements say about a lesson: one pure fold, used as each step happens and
again by `rebuild_progress` over all of them.

The statements decide, not the course: a lesson is finished because a `passed` or `completed` says
so, at the mark that held then. So the fold needs no course, and progress survives a new version.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from lantoa.records import verbs

TIME = "https://w3id.org/xapi/video/extensions/time"
LENGTH = "https://w3id.org/xapi/video/extensions/length"

MOMENT = timedelta(microseconds=1)

ActivityState = dict[str, Any]


@dataclass(frozen=True)
class Step:
    """One statement, read as a step in a lesson. `activity` None: about the lesson itself."""

    verb: str
    lesson: UUID
    at: datetime
    activity: UUID | None = None
    result: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class LessonState:
    started_at: datetime
    round: int = 1
    score: int | None = None
    completed_at: datetime | None = None
    activities: Mapping[str, ActivityState] = field(default_factory=dict)

    def of(self, activity: UUID) -> ActivityState:
        return self.activities.get(str(activity), {})


def percent(result: Mapping[str, Any]) -> int | None:
    """Whole percent, rounded down: 69,9% does not pass 70%."""
    score = result.get("score", {})
    if score.get("max"):
        return int(score["raw"] * 100 // score["max"])
    # A scaled score alone is a decimal fraction; 0.29 must give 29.
    return int(round(score["scaled"] * 100, 6)) if "scaled" in score else None


def fold(state: LessonState | None, step: Step) -> LessonState:
    """The state after one more step of the same lesson."""
    state = state or LessonState(started_at=step.at)
    if step.activity is not None:
        changed = _activity(state.of(step.activity), step)
        return replace(state, activities={**state.activities, str(step.activity): changed})
    if step.verb == verbs.ATTEMPTED:
        return replace(state, round=state.round + 1, activities=_unanswered(state.activities))
    if step.verb in (verbs.PASSED, verbs.FAILED, verbs.COMPLETED):
        state = replace(state, score=_best(state.score, percent(step.result)))
    if step.verb in (verbs.PASSED, verbs.COMPLETED):
        state = replace(state, completed_at=state.completed_at or step.at)
    return state


def apart(steps: Iterable[Step]) -> list[Step]:
    """The steps, each at least a moment after the one before, so that reading them back by time
    keeps their order."""
    kept: list[Step] = []
    for step in steps:
        late = bool(kept) and step.at <= kept[-1].at
        kept.append(replace(step, at=kept[-1].at + MOMENT) if late else step)
    return kept


def derive(steps: Iterable[Step]) -> dict[UUID, LessonState]:
    """Every lesson's state, from steps in the order they happened."""
    states: dict[UUID, LessonState] = {}
    for step in steps:
        states[step.lesson] = fold(states.get(step.lesson), step)
    return states


def _activity(known: ActivityState, step: Step) -> ActivityState:
    if step.verb == verbs.ANSWERED:
        # The feedback is immediate, so only a round's first answer counts.
        if "response" in known:
            return known
        answer = {
            "response": json.loads(step.result.get("response", "null")),
            "correct": bool(step.result.get("success")),
        }
        return {**known, **answer}
    if step.verb == verbs.PROGRESSED:
        position = float(step.result.get("extensions", {}).get(TIME, 0))
        furthest = max(position, known.get("furthest", 0))
        return {**known, "position": position, "furthest": furthest}
    if step.verb in (verbs.COMPLETED, verbs.EXPERIENCED):
        return {**known, "done": True}
    return known


def _unanswered(activities: Mapping[str, ActivityState]) -> dict[str, ActivityState]:
    answers = ("response", "correct")
    return {
        key: {name: value for name, value in known.items() if name not in answers}
        for key, known in activities.items()
    }


def _best(known: int | None, new: int | None) -> int | None:
    return max((score for score in (known, new) if score is not None), default=None)
