"""Codes by e-mail or SMS: a forgotten password, a new address."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from conftest import MakePerson
from django.conf import settings
from django.core import mail
from django.http import HttpResponse
from django.test import Client

from lantoa.accounts.models import Confirmation, User
from lantoa.kernel import clock
from lantoa.people.models import Unit

# Messages go out by a job, on commit: these tests commit.
pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "mat-khau-thu-123"
NEW = "mot-cau-de-nho-2026"
ASK = "/accounts/password/reset/"
CODE = "/accounts/password/reset/code"
CHOOSE = "/accounts/password/reset/new"


@pytest.fixture
def an(make_person: MakePerson, commune: Unit) -> User:
    user = make_person("Nguyễn Văn An", commune, phone="0912345678").user
    assert user is not None
    user.email = "an@phudinh.example"
    user.save()
    return user


def mailed_code() -> str:
    found = re.search(r"\b\d{8}\b", str(mail.outbox[-1].body))
    assert found
    return found[0]


def ask(client: Client, identifier: str) -> HttpResponse:
    return client.post(ASK, {"identifier": identifier}, follow=True)  # type: ignore[return-value]


def test_a_forgotten_password_by_email(client: Client, an: User) -> None:
    elsewhere = Client()
    elsewhere.force_login(an)
    ask(client, "0912345678")
    assert mail.outbox[-1].to == ["an@phudinh.example"]
    assert client.post(CODE, {"code": mailed_code()})["Location"] == CHOOSE
    response = client.post(CHOOSE, {"password": NEW, "again": NEW})
    assert response["Location"] == "/"
    assert client.session["_auth_user_id"] == str(an.pk)
    assert elsewhere.get("/accounts/").status_code == 302
    an.refresh_from_db()
    assert an.check_password(NEW)


def test_the_second_factor_is_still_asked_for(client: Client, an: User) -> None:
    Authenticator.objects.create(user=an, type="totp", data={"secret": "x"})
    ask(client, "an@phudinh.example")
    client.post(CODE, {"code": mailed_code()})
    response = client.post(CHOOSE, {"password": NEW, "again": NEW})
    assert response["Location"] == "/accounts/2fa/authenticate/"


def test_by_sms_where_there_is_no_email(client: Client, an: User) -> None:
    User.objects.filter(pk=an.pk).update(email=None)
    ask(client, "0912345678")
    (path,) = Path(settings.OUTBOX).glob("*.txt")
    code = re.search(r"\b\d{8}\b", path.read_text().split("\n", 1)[1])
    assert code
    assert client.post(CODE, {"code": code[0]})["Location"] == CHOOSE


def stripped(response: HttpResponse) -> str:
    return re.sub(
        r'name="csrfmiddlewaretoken" value="[^"]+"|X-CSRFToken": "[^"]+"',
        "",
        response.content.decode(),
    )


def test_who_asks_can_not_tell_whether_the_account_exists(an: User) -> None:
    known, unknown = ask(Client(), "0912345678"), ask(Client(), "0999999999")
    assert stripped(known) == stripped(unknown)
    assert len(mail.outbox) == 1
    client = Client()
    ask(client, "0999999999")
    assert "Mã chưa đúng" in client.post(CODE, {"code": "12345678"}).content.decode()


def test_a_not_activated_account_is_not_opened_this_way(an: User) -> None:
    User.objects.filter(pk=an.pk).update(activated_at=None)
    ask(Client(), "0912345678")
    assert not mail.outbox


def test_five_wrong_codes_end_it(client: Client, an: User) -> None:
    ask(client, "0912345678")
    for _ in range(5):
        assert client.post(CODE, {"code": "00000000"}).status_code == 200
    assert client.post(CODE, {"code": mailed_code()}).status_code == 200


def test_three_codes_in_a_quarter_of_an_hour(client: Client, an: User) -> None:
    for _ in range(3):
        ask(client, "0912345678")
    assert "Hãy chờ" in ask(client, "an@phudinh.example").content.decode()
    assert len(mail.outbox) == 3
    with clock.fixed(clock.now() + timedelta(minutes=16)):
        ask(client, "0912345678")
    assert len(mail.outbox) == 4


def test_a_code_expires_and_works_once(client: Client, an: User) -> None:
    ask(client, "0912345678")
    with clock.fixed(clock.now() + timedelta(minutes=16)):
        assert client.post(CODE, {"code": mailed_code()}).status_code == 200
    client.post(CODE, {"code": mailed_code()})
    client.post(CHOOSE, {"password": NEW, "again": NEW})
    confirmation = Confirmation.objects.get()
    assert confirmation.used_at is not None
    assert client.post(CHOOSE, {"password": "x" * 12, "again": "x" * 12})["Location"] == ASK


def test_choosing_without_a_code_leads_back(client: Client, an: User) -> None:
    ask(client, "0912345678")
    assert client.post(CHOOSE, {"password": NEW, "again": NEW})["Location"] == ASK


@pytest.fixture
def inside(client: Client, an: User) -> Client:
    client.post("/accounts/login/", {"login": "0912345678", "password": PASSWORD})
    return client


def test_a_new_email_is_theirs_when_the_code_is_typed(inside: Client, an: User) -> None:
    inside.post("/accounts/email", {"target": "An.Moi@phudinh.example"})
    assert mail.outbox[-1].to == ["an.moi@phudinh.example"]
    an.refresh_from_db()
    assert an.email == "an@phudinh.example"
    inside.post("/accounts/contact/code", {"code": mailed_code()})
    an.refresh_from_db()
    assert an.email == "an.moi@phudinh.example"


def test_a_new_phone(inside: Client, an: User) -> None:
    wrong = inside.post("/accounts/phone", {"target": "12345"})
    assert "10 chữ số" in wrong.content.decode()
    inside.post("/accounts/phone", {"target": "+84 988 777 666"})
    (path,) = Path(settings.OUTBOX).glob("*.txt")
    number, text = path.read_text().split("\n", 1)
    assert number == "0988777666"
    code = re.search(r"\b\d{8}\b", text)
    assert code
    inside.post("/accounts/contact/code", {"code": code[0]})
    an.refresh_from_db()
    assert an.phone == "0988777666"


def test_somebody_elses_address_is_refused(
    inside: Client, an: User, make_person: MakePerson, commune: Unit
) -> None:
    make_person("Trần Thị Bình", commune, phone="0955555555")
    page = inside.post("/accounts/phone", {"target": "0955 555 555"})
    assert "đã thuộc về một tài khoản khác" in page.content.decode()
    assert not Confirmation.objects.exists()


def test_the_language_is_kept_with_the_account(inside: Client, an: User) -> None:
    inside.post("/accounts/language", {"language": "en"})
    an.refresh_from_db()
    assert an.language == "en"
    fresh = Client()
    fresh.post("/accounts/login/", {"login": "0912345678", "password": PASSWORD})
    assert fresh.cookies["django_language"].value == "en"
    inside.post("/accounts/language", {"language": "xx"})
    an.refresh_from_db()
    assert an.language == "en"
