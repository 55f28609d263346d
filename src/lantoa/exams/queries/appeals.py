"""Appeals: whether a candidate may file one, and what those who decide on it look at."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import F, QuerySet

from lantoa.accounts.models import User
from lantoa.exams.models import Appeal, Attempt, Exam, Mark, Marking, Result, ResultChange, Sitting
from lantoa.exams.permissions import council_sees
from lantoa.exams.queries.checking import Unsound, check
from lantoa.exams.queries.marking import alias_of
from lantoa.exams.queries.scored import Scorer
from lantoa.exams.queries.words import of_content
from lantoa.exams.rules.appeals import Appealing, state_of, until
from lantoa.exams.scoring import Scored
from lantoa.kernel import clock
from lantoa.kernel.text import fold

MOST_NAMED = 20


def out_at(attempt: Attempt, result: Result) -> datetime | None:
    """When the candidate could first see the result; None: not yet."""
    if result.waits_for_marks:
        return None
    if attempt.sitting.exam.release == Exam.Release.COUNCIL:
        return attempt.sitting.released_at
    marked = result.changes.filter(cause=ResultChange.Cause.MARKED).order_by("-at").first()
    return marked.at if marked else result.at


@dataclass(frozen=True)
class MyAppeal:
    """Where a candidate stands with an appeal of one attempt."""

    state: Appealing
    appeal: Appeal | None
    until: datetime | None


def my_appeal(attempt: Attempt, result: Result, at: datetime | None = None) -> MyAppeal:
    """As it stands now, or as it stood when a paper came in."""
    appeal = Appeal.objects.filter(attempt=attempt).first()
    out, days = out_at(attempt, result), settings.LANTOA_APPEAL_DAYS
    state = state_of(
        out_at=out,
        now=at or clock.now(),
        days=days,
        filed=appeal is not None,
        decided=appeal is not None and appeal.decided_at is not None,
    )
    return MyAppeal(state, appeal, until(out, days) if out else None)


def changes_of(result: Result) -> QuerySet[ResultChange]:
    """What the candidate is told of: marking completed the result, and changed nothing they saw."""
    return result.changes.exclude(cause=ResultChange.Cause.MARKED).order_by("-at")


def appeals_in(sitting: Sitting) -> QuerySet[Appeal]:
    """The caller has authorised the sitting; undecided ones first."""
    return (
        Appeal.objects.filter(attempt__sitting=sitting)
        .select_related("attempt__candidate__person", "attempt__candidate__unit", "attempt__result")
        .order_by(F("decided_at").asc(nulls_first=True), "filed_at")
    )


def attempts_of(sitting: Sitting, typed: str) -> list[Attempt]:
    """The last submitted attempt of each candidate so numbered, or else so named; a few of them.
    The caller has authorised the sitting."""
    submitted = Attempt.objects.filter(sitting=sitting, result__isnull=False).select_related(
        "candidate__person", "candidate__unit", "result", "sitting__exam"
    )
    named = submitted.filter(candidate__number__iexact=typed.strip())
    if not named:
        named = submitted
        for word in fold(typed).split():
            named = named.filter(candidate__person__search_key__contains=word)
    last: dict[int, Attempt] = {}
    for attempt in named.order_by("candidate", "number")[:MOST_NAMED]:
        last[attempt.candidate_id] = attempt
    return list(last.values())


def appeal_for(user: User, pk: int) -> Appeal:
    """Raises Appeal.DoesNotExist."""
    found = Appeal.objects.filter(attempt__sitting__in=council_sees(user).values("pk"))
    return found.select_related(
        "attempt__sitting__exam__unit", "attempt__candidate__person", "attempt__candidate__unit",
        "attempt__result", "attempt__submission",
    ).get(pk=pk)  # fmt: skip


@dataclass(frozen=True)
class Remarked:
    """An answer that people mark: what counts now, and the marks of the round under way."""

    marking: Marking
    alias: str
    stem: str
    marks: list[Mark]
    reopened: bool


@dataclass(frozen=True)
class Rechecked:
    """The machine's part looked at again: whether log and result hold, and what it comes to now."""

    unsound: Unsound | None
    scored: Scored
    answers: list[Remarked]

    @property
    def settled(self) -> bool:
        return all(answer.marking.settled_at is not None for answer in self.answers)

    @property
    def may_reopen(self) -> bool:
        """Once: those who mark again are others, and no more are asked."""
        fresh = not any(answer.reopened for answer in self.answers)
        return bool(self.answers) and self.settled and fresh


def rechecked(appeal: Appeal) -> Rechecked:
    (checked,) = check([appeal.attempt], Scorer())
    markings = Marking.objects.filter(attempt=appeal.attempt_id).select_related("version")
    marks = list(
        Mark.objects.filter(attempt=appeal.attempt_id).select_related("marker").order_by("ordinal")
    )
    answers = [
        Remarked(
            marking,
            alias_of(appeal.attempt.public_id),
            of_content(marking.version.content),
            [m for m in marks if m.slot == marking.slot and m.ordinal > marking.before],
            marking.opened_at > appeal.filed_at,
        )
        for marking in markings.order_by("slot")
    ]
    return Rechecked(checked.unsound, checked.now.scored, answers)
