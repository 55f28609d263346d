"""Where people stand with their sittings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from lantoa.exams import rules
from lantoa.exams.models import Attempt, Sitting
from lantoa.kernel import clock
from lantoa.people.models import Person
from lantoa.programmes.models import Enrolment, Outcome, Requirement


@dataclass(frozen=True)
class MySitting:
    """One sitting of one person. `score` is the best so far; `attempt` the one under way."""

    sitting: Sitting
    enrolment: Enrolment
    standing: rules.Standing
    state: rules.State
    score: int | None
    attempt: UUID | None
    left: timedelta | None

    @property
    def title(self) -> str:
        return self.sitting.blueprint.title

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


def _sittings(enrolments: Iterable[Enrolment]) -> QuerySet[Sitting]:
    """With how the attempts of these enrolments went. Nobody is in one cohort twice."""
    ids = [enrolment.pk for enrolment in enrolments]
    # By subqueries on the index of attempts: a join would pass over everybody's of the sitting.
    mine = Attempt.objects.filter(sitting=OuterRef("pk"), enrolment__in=ids).order_by()
    tally = mine.values("sitting").annotate(used=Count("pk"), best=Max("result__score"))
    passed = Outcome.objects.filter(
        enrolment__in=ids,
        enrolment__cohort=OuterRef("cohort"),
        requirement=OuterRef("requirement"),
        passed=True,
    )
    open_ones = Attempt.objects.filter(
        sitting=OuterRef("pk"), enrolment__in=ids, submitted_at__isnull=True
    )
    return (
        Sitting.objects.filter(cohort__enrolments__in=ids)
        .select_related("blueprint", "requirement")
        .annotate(
            mine=F("cohort__enrolments"),
            used=Coalesce(Subquery(tally.values("used")), 0),
            best=Subquery(tally.values("best")),
            has_passed=Exists(passed),
            open_attempt=Subquery(open_ones.values("public_id")[:1]),
            open_deadline=Subquery(open_ones.values("deadline_at")[:1]),
        )
        .order_by("closes_at", "requirement__position")
    )


def _my_sitting(sitting: Sitting, enrolment: Enrolment, now: datetime) -> MySitting:
    row = vars(sitting)
    standing = rules.Standing(
        opens_at=sitting.opens_at,
        closes_at=sitting.closes_at,
        courses_done=not vars(enrolment)["courses_missing"],
        attempts_used=row["used"],
        attempts_allowed=sitting.blueprint.attempts_allowed,
        passed=row["has_passed"],
        open_deadline=row["open_deadline"],
    )
    left = row["open_deadline"] - now if row["open_deadline"] else None
    return MySitting(
        sitting=sitting,
        enrolment=enrolment,
        standing=standing,
        state=rules.state_of(standing, now),
        score=row["best"],
        attempt=row["open_attempt"],
        left=max(left, timedelta(0)) if left is not None else None,
    )


def _standings(chosen: QuerySet[Enrolment]) -> list[MySitting]:
    enrolments = {enrolment.pk: enrolment for enrolment in _enrolments(chosen)}
    if not enrolments:
        return []
    now = clock.now()
    return [
        _my_sitting(sitting, enrolments[vars(sitting)["mine"]], now)
        for sitting in _sittings(enrolments.values())
    ]


def sittings_for(person: Person) -> list[MySitting]:
    """All the person's sittings, those that close first at the top, in two queries."""
    return _standings(Enrolment.objects.filter(person=person, withdrawn_at__isnull=True))


def my_sitting(person: Person, sitting_id: int) -> MySitting:
    """One of them. Raises Sitting.DoesNotExist when the person isn't enrolled for it."""
    chosen = Enrolment.objects.filter(
        person=person, withdrawn_at__isnull=True, cohort__sittings=sitting_id
    )
    for mine in _standings(chosen):
        if mine.sitting.pk == sitting_id:
            return mine
    raise Sitting.DoesNotExist


def standing_of(enrolment: Enrolment, sitting: Sitting) -> rules.Standing:
    """The facts for one enrolment and sitting. Raises Sitting.DoesNotExist if they don't meet."""
    for mine in _standings(Enrolment.objects.filter(pk=enrolment.pk)):
        if mine.sitting.pk == sitting.pk:
            return mine.standing
    raise Sitting.DoesNotExist
