"""Who is asking: coordinators of two neighbouring communes and of the province, a learner."""

import pytest
from conftest import Grant, MakePerson

from lantoa.people.models import Person, Unit


@pytest.fixture
def coordinator(commune: Unit, make_person: MakePerson, grant: Grant) -> Person:
    person = make_person("Nguyễn Thị Hằng", commune, phone="0912000001", title="Văn thư")
    grant(person, "coordinator", commune)
    return person


@pytest.fixture
def neighbour(other_commune: Unit, make_person: MakePerson, grant: Grant) -> Person:
    person = make_person("Trần Văn Minh", other_commune, phone="0912000002")
    grant(person, "coordinator", other_commune)
    return person


@pytest.fixture
def provincial(province: Unit, make_person: MakePerson, grant: Grant) -> Person:
    person = make_person("Lê Thị Lan", province, phone="0912000003")
    grant(person, "coordinator", province)
    return person


@pytest.fixture
def administrator(country: Unit, make_person: MakePerson, grant: Grant) -> Person:
    person = make_person("Phạm Văn Quân", country, phone="0912000004")
    grant(person, "administrator", country)
    return person


@pytest.fixture
def learner(commune: Unit, make_person: MakePerson) -> Person:
    return make_person(
        "Hoàng Văn Đạt",
        commune,
        phone="0912345678",
        title="Phó Chủ tịch UBND",
        ethnicity="Tày",
        email="dat@xa.vn",
    )
