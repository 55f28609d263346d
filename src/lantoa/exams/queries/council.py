"""What the council of a sitting looks at before results are out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from lantoa.accounts.history import HistoryLine, history_lines
from lantoa.audit.models import Event
from lantoa.audit.queries import history_of
from lantoa.exams.models import (
    Appeal,
    Attempt,
    Candidate,
    Incident,
    KeyProposal,
    LateAnswer,
    Result,
    ResultChange,
    Sitting,
)
from lantoa.exams.queries.council_words import ACTIONS, note_of, summary_of
from lantoa.exams.rules.council import Pending
from lantoa.kernel import clock

LINES = 40
VERIFIED = "exams.verify_sitting"


@dataclass(frozen=True)
class Figures:
    candidates: int
    started: int
    submitted: int
    passed: int
    failed: int
    unmarked: int

    @property
    def absent(self) -> int:
        return max(0, self.candidates - self.started)


def figures_of(sitting: Sitting) -> Figures:
    """People for who came, attempts for what came out."""
    attempts = Attempt.objects.filter(sitting=sitting)
    counted = attempts.aggregate(
        started=Count("candidate", distinct=True, filter=Q(started_at__isnull=False)),
        submitted=Count("pk", filter=Q(submitted_at__isnull=False)),
        passed=Count("pk", filter=Q(result__passed=True)),
        unmarked=Count("pk", filter=Q(result__waits_for_marks=True)),
    )
    failed = counted["submitted"] - counted["passed"] - counted["unmarked"]
    named = Candidate.objects.filter(sitting=sitting, withdrawn_at__isnull=True).count()
    return Figures(candidates=named, failed=failed, **counted)


@dataclass(frozen=True)
class Verification:
    """The last check of logs and results. `stale`: results changed after it."""

    at: datetime
    attempts: int
    unsound: dict[str, str]
    stale: bool


def verification_of(sitting: Sitting) -> Verification | None:
    event = history_of(sitting).filter(action=VERIFIED).order_by("-at").first()
    if event is None:
        return None
    changes = ResultChange.objects.filter(result__attempt__sitting=sitting)
    results = Result.objects.filter(attempt__sitting=sitting)
    newest = [
        moment
        for moment in (
            changes.aggregate(at=Max("at"))["at"],
            results.aggregate(at=Max("at"))["at"],
        )
        if moment is not None
    ]
    stale = bool(newest) and max(newest) > event.at
    return Verification(event.at, event.data["attempts"], event.data["unsound"], stale)


def correcting(sitting: Sitting) -> int:
    """Keys said to be wrong on which nothing is decided, or whose results are being computed."""
    still = Q(decision="") | Q(decision=KeyProposal.Decision.APPLIED, rescored_at__isnull=True)
    return KeyProposal.objects.filter(still, sitting=sitting).count()


def pending_of(sitting: Sitting, checked: Verification | None) -> Pending:
    figures = figures_of(sitting)
    under_way = Attempt.objects.filter(
        sitting=sitting, started_at__isnull=False, submitted_at__isnull=True
    )
    undecided = LateAnswer.objects.filter(attempt__sitting=sitting, decided_at__isnull=True)
    return Pending(
        submitted=figures.submitted,
        under_way=under_way.count(),
        unmarked=figures.unmarked,
        undecided_late=undecided.count(),
        correcting=correcting(sitting),
        unsound=None if checked is None or checked.stale else len(checked.unsound),
        window_open=clock.now() < sitting.closes_at,
    )


def doubted(sitting: Sitting) -> QuerySet[Result]:
    """Results that no longer pass although a certificate was issued on the enrolment, which nobody
    takes back by machine; unless another attempt of theirs passes."""
    passed_now = Result.objects.filter(passed=True, attempt__sitting__exam=sitting.exam_id)
    return (
        Result.objects.filter(
            attempt__sitting=sitting,
            passed=False,
            changes__passed=True,
            attempt__candidate__enrolment__certified_at__isnull=False,
        )
        .exclude(attempt__candidate__person__in=passed_now.values("attempt__candidate__person"))
        .select_related("attempt__candidate__person", "attempt__candidate__unit")
        .distinct()
        .order_by("attempt__candidate__person__sort_key", "pk")
    )


def incidents_of(sitting: Sitting) -> QuerySet[Incident]:
    return (
        Incident.objects.filter(sitting=sitting)
        .select_related("room", "candidate__person")
        .order_by("-at")
    )


def open_appeals(sitting: Sitting) -> int:
    return Appeal.objects.filter(attempt__sitting=sitting, decided_at__isnull=True).count()


def history(sitting: Sitting) -> list[HistoryLine]:
    """Decisions and everything that changed results, newest first."""
    events: QuerySet[Event] = history_of(sitting).filter(action__in=list(ACTIONS))
    return history_lines(events[:LINES], summary_of, note_of)


def score_rows(sitting: Sitting) -> list[dict[str, Any]]:
    """A row per candidate with their best result, in the order of numbers, units and names."""
    candidates = (
        Candidate.objects.filter(sitting=sitting, withdrawn_at__isnull=True)
        .select_related("person", "unit", "room")
        .order_by("number", "unit__sort_key", "person__sort_key", "pk")
    )
    best: dict[int, Result] = {}
    results = Result.objects.filter(attempt__sitting=sitting).select_related("attempt")
    for result in results.order_by("passed", "score", "pk").iterator(chunk_size=2000):
        best[result.attempt.candidate_id] = result
    begun = set(
        Attempt.objects.filter(sitting=sitting, started_at__isnull=False).values_list(
            "candidate", flat=True
        )
    )
    return [
        {"candidate": one, "result": best.get(one.pk), "begun": one.pk in begun}
        for one in candidates.iterator(chunk_size=2000)
    ]
