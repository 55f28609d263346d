"""Enrolling people: bulk, told apart, counted once, undone."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from pytest_django import DjangoAssertNumQueries

from lantoa.audit.models import Event
from lantoa.courses.models import Course, Registration
from lantoa.items.models import Blueprint
from lantoa.kernel import clock
from lantoa.people.models import Person, Unit
from lantoa.programmes.actions import (
    NewRequirement,
    create_programme,
    enrol,
    open_cohort,
    record_outcome,
    undo_batch,
    withdraw_enrolment,
)
from lantoa.programmes.models import Cohort, Enrolment, Outcome, Programme, Requirement


def test_enrol_tells_fresh_already_and_left_apart(
    cohort: Cohort, commune: Unit, make_person: Callable[..., Person], course: Course
) -> None:
    an = make_person("Nguyễn Văn An", commune)
    binh = make_person("Lê Thị Bình", commune)
    left = make_person("Trần Văn Cường", commune, left_on=clock.today())
    leaving = make_person("Vũ Thị Dung", commune, left_on=clock.today() + timedelta(days=3))
    first = enrol(cohort=cohort, persons=[an], actor=None)
    assert (first.enrolled, first.already, first.not_active) == (1, 0, 0)
    second = enrol(cohort=cohort, persons=[an, binh, binh, left, leaving], actor=None)
    assert (second.enrolled, second.already, second.not_active) == (2, 1, 1)
    assert Registration.objects.filter(course=course).count() == 3
    assert Enrolment.objects.get(person=binh).unit == commune
    assert Event.objects.filter(action="programmes.enrol").count() == 2
    third = enrol(cohort=cohort, persons=[an, left], actor=None)
    assert third.batch is None
    assert Event.objects.filter(action="programmes.enrol").count() == 2


def test_a_closed_cohort_takes_nobody(
    programme: Programme, province: Unit, commune: Unit, make_person: Callable[..., Person]
) -> None:
    closed = open_cohort(
        programme=programme,
        unit=province,
        name="Cũ",
        opens_on=date(2020, 1, 1),
        closes_on=date(2020, 1, 31),
        actor=None,
    )
    with pytest.raises(ValidationError):
        enrol(cohort=closed, persons=[make_person("Lê An", commune)], actor=None)
    assert not Enrolment.objects.exists()


def test_thousands_take_few_queries(
    cohort: Cohort,
    commune: Unit,
    make_person: Callable[..., Person],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    persons = [make_person(f"Nguyễn Văn A{i}", commune) for i in range(120)]
    with django_assert_max_num_queries(22):
        report = enrol(cohort=cohort, persons=persons, actor=None)
    assert report.enrolled == 120


def test_a_course_finished_before_counts_at_once(
    programme: Programme,
    province: Unit,
    commune: Unit,
    make_person: Callable[..., Person],
    course: Course,
    cohort: Cohort,
) -> None:
    an = make_person("Nguyễn Văn An", commune)
    enrol(cohort=cohort, persons=[an], actor=None)
    Registration.objects.update(started_at=clock.now(), completed_at=clock.now())
    only = create_programme(
        actor=None,
        unit=province,
        code="CT9",
        title="Chỉ khóa học",
        requirements=[NewRequirement(course=course)],
    )
    second = open_cohort(
        programme=only,
        unit=province,
        name="Đợt",
        opens_on=date(2020, 1, 1),
        closes_on=date(2099, 1, 1),
        actor=None,
    )
    enrol(cohort=second, persons=[an], actor=None)
    done = Enrolment.objects.get(cohort=second)
    assert done.completed_at is not None
    assert done.started_at is not None
    assert not done.repeats
    assert Event.objects.filter(action="programmes.complete_enrolment").count() == 1


@pytest.mark.parametrize(("months_ago", "kept"), [(11, True), (13, False)])
def test_a_passed_part_is_kept_for_its_months(
    province: Unit,
    commune: Unit,
    make_person: Callable[..., Person],
    blueprint: Blueprint,
    months_ago: int,
    kept: bool,
) -> None:
    programme = create_programme(
        actor=None,
        unit=province,
        code="IU",
        title="Chuẩn CNTT",
        requirements=[
            NewRequirement(blueprint=blueprint, kept_months=12),
            NewRequirement(blueprint=blueprint),
        ],
    )
    window: dict[str, Any] = {"opens_on": date(2020, 1, 1), "closes_on": date(2099, 1, 1)}
    first, second = (
        open_cohort(programme=programme, unit=province, name=n, actor=None, **window)
        for n in ("1", "2")
    )
    an = make_person("Nguyễn Văn An", commune)
    enrol(cohort=first, persons=[an], actor=None)
    for requirement in Requirement.objects.filter(programme=programme):
        record_outcome(
            enrolment=Enrolment.objects.get(cohort=first),
            requirement=requirement,
            passed=requirement.position == 1,
            source=f"exams.result:{requirement.pk}",
            at=clock.now() - timedelta(days=months_ago * 30 + 5),
        )
    enrol(cohort=second, persons=[an], actor=None)
    again = Enrolment.objects.get(cohort=second)
    assert again.repeats
    assert Outcome.objects.filter(enrolment=again).exists() is kept
    assert again.completed_at is None


def test_undo_withdraws_who_has_not_begun_and_once(
    cohort: Cohort, commune: Unit, make_person: Callable[..., Person]
) -> None:
    persons = [make_person(f"Nguyễn Văn A{i}", commune) for i in range(3)]
    report = enrol(cohort=cohort, persons=persons, actor=None)
    assert report.batch is not None
    Enrolment.objects.filter(person=persons[0]).update(started_at=clock.now())
    assert undo_batch(batch=report.batch, actor=None) == (2, 1)
    with pytest.raises(ValidationError):
        undo_batch(batch=report.batch, actor=None)
    back = enrol(cohort=cohort, persons=persons, actor=None)
    assert (back.enrolled, back.already) == (2, 1)


def test_withdrawing_once_and_never_the_completed(
    cohort: Cohort, commune: Unit, make_person: Callable[..., Person]
) -> None:
    enrol(cohort=cohort, persons=[make_person("Lê An", commune)], actor=None)
    enrolment = Enrolment.objects.get()
    assert withdraw_enrolment(enrolment=enrolment, actor=None) is True
    assert withdraw_enrolment(enrolment=enrolment, actor=None) is False
    Enrolment.objects.update(withdrawn_at=None, completed_at=clock.now())
    assert withdraw_enrolment(enrolment=enrolment, actor=None) is False
