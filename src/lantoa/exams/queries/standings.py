"""Where people stand with their sittings: those of their cohorts, and those they are put in for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from lantoa.exams import rules
from lantoa.exams.models import Attempt, Candidate, Exam, Sitting
from lantoa.kernel import clock
from lantoa.people.models import Person
from lantoa.programmes.models import Enrolment, Outcome, Requirement


@dataclass(frozen=True)
class MySitting:
    """One sitting of one person. `enrolment`: in the cohort whose final test it is. `score` is the
    best so far, where results are out; `attempt` the one under way."""

    sitting: Sitting
    enrolment: Enrolment | None
    standing: rules.Standing
    state: rules.State
    score: int | None
    attempt: UUID | None
    left: timedelta | None

    @property
    def title(self) -> str:
        return self.sitting.name

    @property
    def exam(self) -> Exam:
        return self.sitting.exam

    @property
    def left_seconds(self) -> int | None:
        return None if self.left is None else int(self.left.total_seconds())


def _enrolments(chosen: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """With `courses_missing`: some course of the programme isn't passed yet."""
    passed = Outcome.objects.filter(
        enrolment=OuterRef(OuterRef("pk")), requirement=OuterRef("pk"), passed=True
    )
    missing = Requirement.objects.filter(
        ~Exists(passed),
        programme=OuterRef("cohort__programme"),
        kind=Requirement.Kind.COURSE,
    )
    return chosen.select_related("cohort__programme").annotate(courses_missing=Exists(missing))


def _sittings(person_id: int, enrolments: Mapping[int, Enrolment]) -> QuerySet[Sitting]:
    """With how the person's attempts went; `enrolments` by cohort: nobody is in one twice."""
    ids = [enrolment.pk for enrolment in enrolments.values()]
    # By subqueries on the index of attempts: a join would pass over everybody's of the sitting.
    mine = Attempt.objects.filter(
        candidate__sitting=OuterRef("pk"), candidate__person=person_id, started_at__isnull=False
    ).order_by()
    tally = mine.values("sitting").annotate(used=Count("pk"), best=Max("result__score"))
    passed = Outcome.objects.filter(
        enrolment__in=ids,
        enrolment__cohort=OuterRef("exam__cohort"),
        requirement=OuterRef("exam__requirement"),
        passed=True,
    )
    open_ones = mine.filter(submitted_at__isnull=True)
    return (
        Sitting.objects.filter(
            Q(by_roster=False, exam__cohort__in=list(enrolments))
            | Q(by_roster=True, pk__in=put_in_for(person_id).values("sitting"))
        )
        .select_related("exam__blueprint", "exam__requirement")
        .annotate(
            used=Coalesce(Subquery(tally.values("used")), 0),
            best=Subquery(tally.values("best")),
            has_passed=Exists(passed) | Exists(mine.filter(result__passed=True)),
            open_attempt=Subquery(open_ones.values("public_id")[:1]),
            open_deadline=Subquery(open_ones.values("deadline_at")[:1]),
        )
        .order_by("closes_at", "exam__requirement__position", "pk")
    )


def results_are_out(sitting: Sitting) -> bool:
    return sitting.exam.release == Exam.Release.IMMEDIATE or sitting.released_at is not None


def _my_sitting(sitting: Sitting, enrolment: Enrolment | None, now: datetime) -> MySitting:
    row = vars(sitting)
    out = results_are_out(sitting)
    standing = rules.Standing(
        opens_at=sitting.opens_at,
        closes_at=sitting.last_start_at or sitting.closes_at,
        courses_done=enrolment is None or not vars(enrolment)["courses_missing"],
        attempts_used=row["used"],
        attempts_allowed=sitting.exam.blueprint.attempts_allowed,
        passed=row["has_passed"] and out,
        open_deadline=row["open_deadline"],
    )
    left = row["open_deadline"] - now if row["open_deadline"] else None
    return MySitting(
        sitting=sitting,
        enrolment=enrolment,
        standing=standing,
        state=rules.state_of(standing, now),
        score=row["best"] if out else None,
        attempt=row["open_attempt"],
        left=max(left, timedelta(0)) if left is not None else None,
    )


def _standings(person_id: int, chosen: QuerySet[Enrolment]) -> list[MySitting]:
    enrolments = {enrolment.cohort_id: enrolment for enrolment in _enrolments(chosen)}
    now = clock.now()
    return [
        _my_sitting(sitting, enrolments.get(sitting.exam.cohort_id or 0), now)
        for sitting in _sittings(person_id, enrolments)
    ]


def put_in_for(person: Combinable | int) -> QuerySet[Candidate]:
    """The person's places in sittings that are not their whole cohort's."""
    return Candidate.objects.filter(
        person=person, withdrawn_at__isnull=True, sitting__by_roster=True
    )


def sittings_for(person: Person, *, cohorts: bool = True) -> list[MySitting]:
    """All the person's sittings, those that close first at the top, in two queries; without
    `cohorts` only those they were put in for, in one."""
    if not cohorts:
        return _standings(person.pk, Enrolment.objects.none())
    chosen = Enrolment.objects.filter(person=person, withdrawn_at__isnull=True)
    return _standings(person.pk, chosen)


def my_sitting(person: Person, sitting_id: int) -> MySitting:
    """One of them. Raises Sitting.DoesNotExist when it isn't the person's."""
    for mine in sittings_for(person):
        if mine.sitting.pk == sitting_id:
            return mine
    raise Sitting.DoesNotExist
