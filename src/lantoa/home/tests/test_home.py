"""The first page by who is asking; in the middle of a cohort: `demo/tests/test_home.py`."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from conftest import Grant, MakePerson, SignedIn
from django.test import Client

from lantoa.kernel import clock
from lantoa.notices.actions import notify
from lantoa.notices.models import Message
from lantoa.people.models import Person, RoleGrant, Unit
from lantoa.programmes.models import Cohort, Enrolment, Programme

Enrol = Callable[..., Enrolment]


@pytest.fixture
def enrol(province: Unit) -> Enrol:
    """enrol(person, closes_in=5) → an enrolment in a cohort of its own."""

    def make(person: Person, *, closes_in: int, completed: bool = False) -> Enrolment:
        programme = Programme.objects.create(
            unit=province, code=f"P{closes_in}", title=f"Chương trình {closes_in}"
        )
        today = clock.today()
        cohort = Cohort.objects.create(
            unit=province,
            programme=programme,
            name=f"Đợt {closes_in}",
            opens_on=today - timedelta(days=60),
            closes_on=today + timedelta(days=closes_in),
        )
        return Enrolment.objects.create(
            cohort=cohort,
            person=person,
            unit=person.unit,
            completed_at=clock.now() if completed else None,
        )

    return make


def page_of(client: Client) -> str:
    response = client.get("/")
    assert response.status_code == 200
    return response.content.decode()


def test_strangers_are_sent_to_sign_in(db: None) -> None:
    response = Client().get("/")
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_nothing_to_learn_says_what_will_stand_here(
    make_person: MakePerson, commune: Unit, signed_in: SignedIn
) -> None:
    page = page_of(signed_in(make_person("Nguyễn Thị Hằng", commune, sex="female")))
    assert "Chào bà Hằng, hiện không có gì phải học" in page
    assert "Chưa có đợt học nào" in page


def test_what_is_late_comes_first_and_is_told_as_late(
    make_person: MakePerson, commune: Unit, signed_in: SignedIn, enrol: Enrol
) -> None:
    person = make_person("Lý Văn Páo", commune)
    enrol(person, closes_in=9)
    enrol(person, closes_in=-3)
    page = page_of(signed_in(person))
    assert page.index("Chương trình -3") < page.index("Chương trình 9")
    assert "đã quá hạn từ" in page
    assert "Vẫn học tiếp được các chuyên đề" in page


def test_what_is_done_is_not_owed(
    make_person: MakePerson, commune: Unit, signed_in: SignedIn, enrol: Enrol
) -> None:
    person = make_person("Lý Văn Páo", commune, sex="male")
    enrol(person, closes_in=-3, completed=True)
    page = page_of(signed_in(person))
    assert "Chào ông Páo, chương trình đã hoàn thành" in page
    assert "đã quá hạn" not in page


def test_others_enrolments_and_notices_are_not_mine(
    make_person: MakePerson, commune: Unit, signed_in: SignedIn, enrol: Enrol
) -> None:
    other = make_person("Nông Thị Mùi", commune)
    enrol(other, closes_in=4)
    assert other.user is not None
    notify(users=[other.user], cause="x", title="Riêng của Mùi")
    page = page_of(signed_in(make_person("Lý Văn Páo", commune)))
    assert "Chương trình 4" not in page
    assert "Riêng của Mùi" not in page


def test_an_account_without_a_person_works(
    make_person: MakePerson, commune: Unit, signed_in: SignedIn
) -> None:
    person = make_person("Lý Văn Páo", commune)
    user = person.user
    assert user is not None
    Person.objects.filter(pk=person.pk).update(user=None)
    assert "chưa gắn với cán bộ nào" in page_of(signed_in(user))


@pytest.mark.parametrize(
    ("role", "door"),
    [
        (RoleGrant.Role.ADMINISTRATOR, "/people/roles/"),
        (RoleGrant.Role.COORDINATOR, "/people/persons/"),
        (RoleGrant.Role.LEADER, "/reports/"),
        (RoleGrant.Role.AUTHOR, "/courses/"),
        (RoleGrant.Role.EXAMINER, "/exams/sittings/"),
    ],
)
def test_who_has_a_role_finds_its_door(
    role: str,
    door: str,
    make_person: MakePerson,
    commune: Unit,
    grant: Grant,
    signed_in: SignedIn,
    enrol: Enrol,
) -> None:
    person = make_person("Trần Quang Huy", commune)
    grant(person, role, commune)
    assert f'href="{door}"' in page_of(signed_in(person))
    enrol(person, closes_in=5)
    page = page_of(signed_in(person))
    assert "Chào Huy" in page
    assert f'class="ds-card lt-stat" href="{door}"' in page


def test_a_failed_message_makes_the_administrator_look(
    make_person: MakePerson, commune: Unit, country: Unit, grant: Grant, signed_in: SignedIn
) -> None:
    person = make_person("Trần Quang Huy", commune)
    grant(person, RoleGrant.Role.ADMINISTRATOR, country)
    assert 'class="ds-card lt-stat" href="/system/"' in page_of(signed_in(person))
    assert "Hệ thống đang chạy bình thường" in page_of(signed_in(person))
    Message.objects.create(channel="email", recipient="a@b.example", state="failed")
    assert "Hệ thống có việc cần xem" in page_of(signed_in(person))


def test_a_new_system_says_how_to_begin_until_somebody_is_in_it(
    make_person: MakePerson, commune: Unit, country: Unit, grant: Grant, signed_in: SignedIn
) -> None:
    person = make_person("Trần Quang Huy", commune)
    user = person.user
    assert user is not None
    grant(person, RoleGrant.Role.ADMINISTRATOR, country)
    assert "Ba việc để bắt đầu" not in page_of(signed_in(person))
    Person.objects.all().delete()
    page = page_of(signed_in(user))
    assert "Ba việc để bắt đầu" in page
    assert 'href="/people/rosters/"' in page
