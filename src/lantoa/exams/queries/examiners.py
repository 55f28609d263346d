"""Sittings and attempts as examiners see them: those of exams of units in reach."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, When

from lantoa.accounts.models import User
from lantoa.exams import rules
from lantoa.exams.models import Answer, Attempt, Candidate, Sitting
from lantoa.exams.rules import State
from lantoa.kernel.text import fold
from lantoa.people.models import RoleGrant
from lantoa.people.permissions import unit_ids_within
from lantoa.programmes.models import Enrolment

READERS = (RoleGrant.Role.EXAMINER,)


def _people(attempts: QuerySet[Attempt]) -> Subquery:
    """How many people these attempts (of the outer sitting) belong to; 0 without a row."""
    counted = (
        attempts.filter(
            sitting=OuterRef("pk"),
            candidate__withdrawn_at__isnull=True,
            candidate__enrolment__withdrawn_at__isnull=True,
            started_at__isnull=False,
        )
        .order_by()
        .values("sitting")
        .annotate(n=Count("candidate", distinct=True))
        .values("n")
    )
    return Subquery(counted, output_field=IntegerField())


def sittings_within(user: User | AnonymousUser) -> QuerySet[Sitting]:
    """Sittings in reach, with counts of people: `enrolled`, `begun`, `working`, `submitted`,
    `passed` (None stands for nobody)."""
    enrolled = (
        Enrolment.objects.filter(cohort=OuterRef("exam__cohort"), withdrawn_at__isnull=True)
        .order_by()
        .values("cohort")
        .annotate(n=Count("id"))
        .values("n")
    )
    named = (
        Candidate.objects.filter(sitting=OuterRef("pk"), withdrawn_at__isnull=True)
        .order_by()
        .values("sitting")
        .annotate(n=Count("id"))
        .values("n")
    )
    return (
        Sitting.objects.filter(exam__unit_id__in=unit_ids_within(user, *READERS))
        .select_related("exam__unit", "exam__cohort__programme", "exam__blueprint")
        .annotate(
            enrolled=Case(
                When(by_roster=True, then=Subquery(named, output_field=IntegerField())),
                default=Subquery(enrolled, output_field=IntegerField()),
            ),
            begun=_people(Attempt.objects.all()),
            working=_people(Attempt.objects.filter(submitted_at__isnull=True)),
            submitted=_people(Attempt.objects.filter(submitted_at__isnull=False)),
            passed=_people(Attempt.objects.filter(result__passed=True)),
        )
    )


@dataclass(frozen=True)
class SittingRow:
    """A sitting with its counts of people and where it stands now."""

    sitting: Sitting
    enrolled: int
    begun: int
    working: int
    submitted: int
    passed: int
    state: State

    @property
    def not_begun(self) -> int:
        return max(0, self.enrolled - self.begun)


def sittings_narrowed(
    sittings: QuerySet[Sitting], now: datetime, *, state: str = "", words: str = ""
) -> QuerySet[Sitting]:
    """Names are compared without accents, so in Python, on the narrow rows."""
    states = {
        "open": Q(opens_at__lte=now, closes_at__gt=now),
        "upcoming": Q(opens_at__gt=now),
        "closed": Q(closes_at__lte=now),
    }
    found = sittings.filter(states.get(state, Q()))
    wanted = fold(words).split()
    if not wanted:
        return found
    names = ("pk", "exam__title", "title", "exam__cohort__name")
    rows = Sitting.objects.filter(pk__in=found.order_by().values("pk")).values_list(*names)
    ids = [
        row[0]
        for row in rows
        if all(word in fold(" ".join(part or "" for part in row[1:])) for word in wanted)
    ]
    return found.filter(pk__in=ids)


def sitting_row(sitting: Sitting, now: datetime) -> SittingRow:
    counts = {
        name: vars(sitting).get(name) or 0
        for name in ("enrolled", "begun", "working", "submitted", "passed")
    }
    state = State.OPEN
    if now < sitting.opens_at:
        state = State.UPCOMING
    elif now >= sitting.closes_at:
        state = State.CLOSED
    return SittingRow(sitting=sitting, state=state, **counts)


FILTERS = {
    "working": Q(submitted_at__isnull=True, started_at__isnull=False),
    "passed": Q(result__passed=True),
    "failed": Q(result__passed=False),
}


def attempts_in(sitting: Sitting, *, state: str = "", words: str = "") -> QuerySet[Attempt]:
    """Attempts of a sitting the caller has authorised: those under way first, then by name."""
    found = Attempt.objects.filter(FILTERS.get(state, Q(started_at__isnull=False)), sitting=sitting)
    for word in fold(words).split()[:6]:
        found = found.filter(candidate__person__search_key__contains=word)
    return (
        found.select_related("candidate__person", "candidate__unit", "result")
        .annotate(is_submitted=Q(submitted_at__isnull=False))
        .order_by("is_submitted", "candidate__person__sort_key", "number")
    )


def examined_attempt(user: User | AnonymousUser, public_id: UUID) -> Attempt:
    """Raises Attempt.DoesNotExist when it is of no exam in reach."""
    return Attempt.objects.select_related(
        "bundle", "candidate__person", "candidate__unit", "sitting__exam__cohort"
    ).get(
        public_id=public_id,
        sitting__exam__unit_id__in=unit_ids_within(user, *READERS),
    )


@dataclass(frozen=True)
class Log:
    """An attempt's saves in the order of arrival; `broken_at` is the sequence of the first that
    doesn't fit the chain (None: all fit), `counting` the rows that are the answers."""

    rows: list[Answer]
    broken_at: int | None
    counting: frozenset[int]

    @property
    def holds(self) -> bool:
        return self.broken_at is None


def log_of(attempt: Attempt) -> Log:
    rows = list(attempt.answers.order_by("id"))
    start = rules.root(attempt.bundle.digest, attempt.public_id, attempt.seed)
    broken_at = rules.first_break(start, rows)
    if broken_at is None and rules.head_of(start, rows) != bytes(attempt.head):
        broken_at = attempt.last_sequence  # rows were cut off at the end
    last = {row.slot: row.pk for row in sorted(rows, key=lambda row: row.sequence)}
    return Log(rows, broken_at, frozenset(last.values()))
