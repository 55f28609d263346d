"""BigBlueButton, spoken to for real on this machine."""

import logging
from collections.abc import Iterator

import pytest
from conftest import Grant, MakePerson, SignedIn
from django.test import Client

from lantoa.audit.models import Event
from lantoa.installation import conference
from lantoa.installation.conference import Conference, configured
from lantoa.installation.errors import ConferenceFailed
from lantoa.installation.models import Installation
from lantoa.installation.rules import api_of, is_conference_url, signed
from lantoa.installation.secrets import opened, sealed
from lantoa.people.models import Person, Unit

from .bbb import BOMB, SECRET, Fake, serving

PAGE = "/system/conference"


@pytest.fixture
def bbb() -> Iterator[Fake]:
    with serving() as fake:
        yield fake


@pytest.fixture
def room(bbb: Fake) -> Conference:
    return Conference(bbb.url, SECRET)


@pytest.fixture
def chief(make_person: MakePerson, grant: Grant, province: Unit, country: Unit) -> Person:
    person = make_person("Trần Văn Minh", province)
    grant(person, "administrator", country)
    return person


@pytest.fixture
def system(signed_in: SignedIn, chief: Person) -> Client:
    return signed_in(chief)


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://hop.example.vn/bigbluebutton/", True),
        ("https://10.1.2.3/bigbluebutton/api", True),
        ("http://127.0.0.1:8090/bigbluebutton/", True),
        ("http://localhost/bigbluebutton/", True),
        ("http://hop.example.vn/bigbluebutton/", False),
        ("http://10.1.2.3/bigbluebutton/", False),
        ("https://169.254.169.254/", False),
        ("https://0.0.0.0/", False),
        ("https://a:b@hop.example.vn/", False),
        ("https://hop.example.vn/?x=1", False),
        ("https://hop.example.vn:99999/", False),
        ("ftp://hop.example.vn/", False),
        ("", False),
    ],
)
def test_a_server_is_spoken_to_over_https_or_on_this_machine(url: str, good: bool) -> None:
    assert is_conference_url(url) is good


@pytest.mark.parametrize(
    "url",
    [
        "https://h.vn",
        "https://h.vn/bigbluebutton",
        "https://h.vn/bigbluebutton/",
        "https://h.vn/bigbluebutton/api/",
    ],
)
def test_however_much_of_the_address_was_typed(url: str) -> None:
    assert api_of(url) == "https://h.vn/bigbluebutton/api"


def test_the_checksum_is_of_the_name_the_query_and_the_secret() -> None:
    """The API reference's own example, by SHA-256."""
    values = {
        "name": "Test Meeting", "meetingID": "abc123",
        "attendeePW": "111222", "moderatorPW": "333444",
    }  # fmt: skip
    query, _sep, checksum = signed("create", values, SECRET).rpartition("&checksum=")
    assert query == "name=Test+Meeting&meetingID=abc123&attendeePW=111222&moderatorPW=333444"
    assert checksum == "da9185f7f333cfdfcd6eeac32dca3777510c4c436020d8b887ba5515bd1d189e"
    assert signed("getMeetings", {}, SECRET).startswith("checksum=")
    assert "name=L%E1%BB%9Bp+1" in signed("create", {"name": "Lớp 1"}, SECRET)


def test_a_room_is_made_once_filled_seen_and_ended(bbb: Fake, room: Conference) -> None:
    room.check()
    for _again in range(2):
        room.create("lt-1", name="Lớp 1 & 2", leave_to="https://x.example/", minutes=90)
    assert bbb.asked("create")[0]["name"] == "Lớp 1 & 2"
    assert not room.is_running("lt-1")
    assert room.info("lt-1").users == ()
    bbb.rooms["lt-1"] = ["m1", "m2"]
    assert room.is_running("lt-1")
    assert room.info("lt-1").users == ("m1", "m2")
    room.end("lt-1")
    room.end("lt-1")
    assert room.info("lt-1").users == ()


def test_who_joins_has_a_name_and_a_role(bbb: Fake, room: Conference) -> None:
    url = room.join_url("lt-1", user="m7", name="Ma Văn Quý", moderator=False)
    path, _sep, query = url.partition("?")
    assert path == f"{bbb.url}api/join"
    bare, _sep, _checksum = query.rpartition("&checksum=")
    assert query == signed("join", {
        "meetingID": "lt-1", "fullName": "Ma Văn Quý", "userID": "m7", "role": "VIEWER",
    }, SECRET)  # fmt: skip
    assert SECRET not in url
    assert "role=VIEWER" in bare
    assert "role=MODERATOR" in room.join_url("lt-1", user="u1", name="A", moderator=True)


def test_recordings_are_those_one_can_open(bbb: Fake, room: Conference) -> None:
    bbb.recordings = "".join(
        f"<recording><name>{name}</name><startTime>{at}</startTime><playback><format>"
        f"<type>presentation</type><url>{url}</url><length>62</length></format></playback>"
        "</recording>"
        for name, at, url in (
            ("Buổi sau", "1700000100000", "https://hop.example.vn/2"),
            ("Buổi trước", "1700000000000", "https://hop.example.vn/1"),
            ("Giả", "1700000000000", "javascript:alert(1)"),
            ("Lạ", "99999999999999999999", "https://hop.example.vn/0"),
        )
    )
    found = room.recordings("lt-1")
    assert [one.name for one in found] == ["Lạ", "Buổi trước", "Buổi sau"]
    assert found[1].minutes == 62
    assert found[0].starts_at is None


@pytest.mark.parametrize(
    ("says", "status", "sentence"),
    [
        (b"<html><body>nginx", 200, "không đọc được"),
        (b"\xff\xfe\x00garbage", 200, "không đọc được"),
        (b"", 200, "không đọc được"),
        (b"<other><returncode>SUCCESS</returncode></other>", 200, "không đọc được"),
        (BOMB.encode(), 200, "không đọc được"),
        (b"<response><returncode>SUCCESS</returncode>" + b"x" * 2_100_000, 200, "quá dài"),
        (b"", 302, "chuyển hướng"),
        (b"", 404, "không có BigBlueButton"),
        (b"", 500, "mã 500"),
        (
            b"<response><returncode>FAILED</returncode><messageKey>maxParticipants</messageKey>"
            b"</response>",
            200,
            "maxParticipants",
        ),
    ],
)
def test_what_is_wrong_is_said(
    bbb: Fake, room: Conference, says: bytes, status: int, sentence: str
) -> None:
    bbb.says, bbb.status = says, status
    with pytest.raises(ConferenceFailed, match=sentence):
        room.check()
    assert len(bbb.calls) == 1


def test_a_wrong_secret_is_said_and_never_written(
    bbb: Fake, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = Conference(bbb.url, "not-the-secret")
    with caplog.at_level(logging.DEBUG), pytest.raises(ConferenceFailed, match="khóa bí mật"):
        wrong.check()
    assert "not-the-secret" not in caplog.text
    assert "not-the-secret" not in repr(wrong)


def test_a_server_that_is_silent_is_not_waited_for(
    bbb: Fake, room: Conference, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conference, "SILENT_SECONDS", 0.2)
    bbb.waits = 1.5
    with pytest.raises(ConferenceFailed, match="không trả lời"):
        room.check()


def test_where_nobody_listens() -> None:
    with pytest.raises(ConferenceFailed, match="từ chối kết nối"):
        Conference("http://127.0.0.1:9/bigbluebutton/", SECRET).check()
    with pytest.raises(ConferenceFailed, match="https://"):
        Conference("http://10.0.0.1/bigbluebutton/", SECRET).check()


def test_the_administrator_connects_it(system: Client, bbb: Fake) -> None:
    assert "Chưa nối với máy chủ BigBlueButton" in system.get(PAGE).content.decode()
    page = system.post(PAGE, {"test": "1"}).content.decode()
    assert "Chưa ghi địa chỉ và khóa bí mật" in page
    page = system.post(PAGE, {"conference_url": bbb.url, "secret": ""}).content.decode()
    assert "Hãy nhập khóa bí mật của máy chủ này." in page
    away = {"conference_url": "http://hop.example.vn/", "secret": "x"}
    page = system.post(PAGE, away).content.decode()
    assert "http:// chỉ dùng cho chính máy này" in page
    assert not Installation.objects.exists()
    assert system.post(PAGE, {"conference_url": bbb.url, "secret": "sai"}).status_code == 302
    assert "không nhận khóa bí mật" in system.post(PAGE, {"test": "1"}).content.decode()
    system.post(PAGE, {"conference_url": bbb.url, "secret": f" {SECRET} "})
    page = system.post(PAGE, {"test": "1"}).content.decode()
    assert "Máy chủ trả lời và nhận khóa bí mật." in page
    assert SECRET not in page
    row = Installation.objects.get()
    assert SECRET not in row.conference_secret_encrypted
    assert opened(row.conference_secret_encrypted) == SECRET
    assert SECRET not in str(list(Event.objects.values_list("data", flat=True)))


def test_another_server_needs_its_own_secret_and_none_forgets_it(system: Client, bbb: Fake) -> None:
    system.post(PAGE, {"conference_url": bbb.url, "secret": SECRET})
    page = system.post(PAGE, {"conference_url": "https://khac.example.vn/", "secret": ""})
    assert "Hãy nhập khóa bí mật của máy chủ này." in page.content.decode()
    system.post(PAGE, {"conference_url": bbb.url, "secret": ""})
    assert configured() == Conference(bbb.url, SECRET)
    system.post(PAGE, {"conference_url": "", "secret": ""})
    assert configured() is None
    assert Installation.objects.get().conference_secret_encrypted == ""


def test_others_do_not_see_the_page(
    signed_in: SignedIn, make_person: MakePerson, grant: Grant, province: Unit
) -> None:
    below = make_person("Ma Văn Quý", province)
    grant(below, "administrator", province)
    assert signed_in(below).get(PAGE).status_code == 404
    assert Client().get(PAGE).status_code == 302


def test_a_secret_sealed_with_another_key_is_said(db: None) -> None:
    Installation.objects.create(
        pk=1, conference_url="https://h.vn/", conference_secret_encrypted=sealed("x")[:-4] + "khac"
    )
    with pytest.raises(ConferenceFailed, match="Hãy nhập lại"):
        configured()
