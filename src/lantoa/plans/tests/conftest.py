"""A plan of the province: a programme of one course, an open cohort, people in two communes."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from lantoa.courses.models import Course, CourseVersion
from lantoa.kernel import clock
from lantoa.people.actions.create_unit import create_unit
from lantoa.people.models import Person, RoleGrant, Unit
from lantoa.plans.actions import (
    PlanFields,
    create_plan,
    issue_plan,
    open_planned_cohort,
    set_quotas,
)
from lantoa.plans.models import Plan
from lantoa.plans.models.quotas import Book
from lantoa.programmes.actions import NewRequirement, create_programme, enrol
from lantoa.programmes.models import Cohort, Enrolment, Programme


@pytest.fixture
def programme(province: Unit) -> Programme:
    course = Course.objects.create(unit=province, code="K1", title="Chuyển đổi số")
    CourseVersion.objects.create(course=course, number=1, published_at=clock.now())
    return create_programme(
        actor=None,
        unit=province,
        code="CT1",
        title="Lãnh đạo cấp xã",
        requirements=[NewRequirement(course=course)],
    )


@pytest.fixture
def plan(province: Unit, programme: Programme) -> Plan:
    return issue_plan(
        actor=None,
        plan=create_plan(
            actor=None,
            unit=province,
            fields=PlanFields(
                title="Kế hoạch đào tạo kỹ năng số",
                decision_number="1210/QĐ-UBND",
                decision_date=date(2022, 3, 1),
                starts_on=date(2022, 4, 1),
                ends_on=date(2099, 12, 31),
                programmes=[programme],
            ),
        ),
    )


@pytest.fixture
def cohort(plan: Plan, programme: Programme) -> Cohort:
    today = clock.today()
    return open_planned_cohort(
        plan=plan,
        programme=programme,
        name="Đợt 1",
        opens_on=today - timedelta(days=20),
        closes_on=today + timedelta(days=30),
        actor=None,
    )


@pytest.fixture
def people(commune: Unit, other_commune: Unit, make_person: Callable[..., Person]) -> list[Person]:
    """Three in the commune (one not activated), one in the other."""
    return [
        make_person("Nguyễn Văn An", commune, title="Chủ tịch", is_leader=True),
        make_person("Lê Thị Bình", commune),
        make_person("Trần Văn Cường", commune, activated=False),
        make_person("Vũ Thị Dung", other_commune),
    ]


@pytest.fixture
def enrolled(cohort: Cohort, people: list[Person]) -> list[Enrolment]:
    enrol(cohort=cohort, persons=people, actor=None)
    return list(Enrolment.objects.order_by("pk"))


@pytest.fixture
def quotas(plan: Plan, programme: Programme, province: Unit, commune: Unit) -> None:
    set_quotas(actor=None, book=Book(plan, programme), counts={province.pk: 10, commune.pk: 4})


def _client(
    name: str,
    role: str,
    at: Unit,
    make_person: Callable[..., Person],
    grant: Callable[..., RoleGrant],
    signed_in: Callable[..., Client],
) -> Client:
    # An office of the country, so that staff are not counted among the learners.
    office = Unit.objects.filter(code="VP").first() or create_unit(
        actor=None, code="VP", kind="agency", name="Văn phòng", parent=None
    )
    person = make_person(name, office)
    grant(person, role, at)
    return signed_in(person)


@pytest.fixture
def coordinator(
    province: Unit,
    make_person: Callable[..., Person],
    grant: Callable[..., RoleGrant],
    signed_in: Callable[..., Client],
) -> Client:
    return _client("Đầu Mối Tỉnh", "coordinator", province, make_person, grant, signed_in)


@pytest.fixture
def commune_coordinator(
    commune: Unit,
    make_person: Callable[..., Person],
    grant: Callable[..., RoleGrant],
    signed_in: Callable[..., Client],
) -> Client:
    return _client("Đầu Mối Xã", "coordinator", commune, make_person, grant, signed_in)


@pytest.fixture
def leader(
    province: Unit,
    make_person: Callable[..., Person],
    grant: Callable[..., RoleGrant],
    signed_in: Callable[..., Client],
) -> Client:
    return _client("Lãnh Đạo Tỉnh", "leader", province, make_person, grant, signed_in)


@pytest.fixture
def stranger(
    country: Unit,
    make_person: Callable[..., Person],
    grant: Callable[..., RoleGrant],
    signed_in: Callable[..., Client],
) -> Client:
    """A coordinator of another province."""
    beside = create_unit(
        actor=None, code="20", kind="province", name="Tỉnh Lạng Sơn", parent=country
    )
    return _client("Tỉnh Khác", "coordinator", beside, make_person, grant, signed_in)


@pytest.fixture
def learner(people: list[Person], signed_in: Callable[..., Client]) -> Client:
    return signed_in(people[1])
