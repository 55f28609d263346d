"""A learner's steps in a lesson. Each appends its statements and moves the progress, or does
nothing when it was done before: a request sent twice over a bad line leaves the rows of one."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from lantoa.courses.actions.progress import Taken, take
from lantoa.courses.queries.places import Place
from lantoa.courses.rules.gate import all_answered, may_finish
from lantoa.courses.rules.progress import LENGTH, TIME, LessonState, Step
from lantoa.items.kinds import kind_of
from lantoa.items.models import ItemVersion
from lantoa.records import verbs

# A video is seen when this share of it was reached: credits and closing pictures don't matter.
SEEN = 0.9
LONGEST = 24 * 3600.0
# Positions nearer than this many seconds to the last one say nothing new.
NEAR = 1.0


def _step(place: Place, verb: str, at: datetime, result: dict[str, Any] | None = None) -> Step:
    activity = place.activity.key if place.activity else None
    return Step(verb=verb, lesson=place.lesson.key, activity=activity, at=at, result=result or {})


@transaction.atomic
def open_lesson(*, place: Place) -> Taken | None:
    """The learner opens the lesson: the first time it is begun."""

    def decide(state: LessonState | None, now: datetime) -> Sequence[Step]:
        return [] if state else [_step(place, verbs.INITIALIZED, now)]

    return take(place, decide)


@transaction.atomic
def answer(*, place: Place, item_version: ItemVersion, response: Any) -> Taken | None:
    """Answer a question: the first answer of a round counts, a later one changes nothing.

    The last answer of the round decides it: passed or failed at the lesson's mark.
    """
    assert place.activity is not None
    key = place.activity.key
    got, total = kind_of(item_version.item.kind).score(item_version.content, response)

    def decide(state: LessonState | None, now: datetime) -> Sequence[Step]:
        if state and "response" in state.of(key):
            return []
        result = {
            "response": json.dumps(response, ensure_ascii=False),
            "success": got == total,
            "score": {"raw": got, "min": 0, "max": total},
        }
        return [_step(place, verbs.ANSWERED, now, result)]

    return take(place, decide)


@transaction.atomic
def retake(*, place: Place) -> Taken | None:
    """Take the lesson's questions again, once a round is finished. The best round counts."""

    def decide(state: LessonState | None, now: datetime) -> Sequence[Step]:
        over = state and place.lesson.graded and all_answered(state, place.lesson)
        return [_step(place, verbs.ATTEMPTED, now)] if over else []

    return take(place, decide)


@transaction.atomic
def save_position(*, place: Place, position: float, length: float) -> Taken | None:
    """Where the learner is in a video, in seconds; reaching nine tenths of it completes it."""
    assert place.activity is not None
    key = place.activity.key
    length = min(max(length, 0.0), LONGEST)
    position = round(min(max(position, 0.0), length or LONGEST), 1)

    def decide(state: LessonState | None, now: datetime) -> Sequence[Step]:
        known = state.of(key) if state else {}
        steps = []
        if abs(position - known.get("position", 0.0)) >= NEAR:
            reached = {TIME: position, **({LENGTH: round(length, 1)} if length else {})}
            steps.append(_step(place, verbs.PROGRESSED, now, {"extensions": reached}))
        if length and position >= SEEN * length and not known.get("done"):
            steps.append(_step(place, verbs.COMPLETED, now, {"completion": True}))
        return steps

    return take(place, decide)


@transaction.atomic
def finish_activity(*, place: Place) -> Taken | None:
    """The learner says that they have seen it: for a device that cannot play the video."""
    assert place.activity is not None
    return _once(place, verbs.COMPLETED)


@transaction.atomic
def open_document(*, place: Place) -> Taken | None:
    """The learner takes an attached document."""
    return _once(place, verbs.EXPERIENCED)


def _once(place: Place, verb: str) -> Taken | None:
    def decide(state: LessonState | None, now: datetime) -> Sequence[Step]:
        assert place.activity is not None
        done = state and state.of(place.activity.key).get("done")
        return [] if done else [_step(place, verb, now)]

    return take(place, decide)


@transaction.atomic
def finish_lesson(*, place: Place) -> Taken | None:
    """Mark a lesson without questions as learned; nothing happens while a video is not seen yet."""

    def decide(state: LessonState | None, now: datetime) -> Sequence[Step]:
        so_far = state or LessonState(started_at=now)
        if so_far.completed_at or not may_finish(so_far, place.lesson):
            return []
        return [_step(place, verbs.COMPLETED, now, {"completion": True})]

    return take(place, decide)
