from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from lantoa.audit.models import Delivery, Event
from lantoa.courses.models import Course
from lantoa.people.models import Person, Unit
from lantoa.programmes.actions import (
    NewRequirement,
    change_cohort,
    change_programme,
    create_programme,
    open_cohort,
)
from lantoa.programmes.models import Cohort, Enrolment, Programme


def test_a_code_is_taken_once(programme: Programme, province: Unit) -> None:
    with pytest.raises(ValidationError) as error:
        create_programme(actor=None, unit=province, code=" CT1 ", title="Khác")
    assert "code" in error.value.message_dict
    assert Programme.objects.count() == 1


def test_the_same_course_twice_is_refused_and_nothing_is_made(
    province: Unit, course: Course
) -> None:
    with pytest.raises(ValidationError):
        create_programme(
            actor=None,
            unit=province,
            code="CT2",
            title="Hai lần",
            requirements=[NewRequirement(course=course), NewRequirement(course=course)],
        )
    assert not Programme.objects.exists()


def test_requirements_stand_once_somebody_is_enrolled(
    cohort: Cohort,
    programme: Programme,
    course: Course,
    commune: Unit,
    make_person: Callable[..., Person],
) -> None:
    change_programme(actor=None, programme=programme, requirements=[NewRequirement(course=course)])
    assert programme.requirements.count() == 1
    Enrolment.objects.create(
        cohort=cohort, person=make_person("Lê Thị Bình", commune), unit=commune
    )
    with pytest.raises(ValidationError, match="đã có người ghi danh"):
        change_programme(actor=None, programme=programme, requirements=[])
    changed = change_programme(actor=None, programme=programme, changes={"title": "Tên mới"})
    assert changed.title == "Tên mới"
    assert programme.requirements.count() == 1


def test_opening_a_cohort_is_told_to_exams(cohort: Cohort) -> None:
    event = Event.objects.get(action="programmes.open_cohort")
    assert event.object_id == str(cohort.pk)
    assert Delivery.objects.filter(event=event).count() == 1


@pytest.mark.parametrize(
    ("name", "opens_on", "closes_on", "field"),
    [
        ("", date(2022, 5, 6), date(2022, 5, 22), "name"),
        ("Đợt 2", date(2022, 5, 22), date(2022, 5, 6), "closes_on"),
    ],
)
def test_a_window_must_make_sense(
    programme: Programme,
    province: Unit,
    cohort: Cohort,
    name: str,
    opens_on: date,
    closes_on: date,
    field: str,
) -> None:
    window: dict[str, Any] = {"name": name, "opens_on": opens_on, "closes_on": closes_on}
    with pytest.raises(ValidationError) as error:
        open_cohort(programme=programme, unit=province, actor=None, **window)
    assert field in error.value.message_dict
    with pytest.raises(ValidationError):
        change_cohort(cohort=cohort, actor=None, **window)


def test_no_cohort_of_an_unpublished_course_or_of_nothing(
    province: Unit, make_course: Callable[..., Course]
) -> None:
    window = {"opens_on": date(2022, 5, 6), "closes_on": date(2022, 5, 22)}
    empty = create_programme(actor=None, unit=province, code="A", title="Trống")
    with pytest.raises(ValidationError, match="chưa yêu cầu gì"):
        open_cohort(programme=empty, unit=province, name="Đợt", actor=None, **window)
    draft = create_programme(
        actor=None,
        unit=province,
        code="B",
        title="Nháp",
        requirements=[NewRequirement(course=make_course("N", published=False))],
    )
    with pytest.raises(ValidationError, match="chưa được xuất bản"):
        open_cohort(programme=draft, unit=province, name="Đợt", actor=None, **window)
