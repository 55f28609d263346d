"""A published course, a blueprint and a programme that asks for both."""

from collections.abc import Callable
from datetime import date

import pytest

from lantoa.courses.models import Course, CourseVersion
from lantoa.items.models import Blueprint
from lantoa.kernel import clock
from lantoa.people.models import Unit
from lantoa.programmes.actions import NewRequirement, create_programme, open_cohort
from lantoa.programmes.models import Cohort, Programme

MakeCourse = Callable[..., Course]


@pytest.fixture
def make_course(province: Unit) -> MakeCourse:
    def make(code: str, *, unit: Unit | None = None, published: bool = True) -> Course:
        course = Course.objects.create(unit=unit or province, code=code, title=f"Khóa {code}")
        CourseVersion.objects.create(
            course=course, number=1, published_at=clock.now() if published else None
        )
        return course

    return make


@pytest.fixture
def course(make_course: MakeCourse) -> Course:
    return make_course("K1")


@pytest.fixture
def blueprint(province: Unit) -> Blueprint:
    return Blueprint.objects.create(unit=province, title="Cuối khóa", minutes=30, pass_mark=70)


@pytest.fixture
def programme(province: Unit, course: Course, blueprint: Blueprint) -> Programme:
    return create_programme(
        actor=None,
        unit=province,
        code="CT1",
        title="Lãnh đạo cấp xã",
        requirements=[NewRequirement(course=course), NewRequirement(blueprint=blueprint)],
    )


@pytest.fixture
def cohort(programme: Programme, province: Unit) -> Cohort:
    return open_cohort(
        programme=programme,
        unit=province,
        name="Đợt 1",
        opens_on=date(2020, 1, 1),
        closes_on=date(2099, 12, 31),
        actor=None,
    )
