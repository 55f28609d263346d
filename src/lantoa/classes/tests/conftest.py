"""A cohort whose programme asks for a class of 8 tiết, ten people of two communes, who asks."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from conftest import Grant, MakePerson, SignedIn
from django.test import Client

from lantoa.classes.actions.classes import open_class
from lantoa.classes.actions.meetings import NewMeeting, add_meetings
from lantoa.classes.actions.members import place
from lantoa.classes.models import Meeting, Member, TrainingClass, Venue
from lantoa.kernel import clock
from lantoa.people.actions.create_unit import create_unit
from lantoa.people.models import Person, Unit
from lantoa.plans.actions import PlanFields, create_plan, issue_plan, open_planned_cohort
from lantoa.programmes.actions import NewRequirement, create_programme, enrol
from lantoa.programmes.models import Cohort, Enrolment, Programme, Requirement

NAMES = ("An", "Bình", "Cường", "Dung", "Em", "Giang", "Hà", "Khoa", "Lan", "Minh")


@pytest.fixture
def programme(province: Unit) -> Programme:
    return create_programme(
        actor=None,
        unit=province,
        code="CT-LOP",
        title="Chuyên sâu công nghệ số",
        requirements=[NewRequirement(title="An toàn thông tin", periods=8, attendance=80)],
    )


@pytest.fixture
def requirement(programme: Programme) -> Requirement:
    return programme.requirements.get()


@pytest.fixture
def cohort(province: Unit, programme: Programme) -> Cohort:
    today = clock.today()
    fields = PlanFields(
        title="Kế hoạch lớp học",
        decision_number="9/QĐ",
        decision_date=today,
        starts_on=today - timedelta(days=60),
        ends_on=today + timedelta(days=300),
        programmes=[programme],
    )
    plan = issue_plan(actor=None, plan=create_plan(actor=None, unit=province, fields=fields))
    return open_planned_cohort(
        plan=plan,
        programme=programme,
        name="Đợt 1",
        opens_on=today - timedelta(days=20),
        closes_on=today + timedelta(days=200),
        actor=None,
    )


@pytest.fixture
def people(commune: Unit, other_commune: Unit, make_person: MakePerson) -> list[Person]:
    """Five in each commune."""
    units = (commune, other_commune)
    return [make_person(f"Nguyễn Văn {n}", units[i // 5]) for i, n in enumerate(NAMES)]


@pytest.fixture
def enrolled(cohort: Cohort, people: list[Person]) -> list[Enrolment]:
    enrol(cohort=cohort, persons=people, actor=None)
    return list(Enrolment.objects.order_by("pk"))


@pytest.fixture
def hall(province: Unit) -> Venue:
    return Venue.objects.create(unit=province, name="Hội trường A", seats=90)


@pytest.fixture
def lop(cohort: Cohort, requirement: Requirement, hall: Venue) -> TrainingClass:
    fields = {"name": "Lớp 1", "requirement": requirement, "venue": hall, "capacity": 8}
    return open_class(actor=None, cohort=cohort, fields=fields)


def at(days: int, hour: int = 8) -> datetime:
    """A whole hour so many days from now, in UTC."""
    day = clock.now().date() + timedelta(days=days)
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


MakeMeeting = Callable[..., Meeting]


@pytest.fixture
def make_meeting() -> MakeMeeting:
    """make_meeting(lop, starts, periods=4): four hours from then."""

    def make(of: TrainingClass, starts: datetime, periods: int = 4) -> Meeting:
        new = NewMeeting(starts, starts + timedelta(hours=4), periods)
        return add_meetings(actor=None, training_class=of, meetings=[new])[0]

    return make


@pytest.fixture
def members(lop: TrainingClass, enrolled: list[Enrolment]) -> list[Member]:
    """Three of one commune and two of the other."""
    place(actor=None, training_class=lop, enrolments=[*enrolled[:3], *enrolled[5:7]])
    return list(Member.objects.order_by("pk"))


@pytest.fixture
def now_on(lop: TrainingClass, make_meeting: MakeMeeting) -> Meeting:
    """A meeting that began an hour ago... and goes on."""
    return make_meeting(lop, clock.now() - timedelta(hours=1))


def _keeper(
    name: str, role: str, unit: Unit, make_person: MakePerson, grant: Grant, signed_in: SignedIn
) -> Client:
    person = make_person(name, unit)
    grant(person, role, unit)
    return signed_in(person)


@pytest.fixture
def coordinator(
    province: Unit, make_person: MakePerson, grant: Grant, signed_in: SignedIn
) -> Client:
    return _keeper("Đầu Mối Tỉnh", "coordinator", province, make_person, grant, signed_in)


@pytest.fixture
def commune_coordinator(
    commune: Unit, make_person: MakePerson, grant: Grant, signed_in: SignedIn
) -> Client:
    return _keeper("Đầu Mối Xã", "coordinator", commune, make_person, grant, signed_in)


@pytest.fixture
def stranger(country: Unit, make_person: MakePerson, grant: Grant, signed_in: SignedIn) -> Client:
    beside = create_unit(
        actor=None, code="20", kind="province", name="Tỉnh Lạng Sơn", parent=country
    )
    return _keeper("Tỉnh Khác", "coordinator", beside, make_person, grant, signed_in)


@pytest.fixture
def learner(people: list[Person], signed_in: SignedIn) -> Client:
    """The first of the enrolled."""
    return signed_in(people[0])


def text(client: Client, path: str, **query: str | int) -> str:
    response = client.get(path, query)
    assert response.status_code == 200, (path, response.status_code)
    return response.content.decode()
