"""What the answers of a survey come to. Whoever calls has authorised; below the fewest answers
nothing comes out (`rules.results`)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Avg, Count

from lantoa.surveys.models import Answer, Question, Response, Subject, Survey
from lantoa.surveys.rules.results import FEWEST, may_show, mean_of

MOST_TEXTS: Final = 300
Kind = Question.Kind


@dataclass(frozen=True)
class Bar:
    label: str
    count: int
    percent: int


@dataclass
class Asked:
    """A question's results; for one subject, where it was repeated."""

    question: Question
    answers: int
    mean: float | None = None
    bars: list[Bar] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def is_shown(self) -> bool:
        return may_show(self.answers)


@dataclass
class Results:
    """`about`: results by subject label, "" for the whole."""

    invited: int
    answered: int
    about: list[tuple[str, list[Asked]]] = field(default_factory=list)

    @property
    def is_shown(self) -> bool:
        return may_show(self.answered)

    @property
    def fewest(self) -> int:
        return FEWEST


def survey_about(key: str) -> Survey | None:
    return Survey.objects.filter(about=key).select_related("questionnaire").first()


def results_of(survey: Survey, *, subjects: Sequence[str] | None = None) -> Results:
    """`subjects`: keys of those to show; None for all. Five questions of the database, however many
    people answered."""
    invited = survey.invitations.count()
    found = Results(invited, Response.objects.filter(survey=survey).count())
    if not found.is_shown:
        return found
    counts, answers = _counted(survey)
    texts = _texts(survey)
    shown = [s for s in survey.subjects.all() if subjects is None or s.key in subjects]
    questions = list(survey.questionnaire.questions.all())
    once = [q for q in questions if not q.per_subject]
    found.about.append(("", [_asked(q, None, counts, answers, texts) for q in once]))
    for subject in shown:
        repeated = [q for q in questions if q.per_subject]
        asked = [_asked(q, subject, counts, answers, texts) for q in repeated]
        found.about.append((subject.label, asked))
    return found


Place = tuple[int, int | None]


def _counted(survey: Survey) -> tuple[dict[Place, dict[int, int]], dict[Place, int]]:
    """Numbers by question and subject; and how many people answered there."""
    rows = Answer.objects.filter(response__survey=survey).order_by()
    numbers: dict[Place, dict[int, int]] = defaultdict(dict)
    grouped = rows.exclude(number=None).values_list("question_id", "subject_id", "number")
    for question, subject, number, times in grouped.annotate(n=Count("pk")):
        numbers[question, subject][number] = times
    people = rows.values_list("question_id", "subject_id").annotate(
        n=Count("response", distinct=True)
    )
    return numbers, {(question, subject): n for question, subject, n in people}


def _texts(survey: Survey) -> dict[Place, list[str]]:
    """By the random key, so that no order tells who wrote when."""
    found: dict[Place, list[str]] = defaultdict(list)
    rows = Answer.objects.filter(response__survey=survey).exclude(text="").order_by("pk")
    for question, subject, text in rows.values_list("question_id", "subject_id", "text"):
        if len(found[question, subject]) < MOST_TEXTS:
            found[question, subject].append(text)
    return found


def _asked(
    question: Question,
    subject: Subject | None,
    counts: dict[Place, dict[int, int]],
    answers: dict[Place, int],
    texts: dict[Place, list[str]],
) -> Asked:
    place = (question.pk, subject.pk if subject else None)
    asked = Asked(question, answers.get(place, 0))
    if not asked.is_shown:
        return asked
    numbers = counts.get(place, {})
    if question.kind == Kind.SCALE:
        asked.mean = mean_of(numbers)
        low, high = question.options
        labels = {1: f"1 – {low}", 2: "2", 3: "3", 4: "4", 5: f"5 – {high}"}
    else:
        labels = dict(enumerate(question.options))
    asked.bars = [
        Bar(label, numbers.get(n, 0), round(100 * numbers.get(n, 0) / asked.answers))
        for n, label in labels.items()
    ]
    asked.texts = texts.get(place, [])
    return asked


@dataclass(frozen=True)
class Mean:
    value: float
    people: int


def means_of(keys: Sequence[str], *, among: Sequence[str]) -> dict[str, Mean]:
    """The mean of each subject's scales over the surveys about `among`; only where enough answered,
    in that survey and in all."""
    rows = (
        Answer.objects.filter(
            subject__key__in=keys, response__survey__about__in=among, question__kind=Kind.SCALE
        )
        .order_by()
        .values("subject__key", "response__survey")
        .annotate(mean=Avg("number"), people=Count("response", distinct=True), n=Count("pk"))
    )
    sums: dict[str, list[tuple[float, int, int]]] = defaultdict(list)
    for row in rows:
        if may_show(row["people"]):
            sums[row["subject__key"]].append((float(row["mean"]), row["n"], row["people"]))
    return {
        key: Mean(
            round(sum(mean * n for mean, n, _people in told) / sum(n for _mean, n, _p in told), 2),
            sum(people for _mean, _n, people in told),
        )
        for key, told in sums.items()
    }
