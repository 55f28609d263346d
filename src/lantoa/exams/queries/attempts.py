"""A candidate's own attempts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from lantoa.courses.models import Lesson, Module, Registration
from lantoa.exams import papers, rules
from lantoa.exams.models import Answer, Attempt, Result, Sitting
from lantoa.exams.queries.papers import contents_of
from lantoa.items.kinds import kind_of
from lantoa.people.models import Person


def attempts_of(person: Person) -> QuerySet[Attempt]:
    return Attempt.objects.filter(enrolment__person=person).select_related(
        "form", "enrolment__cohort", "sitting__blueprint", "sitting__requirement"
    )


def attempt_for(person: Person, public_id: UUID) -> Attempt:
    """Raises Attempt.DoesNotExist when it isn't the person's own."""
    return attempts_of(person).get(public_id=public_id)


def results_of(person: Person, sitting: Sitting) -> QuerySet[Result]:
    """The person's results in a sitting, the newest first."""
    return (
        Result.objects.filter(attempt__enrolment__person=person, attempt__sitting=sitting)
        .select_related("attempt")
        .order_by("-attempt__number")
    )


@dataclass(frozen=True)
class Question:
    """One slot as the candidate sees it. `sequence` is that of the save that counts (0: none)."""

    number: int
    slot: int
    template: str
    content: dict[str, Any]
    response: Any
    sequence: int

    @property
    def name(self) -> str:
        return f"slot-{self.slot}"

    @property
    def is_answered(self) -> bool:
        return rules.is_answered(self.response)


@dataclass(frozen=True)
class Sheet:
    questions: Sequence[Question]
    next_sequence: int

    @property
    def answered(self) -> int:
        return sum(question.is_answered for question in self.questions)

    @property
    def unanswered(self) -> list[int]:
        """Numbers (from 1) of the questions without an answer."""
        return [question.number for question in self.questions if not question.is_answered]


def sheet_of(attempt: Attempt) -> Sheet:
    """The paper with what has been saved on it."""
    answers = list(attempt.answers.order_by("sequence"))
    counting: dict[int, Answer] = {row.slot: row for row in answers}
    paper = attempt.form.content
    items = papers.arranged(paper, contents_of([attempt.form]))
    questions = []
    for slot, (of, item) in enumerate(zip(paper["slots"], items, strict=True)):
        kind = kind_of(of["kind"])
        row = counting.get(slot)
        questions.append(
            Question(
                number=slot + 1,
                slot=slot,
                template=kind.template("play"),
                content=kind.for_candidate(item),
                response=row.response if row else None,
                sequence=row.sequence if row else 0,
            )
        )
    return Sheet(questions, answers[-1].sequence + 1 if answers else 1)


@dataclass(frozen=True)
class Reviewed:
    number: int
    template: str
    review: dict[str, Any]


def mistakes_of(attempt: Attempt) -> list[Reviewed]:
    """Questions not answered rightly, with the right answer and why. Whether the candidate may see
    them is the paper's rule (`show_review`); the caller has asked."""
    responses = rules.latest(attempt.answers.all())
    paper = attempt.form.content
    reviewed = []
    for slot, item in enumerate(papers.arranged(paper, contents_of([attempt.form]))):
        kind = kind_of(paper["slots"][slot]["kind"])
        points, possible = kind.score(item, responses.get(slot))
        if points < possible:
            review = kind.review(item, responses.get(slot))
            reviewed.append(Reviewed(slot + 1, kind.template("review"), review))
    return reviewed


@dataclass(frozen=True)
class ToReview:
    """A topic below the pass mark, and the lesson to begin again with (none: no course has it)."""

    title: str
    points: int
    possible: int
    course_id: int | None
    lesson: Lesson | None


def weak_topics(result: Result) -> list[ToReview]:
    """Topics below the pass mark, weakest first, each with the first lesson of its module in the
    version of the course that the person learns."""
    attempt = result.attempt
    mark = attempt.form.content["pass_mark"]
    weak = [
        topic
        for topic in result.detail["topics"]
        if rules.percent(topic["points"], topic["possible"]) < mark
    ]
    weak.sort(key=lambda topic: topic["points"] / topic["possible"])
    modules = _modules(attempt.enrolment.person_id, [topic["topic"] for topic in weak])
    return [_to_review(topic, modules.get(topic["topic"])) for topic in weak]


def _modules(person_id: int, topics: Iterable[int]) -> dict[int, Module]:
    versions = Registration.objects.filter(person=person_id).values("version")
    modules = (
        Module.objects.filter(version__in=versions, topic__in=list(topics))
        .select_related("version")
        .prefetch_related("lessons")
        .order_by("-position")
    )
    return {module.topic_id: module for module in modules if module.topic_id is not None}


def _to_review(topic: dict[str, Any], module: Module | None) -> ToReview:
    lessons = sorted(module.lessons.all(), key=lambda lesson: lesson.position) if module else []
    return ToReview(
        title=topic["title"],
        points=topic["points"],
        possible=topic["possible"],
        course_id=module.version.course_id if module and lessons else None,
        lesson=lessons[0] if lessons else None,
    )
