"""Every indicator counts what its definition says, persons apart from person-times."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache
from pytest_django import DjangoAssertNumQueries, Settings

from lantoa.kernel import clock
from lantoa.people.models import Person, Unit
from lantoa.plans.actions import open_planned_cohort
from lantoa.plans.indicators import INDICATORS, Figures, coverage, coverage_lately
from lantoa.plans.models import Plan
from lantoa.plans.queries.people import STATES, learners_of
from lantoa.programmes.actions import change_cohort, enrol
from lantoa.programmes.models import Cohort, Enrolment, Programme


def _row(plan: Plan, programme: Programme, unit: Unit, child: Unit) -> Figures:
    found = coverage(plan, programme, unit)
    return next(r.figures for r in found.children if r.unit.pk == child.pk)


def test_every_indicator_is_a_figure() -> None:
    assert len({i.code for i in INDICATORS}) == len(INDICATORS)
    for indicator in INDICATORS:
        assert hasattr(Figures(), indicator.code)


def test_counts_per_child_and_in_all(
    plan: Plan,
    programme: Programme,
    province: Unit,
    commune: Unit,
    other_commune: Unit,
    enrolled: list[Enrolment],
    quotas: None,
) -> None:
    now = clock.now()
    Enrolment.objects.filter(pk=enrolled[0].pk).update(
        started_at=now, completed_at=now - timedelta(days=8), certified_at=now
    )
    Enrolment.objects.filter(pk=enrolled[1].pk).update(started_at=now, completed_at=now)
    here = _row(plan, programme, province, commune)
    assert here == Figures(
        quota=4,
        enrolled=3,
        enrolled_times=3,
        activated=2,
        begun=2,
        completed=2,
        completed_times=2,
        certified=1,
        recent=1,
    )
    assert here.coverage == 0.5
    beside = _row(plan, programme, province, other_commune)
    assert (beside.quota, beside.enrolled, beside.coverage) == (None, 1, None)
    total = coverage(plan, programme, province).total.figures
    assert (total.quota, total.enrolled, total.completed) == (10, 4, 2)


def test_late_from_the_day_after_and_due_soon_before(
    plan: Plan,
    programme: Programme,
    cohort: Cohort,
    province: Unit,
    commune: Unit,
    enrolled: list[Enrolment],
) -> None:
    today = clock.today()
    for closes_in, late, soon in ((-1, 3, 0), (0, 0, 3), (7, 0, 3), (8, 0, 0)):
        change_cohort(
            cohort=cohort,
            name="Đợt",
            opens_on=today - timedelta(days=30),
            closes_on=today + timedelta(days=closes_in),
            actor=None,
        )
        row = _row(plan, programme, province, commune)
        assert (row.late, row.due_soon) == (late, soon), closes_in


def test_a_person_in_two_cohorts_is_one_person_and_two_times(
    plan: Plan,
    programme: Programme,
    province: Unit,
    commune: Unit,
    people: list[Person],
    enrolled: list[Enrolment],
) -> None:
    today = clock.today()
    second = open_planned_cohort(
        plan=plan,
        programme=programme,
        name="Đợt 2",
        opens_on=today,
        closes_on=today + timedelta(days=60),
        actor=None,
    )
    enrol(cohort=second, persons=people[:2], actor=None)
    row = _row(plan, programme, province, commune)
    assert (row.enrolled, row.enrolled_times) == (3, 5)
    # Done in the first cohort is done, although the second is open; both count as person-times.
    first = Enrolment.objects.filter(person=people[0]).order_by("pk")
    first.update(started_at=clock.now(), completed_at=clock.now())
    row = _row(plan, programme, province, commune)
    assert (row.completed, row.completed_times) == (1, 2)
    # A new cohort gives a new term.
    change = Enrolment.objects.get(person=people[1], cohort=second).cohort
    assert change.closes_on > today
    first_cohort = enrolled[0].cohort
    change_cohort(
        cohort=first_cohort,
        name="Đợt 1",
        opens_on=today - timedelta(days=9),
        closes_on=today - timedelta(days=1),
        actor=None,
    )
    assert _row(plan, programme, province, commune).late == 1


def test_who_moved_counts_once_where_they_enrolled_last(
    plan: Plan,
    programme: Programme,
    province: Unit,
    commune: Unit,
    other_commune: Unit,
    people: list[Person],
    enrolled: list[Enrolment],
) -> None:
    today = clock.today()
    second = open_planned_cohort(
        plan=plan,
        programme=programme,
        name="Đợt 2",
        opens_on=today,
        closes_on=today + timedelta(days=60),
        actor=None,
    )
    moved = people[0]
    moved.unit = other_commune
    moved.save()
    enrol(cohort=second, persons=[moved], actor=None)
    found = coverage(plan, programme, province)
    assert found.total.figures.enrolled == 4
    assert sum(r.figures.enrolled for r in found.children) == 4
    assert _row(plan, programme, province, other_commune).enrolled == 2


def test_withdrawn_and_other_plans_do_not_count(
    plan: Plan, programme: Programme, province: Unit, commune: Unit, enrolled: list[Enrolment]
) -> None:
    Enrolment.objects.filter(pk=enrolled[0].pk).update(withdrawn_at=clock.now())
    assert _row(plan, programme, province, commune).enrolled == 2
    plan.planned_cohorts.all().delete()
    assert coverage(plan, programme, province).total.figures.enrolled == 0


def test_people_directly_at_the_unit_are_told_apart(
    plan: Plan,
    programme: Programme,
    province: Unit,
    cohort: Cohort,
    enrolled: list[Enrolment],
    make_person: Callable[..., Person],
) -> None:
    enrol(cohort=cohort, persons=[make_person("Hoàng Giang", province)], actor=None)
    found = coverage(plan, programme, province)
    assert found.own.enrolled == 1
    assert found.total.figures.enrolled == 5


@pytest.mark.parametrize("repeat", [False, True])
def test_any_figure_leads_to_its_people(
    plan: Plan,
    programme: Programme,
    province: Unit,
    commune: Unit,
    people: list[Person],
    enrolled: list[Enrolment],
    repeat: bool,
) -> None:
    now, today = clock.now(), clock.today()
    Enrolment.objects.filter(pk=enrolled[0].pk).update(
        started_at=now, completed_at=now, certified_at=now
    )
    Enrolment.objects.filter(pk=enrolled[1].pk).update(started_at=now)
    if repeat:
        second = open_planned_cohort(
            plan=plan,
            programme=programme,
            name="Đợt 2",
            opens_on=today,
            closes_on=today + timedelta(days=3),
            actor=None,
        )
        enrol(cohort=second, persons=people[:2], actor=None)
    change_cohort(
        cohort=enrolled[0].cohort,
        name="Đợt 1",
        opens_on=today - timedelta(days=9),
        closes_on=today - timedelta(days=1),
        actor=None,
    )
    figures = coverage(plan, programme, province).total.figures
    counts = {s: learners_of(plan, programme, province, state=s).count() for s in STATES}
    assert learners_of(plan, programme, province).count() == figures.enrolled == 4
    assert counts["late"] == figures.late
    assert counts["due_soon"] == figures.due_soon
    assert counts["completed"] + counts["certified"] == figures.completed
    assert counts["certified"] == figures.certified
    assert counts["learning"] == figures.begun - figures.completed
    assert counts["inactive"] == figures.enrolled - figures.activated


def test_four_queries(
    plan: Plan,
    programme: Programme,
    province: Unit,
    enrolled: list[Enrolment],
    quotas: None,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(4):
        coverage(plan, programme, province)


def test_pages_keep_figures_for_a_moment_and_say_which(
    settings: Settings, plan: Plan, programme: Programme, province: Unit
) -> None:
    cache.clear()
    settings.LANTOA_FIGURES_SECONDS = 60
    first = coverage_lately(plan, programme, province)
    assert coverage_lately(plan, programme, province).at == first.at
    settings.LANTOA_FIGURES_SECONDS = 0
    cache.clear()
    assert coverage_lately(plan, programme, province).at > first.at
    assert coverage_lately(plan, programme, province).at > first.at
