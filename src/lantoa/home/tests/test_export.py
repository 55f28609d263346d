"""What is known about me: mine alone, whole, counted, rationed."""

import json
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from conftest import MakePerson, SignedIn
from django.core.cache import cache
from django.test import Client

from lantoa.audit.models import Event
from lantoa.classes.actions.classes import open_class
from lantoa.classes.actions.online import enter
from lantoa.classes.actions.scores import Given, add_test, set_points
from lantoa.classes.models import Meeting, Member
from lantoa.home.known import PER_HOUR
from lantoa.kernel import clock
from lantoa.people.models import Person, Unit
from lantoa.programmes.actions import create_programme, enrol
from lantoa.programmes.models import Cohort, Enrolment
from lantoa.records import verbs
from lantoa.records.actions import append
from lantoa.records.models import Statement

URL = "/mine/export"


@pytest.fixture(autouse=True)
def _fresh_window() -> None:
    cache.clear()


@pytest.fixture
def person(make_person: MakePerson, commune: Unit) -> Person:
    return make_person("Nguyễn Thị Hằng", commune, phone="0990000006", sex="female")


def archive_of(client: Client) -> ZipFile:
    response = client.post(URL)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/zip"
    return ZipFile(BytesIO(response.content))


def test_strangers_sign_in_first(db: None) -> None:
    response = Client().post(URL)
    assert response.status_code == 302
    assert "login" in response["Location"]


def test_the_file_holds_what_is_mine(
    person: Person, make_person: MakePerson, commune: Unit, signed_in: SignedIn
) -> None:
    other = make_person("Lý Văn Páo", commune, phone="0990000099")
    append(
        [
            Statement(actor=someone, verb=verbs.PASSED, object_id="urn:uuid:" + str(person.pk))
            for someone in (person, other)
        ]
    )
    archive = archive_of(signed_in(person))
    assert archive.namelist() == ["du-lieu.html", "du-lieu.json", "hoc-tap.jsonl"]
    known = json.loads(archive.read("du-lieu.json"))
    assert known["Lý lịch"]["Tên"] == "Hằng"
    assert known["Lý lịch"]["Giới tính"] == "Nữ"
    assert known["Lý lịch"]["Đơn vị"] == "Xã Phú Đình"
    assert known["Tài khoản"]["Số điện thoại"] == "0990000006"
    assert known["Số lượt ghi nhận học tập"] == 1
    statements = archive.read("hoc-tap.jsonl").decode().splitlines()
    assert json.loads(statements[0])["actor"]["account"]["name"] == str(person.pk)
    page = archive.read("du-lieu.html").decode()
    assert "Hằng" in page
    assert "Páo" not in page + archive.read("du-lieu.json").decode()


def test_the_file_holds_how_one_was_in_class(
    person: Person, province: Unit, signed_in: SignedIn
) -> None:
    programme = create_programme(
        actor=None, unit=province, code="CT-1", title="Chương trình", requirements=[]
    )
    today = clock.today()
    cohort = Cohort.objects.create(
        programme=programme, unit=province, name="Đợt 1", opens_on=today, closes_on=today
    )
    enrol(cohort=cohort, persons=[person], actor=None)
    held = open_class(actor=None, cohort=cohort, fields={"name": "Lớp 1", "mode": "online"})
    member = Member.objects.create(training_class=held, enrolment=Enrolment.objects.get())
    now = clock.now()
    meeting = Meeting.objects.create(
        training_class=held, starts_at=now, ends_at=now + timedelta(hours=1)
    )
    enter(meeting=meeting, member=member)
    fields = {"name": "Cuối khóa", "greatest": Decimal(10), "pass_mark": Decimal(5)}
    test = add_test(actor=None, training_class=held, fields=fields)
    set_points(actor=None, test=test, given=[Given(member, Decimal("7.5"), None)])
    known = json.loads(archive_of(signed_in(person)).read("du-lieu.json"))
    (stay,) = known["Thời gian dự trực tuyến"]
    assert (stay["Lớp"], stay["Theo"]) == ("Lớp 1", "Trang vào lớp")
    (score,) = known["Điểm kiểm tra ở lớp"]
    assert (score["Bài kiểm tra"], score["Điểm"]) == ("Cuối khóa", "7,5")


def test_the_export_is_noted_without_its_content(person: Person, signed_in: SignedIn) -> None:
    archive_of(signed_in(person))
    event = Event.objects.get(action="home.export")
    assert event.actor_id == person.user_id
    assert event.data == {}


def test_more_than_a_few_an_hour_are_refused(person: Person, signed_in: SignedIn) -> None:
    client = signed_in(person)
    answers = [client.post(URL).status_code for _ in range(PER_HOUR + 1)]
    assert answers == [200] * PER_HOUR + [429]


def test_looking_at_the_page_takes_nothing(person: Person, signed_in: SignedIn) -> None:
    assert signed_in(person).get(URL).status_code == 200
    assert not Event.objects.filter(action="home.export").exists()
