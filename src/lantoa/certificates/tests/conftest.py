from collections.abc import Callable
from datetime import date

import pytest

from lantoa.kernel import clock
from lantoa.people.models import Person, Unit
from lantoa.programmes.models import Cohort, Enrolment, Programme

Enrol = Callable[..., Enrolment]


@pytest.fixture
def programme(province: Unit) -> Programme:
    return Programme.objects.create(
        unit=province, code="CDS", title="Bồi dưỡng chuyển đổi số (minh họa)", hours=40
    )


@pytest.fixture
def cohort(programme: Programme, province: Unit) -> Cohort:
    return Cohort.objects.create(
        unit=province,
        programme=programme,
        name="Đợt 1",
        opens_on=date(2026, 5, 6),
        closes_on=date(2026, 5, 22),
    )


@pytest.fixture
def enrol(cohort: Cohort) -> Enrol:
    """enrol(person) → an enrolment, completed unless told otherwise."""

    def make(person: Person, *, completed: bool = True) -> Enrolment:
        return Enrolment.objects.create(
            cohort=cohort,
            person=person,
            unit=person.unit,
            started_at=clock.now(),
            completed_at=clock.now() if completed else None,
        )

    return make
