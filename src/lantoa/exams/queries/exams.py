"""Exams and sittings as those see them who hold them: examiners, within their units."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Count, Min, Q, QuerySet, When

from lantoa.accounts.models import User
from lantoa.exams.models import Attempt, Candidate, Exam, Room, Sitting
from lantoa.items.models import Blueprint, Form
from lantoa.items.permissions import home_units
from lantoa.kernel import clock
from lantoa.kernel.text import fold
from lantoa.people.models import RoleGrant, Unit, UnitLink
from lantoa.people.permissions import unit_ids_within, units_within
from lantoa.programmes.models import Cohort, Requirement

EXAMINER = RoleGrant.Role.EXAMINER


def exams_within(user: User | AnonymousUser) -> QuerySet[Exam]:
    return Exam.objects.filter(unit_id__in=unit_ids_within(user, EXAMINER)).select_related(
        "unit", "blueprint", "cohort", "requirement"
    )


def sittings_held(user: User | AnonymousUser) -> QuerySet[Sitting]:
    """Sittings that the user holds, without counts."""
    return Sitting.objects.filter(exam__unit_id__in=unit_ids_within(user, EXAMINER)).select_related(
        "exam__unit", "exam__blueprint", "exam__cohort", "unit", "makes_up_for__exam"
    )


def candidates_held(user: User | AnonymousUser) -> QuerySet[Candidate]:
    return Candidate.objects.filter(
        sitting__exam__unit_id__in=unit_ids_within(user, EXAMINER)
    ).select_related(
        "person", "unit", "room", "sitting__exam__blueprint", "sitting__exam__unit", "sitting__unit"
    )


def rooms_held(user: User | AnonymousUser) -> QuerySet[Room]:
    return Room.objects.filter(
        sitting__exam__unit_id__in=unit_ids_within(user, EXAMINER)
    ).select_related("sitting__exam__unit")


STATES = ("none", "upcoming", "open", "closed")


@dataclass(frozen=True)
class ExamRow:
    exam: Exam
    sittings: int
    forms: int
    state: str
    next_at: datetime | None


def counted(exams: QuerySet[Exam], now: datetime) -> QuerySet[Exam]:
    """With how many sittings there are, and are open or still to come."""
    running = Q(sittings__opens_at__lte=now, sittings__closes_at__gt=now)
    coming = Q(sittings__opens_at__gt=now)
    return exams.annotate(
        held=Count("sittings", distinct=True),
        running=Count("sittings", filter=running, distinct=True),
        coming=Count("sittings", filter=coming, distinct=True),
        next_at=Min("sittings__opens_at", filter=coming),
        fixed_forms=Count("forms", distinct=True),
    )


_STATE = {
    "none": Q(held=0),
    "open": Q(running__gt=0),
    "upcoming": Q(running=0, coming__gt=0),
    "closed": Q(held__gt=0, running=0, coming=0),
}


def narrowed(
    exams: QuerySet[Exam], *, state: str = "", entry: str = "", words: str = ""
) -> QuerySet[Exam]:
    """`exams` as `counted` gave them. Names are compared without accents, so in Python: a unit has
    tens of exams, not thousands."""
    found = exams.filter(_STATE[state]) if state in _STATE else exams
    if entry in Exam.Entry.values:
        found = found.filter(entry=entry)
    wanted = fold(words).split()
    if wanted:
        ids = [
            pk
            for pk, title in found.values_list("pk", "title")
            if all(word in fold(title) for word in wanted)
        ]
        found = found.filter(pk__in=ids)
    return found


def exam_row(exam: Exam) -> ExamRow:
    row = vars(exam)
    if row["running"]:
        state = "open"
    elif row["coming"]:
        state = "upcoming"
    else:
        state = "closed" if row["held"] else "none"
    return ExamRow(exam, row["held"], row["fixed_forms"], state, row["next_at"])


def sittings_of(exam: Exam) -> QuerySet[Sitting]:
    """With how many candidates each has."""
    return (
        exam.sittings.select_related("unit", "makes_up_for")
        .annotate(named=Count("candidates", filter=Q(candidates__withdrawn_at=None)))
        .order_by("-opens_at", "-pk")
    )


def homes(user: User) -> QuerySet[Unit]:
    """Units that the user may hold exams for."""
    return home_units(user, EXAMINER)


def blueprints_for(user: User) -> QuerySet[Blueprint]:
    return (
        Blueprint.objects.filter(unit_id__in=unit_ids_within(user, EXAMINER))
        .select_related("unit")
        .order_by("title")
    )


def forms_of(blueprint: Blueprint) -> QuerySet[Form]:
    """Those that attempts can be dealt from."""
    return Form.objects.filter(
        blueprint=blueprint, state=Form.State.PUBLISHED, bundle__isnull=False
    ).order_by("code")


def near_units(user: User, under: Unit | None = None) -> QuerySet[Unit]:
    """Units to choose from in a list: the highest in reach and what stands directly below."""
    reach = units_within(user, EXAMINER)
    if under is not None:
        reach = reach.filter(pk__in=UnitLink.objects.filter(ancestor=under).values("unit_id"))
        tops = Unit.objects.filter(pk=under.pk)
    else:
        tops = reach.exclude(parent__in=unit_ids_within(user, EXAMINER))
    near = UnitLink.objects.filter(ancestor__in=tops.values("pk"), depth__lte=1).values("unit_id")
    first = Case(When(pk__in=tops.values("pk"), then=0), default=1)
    return reach.filter(pk__in=near).order_by(first, "kind", "sort_key")


def tests_of_cohorts(user: User, blueprint: Blueprint) -> list[tuple[Cohort, Requirement]]:
    """Final tests by this blueprint that cohorts in reach ask for and no exam is bound to yet."""
    bound = set(
        Exam.objects.filter(cohort__isnull=False).values_list("cohort_id", "requirement_id")
    )
    asked = Requirement.objects.filter(blueprint=blueprint, kind=Requirement.Kind.EXAM)
    cohorts = Cohort.objects.filter(
        programme__in=asked.values("programme"),
        unit_id__in=unit_ids_within(user, EXAMINER),
        closes_on__gte=clock.today(),
    ).order_by("-opens_on")
    by_programme = {requirement.programme_id: requirement for requirement in asked}
    pairs = [(cohort, by_programme[cohort.programme_id]) for cohort in cohorts]
    return [(c, r) for c, r in pairs if (c.pk, r.pk) not in bound]


def is_settled(exam: Exam) -> bool:
    """Somebody has begun, or a sitting is opened ahead: what papers are made from stays."""
    return (
        exam.sittings.filter(prepared_at__isnull=False).exists()
        or Attempt.objects.filter(sitting__exam=exam, started_at__isnull=False).exists()
    )


def has_started(sitting: Sitting) -> bool:
    return sitting.attempts.filter(started_at__isnull=False).exists()
