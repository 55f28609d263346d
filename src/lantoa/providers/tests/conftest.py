"""A quarter's test that a university holds on its own system, and who asks."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from io import BytesIO

import pytest
from conftest import Grant, MakePerson, SignedIn
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from xlsxwriter import Workbook

from lantoa.accounts.models import User
from lantoa.kernel import clock
from lantoa.people.models import Person, Unit
from lantoa.programmes.actions import NewRequirement, create_programme, enrol, open_cohort
from lantoa.programmes.models import Cohort, Enrolment, Programme, Requirement
from lantoa.providers.actions.assignments import assign
from lantoa.providers.actions.providers import add_staff, create_provider
from lantoa.providers.models import Assignment, Provider

Sheet = Callable[..., SimpleUploadedFile]


@pytest.fixture
def people(commune: Unit, other_commune: Unit, make_person: MakePerson) -> list[Person]:
    """Two of one name in one commune, and others."""
    return [
        make_person("Nguyễn Văn An", commune, phone="0912345601", birth_date=date(1980, 1, 2)),
        make_person(
            "Nguyễn Văn An", other_commune, phone="0912345602", birth_date=date(1990, 5, 6)
        ),
        make_person("Lê Thị Bình", commune, birth_date=date(1985, 3, 9)),
        make_person("Vũ Thị Dung", other_commune, email="dung@xa.example"),
    ]


@pytest.fixture
def requirement(province: Unit) -> Requirement:
    programme = create_programme(
        actor=None,
        unit=province,
        code="QUY",
        title="Kiểm tra hằng quý",
        certificate_rule=Programme.CertificateRule.NONE,
        requirements=[NewRequirement(title="Bài kiểm tra quý 1", periods=2, attendance=50)],
    )
    return programme.requirements.get()


@pytest.fixture
def cohort(province: Unit, requirement: Requirement, people: list[Person]) -> Cohort:
    today = clock.today()
    made = open_cohort(
        programme=requirement.programme,
        unit=province,
        name="Quý 1",
        opens_on=today - timedelta(days=20),
        closes_on=today + timedelta(days=30),
        actor=None,
    )
    enrol(cohort=made, persons=people, actor=None)
    return made


@pytest.fixture
def keeper(province: Unit, make_person: MakePerson, grant: Grant, signed_in: SignedIn) -> Client:
    person = make_person("Hà Văn Giang", province)
    grant(person, "coordinator", province)
    return signed_in(person)


@pytest.fixture
def university(province: Unit) -> Provider:
    fields = {"name": "Trường Đại học CNTT (minh họa)", "kind": "university"}
    return create_provider(actor=None, unit=province, fields=fields)


@pytest.fixture
def lecturer(university: Provider) -> User:
    staff, _code = add_staff(
        actor=None, provider=university, name="Phạm Văn Khoa", email="khoa@truong.example"
    )
    user = staff.user
    user.set_password("mat-khau-thu-123")
    user.activated_at = clock.now()
    user.save()
    return user


@pytest.fixture
def university_client(lecturer: User, signed_in: SignedIn) -> Client:
    return signed_in(lecturer)


@pytest.fixture
def assignment(university: Provider, cohort: Cohort, requirement: Requirement) -> Assignment:
    fields = {"cohort": cohort, "requirement": requirement, "until": cohort.closes_on}
    return assign(actor=None, provider=university, fields=fields)


@pytest.fixture
def enrolments(cohort: Cohort) -> list[Enrolment]:
    return list(Enrolment.objects.filter(cohort=cohort).order_by("person_id"))


def sheet(*rows: Sequence[object], name: str = "ket-qua.xlsx") -> SimpleUploadedFile:
    """A file of these rows, the header among them."""
    file = BytesIO()
    with Workbook(file) as book:
        page = book.add_worksheet("Lớp 1")
        for number, cells in enumerate(rows):
            page.write_row(number, 0, ["" if cell is None else cell for cell in cells])
    return SimpleUploadedFile(name, file.getvalue())
