"""A yearly programme, people of two communes, and who asks."""

from datetime import date, timedelta

import pytest
from conftest import Grant, MakePerson, SignedIn
from django.test import Client

from lantoa.kernel import clock
from lantoa.obligations.actions.rules import create_rule
from lantoa.obligations.models import Rule
from lantoa.people.actions.create_unit import create_unit
from lantoa.people.models import Person, Unit
from lantoa.programmes.actions import NewRequirement, create_programme, open_cohort
from lantoa.programmes.models import Cohort, Programme


@pytest.fixture
def programme(province: Unit) -> Programme:
    return create_programme(
        actor=None,
        unit=province,
        code="NV",
        title="Lãnh đạo số",
        hours=16,
        requirements=[NewRequirement(title="Lớp", periods=8, attendance=80)],
    )


@pytest.fixture
def cohort(province: Unit, programme: Programme) -> Cohort:
    today = clock.today()
    return open_cohort(
        programme=programme,
        unit=province,
        name="Đợt 1",
        opens_on=today - timedelta(days=9),
        closes_on=today + timedelta(days=30),
        actor=None,
    )


@pytest.fixture
def people(commune: Unit, other_commune: Unit, make_person: MakePerson) -> list[Person]:
    """Two leaders and a clerk in the commune, a leader in the other."""
    leader = {"is_leader": True, "category": "civil_servant", "title": "Chủ tịch UBND"}
    return [
        make_person("Nguyễn Văn An", commune, **leader),
        make_person("Lê Thị Bình", commune, **leader),
        make_person("Trần Văn Cường", commune, category="civil_servant", title="Văn thư"),
        make_person("Vũ Thị Dung", other_commune, **leader),
    ]


def yearly(today: date) -> dict[str, object]:
    return {
        "title": "Lãnh đạo xã học số mỗi năm",
        "legal_basis": "Quyết định 146/QĐ-TTg",
        "repeat": "yearly",
        "starts_on": date(today.year, 1, 1),
        "due_on": date(today.year, 12, 31),
        "whom": {"categories": ["civil_servant"], "leaders": "yes", "unit_kinds": ["commune"]},
    }


@pytest.fixture
def rule(province: Unit, programme: Programme, people: list[Person]) -> Rule:
    fields = yearly(clock.today()) | {"programme": programme}
    return create_rule(actor=None, unit=province, fields=fields)


def _client(
    name: str, role: str, unit: Unit, make: MakePerson, grant: Grant, signed_in: SignedIn
) -> Client:
    person = make(name, unit)
    grant(person, role, unit)
    return signed_in(person)


@pytest.fixture
def coordinator(
    province: Unit, make_person: MakePerson, grant: Grant, signed_in: SignedIn
) -> Client:
    return _client("Đầu Mối", "coordinator", province, make_person, grant, signed_in)


@pytest.fixture
def commune_coordinator(
    commune: Unit, make_person: MakePerson, grant: Grant, signed_in: SignedIn
) -> Client:
    return _client("Đầu Mối Xã", "coordinator", commune, make_person, grant, signed_in)


@pytest.fixture
def stranger(country: Unit, make_person: MakePerson, grant: Grant, signed_in: SignedIn) -> Client:
    beside = create_unit(
        actor=None, code="20", kind="province", name="Tỉnh Lạng Sơn", parent=country
    )
    return _client("Tỉnh Khác", "coordinator", beside, make_person, grant, signed_in)


@pytest.fixture
def learner(people: list[Person], signed_in: SignedIn) -> Client:
    return signed_in(people[0])


def text(client: Client, path: str, **query: str | int) -> str:
    response = client.get(path, query)
    assert response.status_code == 200, (path, response.status_code)
    return response.content.decode()
