"""A candidate's own attempts."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from lantoa.courses.models import Lesson, Module, Registration
from lantoa.exams import rules
from lantoa.exams.delivery.keys import corrections_of
from lantoa.exams.delivery.state import paper_of
from lantoa.exams.delivery.submitting import late_responses
from lantoa.exams.models import Attempt, Result, Sitting
from lantoa.exams.scoring import breakdown, key_content
from lantoa.items.papers import Opened, Place, open_bundle
from lantoa.people.models import Person


def attempts_of(person: Person) -> QuerySet[Attempt]:
    return Attempt.objects.filter(candidate__person=person).select_related(
        "bundle", "candidate__enrolment__cohort", "sitting__exam__requirement"
    )


def attempt_for(person: Person, public_id: UUID) -> Attempt:
    """Raises Attempt.DoesNotExist when it isn't the person's own."""
    return attempts_of(person).get(public_id=public_id)


def attempt_ahead(person: Person, sitting: Sitting) -> Attempt | None:
    """The person's row in a sitting opened ahead of time, while it isn't begun."""
    return attempts_of(person).filter(sitting=sitting, started_at=None).first()


def results_of(person: Person, sitting: Sitting) -> QuerySet[Result]:
    """The person's results in a sitting, the newest first."""
    return (
        Result.objects.filter(attempt__candidate__person=person, attempt__sitting=sitting)
        .select_related("attempt")
        .order_by("-attempt__number")
    )


@dataclass(frozen=True)
class Paper:
    """An attempt's paper: the bundle it is dealt from, and which items in which order."""

    bundle: Opened
    places: Sequence[Place]


def paper_for(attempt: Attempt) -> Paper:
    bundle = open_bundle(attempt.bundle)
    return Paper(bundle, paper_of(bundle, attempt.seed))


@dataclass(frozen=True)
class Question:
    """One slot as the candidate sees it."""

    number: int
    slot: int
    template: str
    content: dict[str, Any]
    response: Any

    @property
    def name(self) -> str:
        return f"slot-{self.slot}"

    @property
    def is_answered(self) -> bool:
        return rules.is_answered(self.response)


@dataclass(frozen=True)
class Sheet:
    questions: Sequence[Question]

    @property
    def answered(self) -> int:
        return sum(question.is_answered for question in self.questions)

    @property
    def unanswered(self) -> list[int]:
        """Numbers (from 1) of the questions without an answer."""
        return [question.number for question in self.questions if not question.is_answered]


def responses_of(attempt: Attempt) -> dict[int, Any]:
    """Slot → the response that counts, late ones included where they do."""
    saved = rules.latest(attempt.answers.all())
    counting = {slot: json.loads(text) for slot, text in saved.items()}
    return counting | late_responses(attempt.pk)


def sheet_of(attempt: Attempt) -> Sheet:
    """The paper with what has been saved on it."""
    paper, responses = paper_for(attempt), responses_of(attempt)
    return Sheet(
        [
            Question(
                number=slot + 1,
                slot=slot,
                template=paper.bundle.kinds[place[0]].template("play"),
                content=paper.bundle.shown(place),
                response=responses.get(slot),
            )
            for slot, place in enumerate(paper.places)
        ]
    )


@dataclass(frozen=True)
class Reviewed:
    number: int
    template: str
    review: dict[str, Any]


def mistakes_of(attempt: Attempt, result: Result) -> list[Reviewed]:
    """Questions that got less than all their points, with the right answer and why. Whether the
    candidate may see them is the paper's rule (`feedback`); the caller has asked."""
    paper, responses = paper_for(attempt), responses_of(attempt)
    corrections = corrections_of(attempt.bundle_id)
    reviewed = []
    for slot, place in enumerate(paper.places):
        got = result.detail["slots"][slot]
        if got is None or got < paper.bundle.points(place):
            kind = paper.bundle.kinds[place[0]]
            content = key_content(paper.bundle, place, corrections)
            review = kind.review(content, responses.get(slot))
            reviewed.append(Reviewed(slot + 1, kind.template("review"), review))
    return reviewed


@dataclass(frozen=True)
class Breakdown:
    parts: Sequence[rules.Tally]
    topics: Sequence[rules.Tally]


def breakdown_of(attempt: Attempt, result: Result) -> Breakdown:
    paper = paper_for(attempt)
    return Breakdown(*breakdown(paper.bundle, paper.places, result.detail["slots"]))


@dataclass(frozen=True)
class ToReview:
    """A topic below the pass mark, and the lesson to begin again with (none: no course has it)."""

    title: str
    points: int
    possible: int
    course_id: int | None
    lesson: Lesson | None


def weak_topics(attempt: Attempt, topics: Iterable[rules.Tally]) -> list[ToReview]:
    """Topics below the pass mark, weakest first, each with the first lesson of its module in the
    version of the course that the person learns."""
    mark = open_bundle(attempt.bundle).content["rules"]["pass_mark"]
    weak = [topic for topic in topics if topic.percent < mark]
    weak.sort(key=lambda topic: topic.points / topic.possible)
    modules = _modules(attempt.candidate.person_id, [t.topic for t in weak if t.topic])
    return [_to_review(topic, modules.get(topic.topic or 0)) for topic in weak]


def _modules(person_id: int, topics: Iterable[int]) -> dict[int, Module]:
    versions = Registration.objects.filter(person=person_id).values("version")
    modules = (
        Module.objects.filter(version__in=versions, topic__in=list(topics))
        .select_related("version")
        .prefetch_related("lessons")
        .order_by("-position")
    )
    return {module.topic_id: module for module in modules if module.topic_id is not None}


def _to_review(topic: rules.Tally, module: Module | None) -> ToReview:
    lessons = sorted(module.lessons.all(), key=lambda lesson: lesson.position) if module else []
    return ToReview(
        title=topic.title,
        points=topic.points,
        possible=topic.possible,
        course_id=module.version.course_id if module and lessons else None,
        lesson=lessons[0] if lessons else None,
    )
