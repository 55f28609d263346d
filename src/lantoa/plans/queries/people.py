"""The people behind a plan's figures: one row per person, as `indicators` counts them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, DateField, Exists, F, OuterRef, Q, QuerySet, When
from django.utils.translation import gettext_lazy as _

from lantoa.kernel import clock
from lantoa.kernel.text import fold
from lantoa.people.models import Person, Unit
from lantoa.people.queries.over_time import units_then
from lantoa.plans.models import Plan, PlannedCohort
from lantoa.programmes.models import Enrolment, Outcome, Programme
from lantoa.programmes.rules import DUE_SOON_DAYS, Progress, Timing, progress, timing

STATES: dict[str, Any] = {
    "late": _("Trễ hạn"),
    "due_soon": _("Sắp đến hạn"),
    "inactive": _("Chưa kích hoạt"),
    "not_begun": _("Chưa học"),
    "learning": _("Đang học"),
    "completed": _("Hoàn thành"),
    "certified": _("Đã cấp giấy chứng nhận"),
}
PROGRESS_COLORS = {
    Progress.INACTIVE: "neutral",
    Progress.NOT_BEGUN: "neutral",
    Progress.LEARNING: "info",
    Progress.COMPLETED: "success",
    Progress.CERTIFIED: "green",
}


@dataclass(frozen=True)
class Learner:
    """A person's standing in a programme of a plan. `passed` of `asked` requirements."""

    enrolment: Enrolment
    progress: Progress
    timing: Timing
    passed: int
    asked: int

    @property
    def person(self) -> Person:
        return self.enrolment.person

    @property
    def label(self) -> Any:
        return STATES[self.progress.value]

    @property
    def color(self) -> str:
        return PROGRESS_COLORS[self.progress]


def _standing(plan: Plan, programme: Programme) -> QuerySet[Enrolment]:
    """Each person's newest enrolment in the plan's cohorts, with the facts of all of them."""
    planned = PlannedCohort.objects.filter(plan=plan, cohort__programme=programme)
    cohorts = list(planned.values_list("cohort_id", flat=True))
    standing = Enrolment.objects.filter(cohort_id__in=cohorts, withdrawn_at__isnull=True)
    if not standing.filter(repeats=True).exists():
        return standing.annotate(
            last_day=F("cohort__closes_on"),
            begun=Case(When(started_at__isnull=False, then=True), default=False),
            done=Case(When(completed_at__isnull=False, then=True), default=False),
            holds=Case(When(certified_at__isnull=False, then=True), default=False),
        )
    all_of_person = standing.filter(person=OuterRef("person"))
    latest_window = all_of_person.order_by("-cohort__closes_on").values("cohort__closes_on")[:1]
    return standing.filter(
        ~Exists(all_of_person.filter(repeats=True, pk__gt=OuterRef("pk")))
    ).annotate(
        last_day=Case(
            When(repeats=False, then=F("cohort__closes_on")),
            default=latest_window,
            output_field=DateField(),
        ),
        begun=Exists(all_of_person.filter(started_at__isnull=False)),
        done=Exists(all_of_person.filter(completed_at__isnull=False)),
        holds=Exists(all_of_person.filter(certified_at__isnull=False)),
    )


def _in_state(learners: QuerySet[Enrolment], state: str, today: date) -> QuerySet[Enrolment]:
    active = Q(person__user__activated_at__isnull=False)
    conditions: dict[str, Q] = {
        "late": Q(done=False, last_day__lt=today),
        "due_soon": Q(done=False, last_day__range=(today, today + timedelta(days=DUE_SOON_DAYS))),
        "inactive": Q(begun=False, done=False) & ~active,
        "not_begun": Q(begun=False, done=False) & active,
        "learning": Q(begun=True, done=False),
        "completed": Q(done=True, holds=False),
        "certified": Q(holds=True),
    }
    condition = conditions.get(state)
    return learners if condition is None else learners.filter(condition)


_SHOWN = (
    "person__family_name",
    "person__middle_name",
    "person__given_name",
    "person__birth_date",
    "person__birth_year",
    "person__title",
    "person__user__activated_at",
    "person__user__closed_at",
    "unit_id",
    "cohort_id",
    "completed_at",
)


def learners_of(
    plan: Plan,
    programme: Programme,
    unit: Unit,
    *,
    state: str = "",
    search: str = "",
    on: date | None = None,
) -> QuerySet[Enrolment]:
    """People under the unit, in Vietnamese order of names; the caller has checked the reach.

    `on`: who stood under it by the tree of that day. `state` is one of STATES, `search` part of a
    name without accents, or a phone number.
    """
    learners = _standing(plan, programme).filter(units_then("unit_id", unit, on))
    learners = _in_state(learners, state, clock.today())
    if wanted := fold(search):
        learners = learners.filter(
            Q(person__search_key__contains=wanted) | Q(person__phone__startswith=search.strip())
        )
    return (
        learners.select_related("person__user")
        .prefetch_related("unit", "cohort")
        .only(*_SHOWN)
        .order_by("person__sort_key", "pk")
    )


def as_learners(programme: Programme, enrolments: list[Enrolment]) -> list[Learner]:
    """What a page or sheet says of each enrolment, in two queries for all of them."""
    asked = programme.requirements.count()
    passed: dict[int, int] = {}
    ids = [e.pk for e in enrolments]
    for start in range(0, len(ids), 5000):
        counted = (
            Outcome.objects.filter(enrolment_id__in=ids[start : start + 5000], passed=True)
            .values("enrolment_id")
            .annotate(parts=Count("requirement_id", distinct=True))
        )
        passed.update(counted.values_list("enrolment_id", "parts"))
    today = clock.today()
    return [_learner(e, passed.get(e.pk, 0), asked, today) for e in enrolments]


def _learner(enrolment: Any, passed: int, asked: int, today: date) -> Learner:
    user = enrolment.person.user
    return Learner(
        enrolment=enrolment,
        progress=progress(
            activated=user is not None and user.activated_at is not None,
            started=enrolment.begun,
            completed=enrolment.done,
            certified=enrolment.holds,
        ),
        timing=timing(closes_on=enrolment.last_day, completed=enrolment.done, today=today),
        passed=asked if enrolment.done else passed,
        asked=asked,
    )
