"""What somebody does in the course: steps as the lesson pages write them, decided by the rules of
`courses` (gate, fold)."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from lantoa.courses.rules.gate import LessonShape, Verdict, verdict
from lantoa.courses.rules.progress import LessonState, Step, fold
from lantoa.records import verbs


@dataclass(frozen=True)
class QuestionAsked:
    activity: UUID
    answer: int
    options: int


@dataclass(frozen=True)
class LessonAsked:
    """A lesson as a learner meets it. `waits` are videos to be seen."""

    shape: LessonShape
    questions: tuple[QuestionAsked, ...]
    waits: tuple[UUID, ...] = ()


Learn = Callable[[Random, LessonAsked, datetime, float], list[Step]]


class _Lesson:
    """Steps of one lesson in the making."""

    def __init__(self, rng: Random, asked: LessonAsked, at: datetime) -> None:
        self.rng, self.asked, self.at = rng, asked, at
        self.state: LessonState | None = None
        self.steps: list[Step] = []

    def take(self, verb: str, activity: UUID | None = None, **result: Any) -> None:
        step = Step(verb, self.asked.shape.key, self.at, activity, result)
        self.state = fold(self.state, step)
        self.steps.append(step)

    def wait(self, least: float, most: float) -> None:
        self.at += timedelta(seconds=round(self.rng.uniform(least, most), 3))

    def read(self) -> None:
        self.take(verbs.INITIALIZED)
        self.wait(180, 540)
        for video in self.asked.waits:
            self.take(verbs.COMPLETED, video, completion=True)

    def answer(self, question: QuestionAsked, *, right: bool) -> None:
        self.wait(12, 60)
        wrong = [i for i in range(question.options) if i != question.answer]
        response = question.answer if right else self.rng.choice(wrong)
        self.take(
            verbs.ANSWERED,
            question.activity,
            response=json.dumps(response),
            success=right,
            score={"raw": int(right), "min": 0, "max": 1},
        )

    def close_round(self) -> bool:
        """Whether the lesson is finished now."""
        assert self.state is not None
        decided = verdict(self.state, self.asked.shape, answered=True)
        assert decided is not None
        self.take(decided.verb, **told(decided))
        return decided.verb == verbs.PASSED


def told(decided: Verdict) -> dict[str, Any]:
    passed = decided.verb == verbs.PASSED
    return {
        "score": {
            "scaled": round(decided.points / decided.total, 4),
            "raw": decided.points,
            "min": 0,
            "max": decided.total,
        },
        "success": passed,
        **({"completion": True} if passed else {}),
    }


def learn(rng: Random, asked: LessonAsked, at: datetime, skill: float) -> list[Step]:
    """Every step until the lesson is passed: within the hour, whatever the skill (0–1)."""
    lesson = _Lesson(rng, asked, at)
    lesson.read()
    for question in asked.questions:
        lesson.answer(question, right=rng.random() < skill)
    while not lesson.close_round():
        lesson.wait(30, 90)
        lesson.take(verbs.ATTEMPTED)
        # They have just read why their answers were wrong.
        for question in asked.questions:
            lesson.answer(question, right=True)
    return lesson.steps


def begin(rng: Random, asked: LessonAsked, at: datetime, skill: float) -> list[Step]:
    """Open the lesson, answer some of it, and put the phone away."""
    lesson = _Lesson(rng, asked, at)
    lesson.read()
    for question in asked.questions[: rng.randint(0, max(0, len(asked.questions) - 1))]:
        lesson.answer(question, right=rng.random() < skill)
    return lesson.steps


def carry_over(rng: Random, asked: LessonAsked, at: datetime, skill: float) -> list[Step]:
    """The lesson as another platform would report it: passed with so many points."""
    lesson = _Lesson(rng, asked, at)
    lesson.wait(300, 1200)
    total = len(asked.questions)
    least = -(-asked.shape.pass_mark * total // 100)
    points = max(least, sum(rng.random() < skill for _ in range(total)))
    lesson.take(verbs.PASSED, **told(Verdict(verbs.PASSED, points, total)))
    return lesson.steps


def study(
    rng: Random,
    lessons: Sequence[LessonAsked],
    hours: Sequence[datetime],
    *,
    skill: float,
    done: int,
    way: Learn,
) -> list[Step]:
    """The first `done` lessons, each in an hour of its own, and the one after them begun."""
    chosen = lessons[: done + 1]
    times = sorted(rng.sample(range(len(hours)), len(chosen)))
    steps: list[Step] = []
    for index, (asked, time) in enumerate(zip(chosen, times, strict=True)):
        at = hours[time] + timedelta(seconds=rng.randrange(1500))
        steps += (way if index < done else begin)(rng, asked, at, skill)
    return steps
