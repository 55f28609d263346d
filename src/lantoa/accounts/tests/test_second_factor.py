"""The second factor: required of administrators, offered to all, with a way back."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from conftest import Grant, MakePerson
from django.test import Client
from pytest_django import Settings

from lantoa.audit.models import Event
from lantoa.people.models import Person, Unit

PASSWORD = "mat-khau-thu-123"
ACTIVATE = "/accounts/2fa/activate/"


@pytest.fixture
def chief(make_person: MakePerson, grant: Grant, country: Unit) -> Person:
    person = make_person("Trần Văn Minh", country, phone="0912345678")
    grant(person, "administrator", country)
    return person


def sign_in(client: Client, location: str) -> None:
    response = client.post("/accounts/login/", {"login": "0912345678", "password": PASSWORD})
    assert response["Location"] == location


def code_of(secret: str, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def set_up(client: Client) -> str:
    """Through the pages, as a person does; gives the secret."""
    client.get(ACTIVATE)
    secret: str = client.session["mfa.totp.secret"]
    response = client.post(ACTIVATE, {"code": code_of(secret, -1)})
    assert response["Location"] == "/accounts/2fa/codes/"
    return secret


def test_an_administrator_sets_it_up_before_anything_else(client: Client, chief: Person) -> None:
    sign_in(client, "/")
    assert client.get("/notices/")["Location"] == ACTIVATE
    assert client.get("/system/")["Location"] == ACTIVATE
    page = client.get(ACTIVATE).content.decode()
    assert "data:image/svg+xml;base64," in page
    set_up(client)
    assert client.get("/system/").status_code == 200
    assert Event.objects.filter(action="accounts.add_second_factor").count() == 1


def test_then_signing_in_asks_for_it(client: Client, chief: Person) -> None:
    sign_in(client, "/")
    secret = set_up(client)
    again = Client()
    sign_in(again, "/accounts/2fa/authenticate/")
    assert again.get("/system/").status_code == 302, "the password alone opens nothing"
    wrong = again.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "Mã chưa đúng" in wrong.content.decode()
    assert again.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})["Location"] == "/"
    assert again.get("/system/").status_code == 200


def test_five_wrong_codes_lock(client: Client, chief: Person) -> None:
    sign_in(client, "/")
    secret = set_up(client)
    again = Client()
    sign_in(again, "/accounts/2fa/authenticate/")
    for _ in range(5):
        page = again.post("/accounts/2fa/authenticate/", {"code": "000000"}).content.decode()
    assert "tạm khóa đến" in page
    right = again.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert right.status_code == 200, "even the right code waits"


def test_a_recovery_code_stands_in_once(client: Client, chief: Person) -> None:
    sign_in(client, "/")
    set_up(client)
    page = client.get("/accounts/2fa/codes/")
    code = page.context["unused_codes"][0]
    assert client.get("/accounts/2fa/codes/download/").content.decode().count(code) == 1
    for place in ("/", None):
        again = Client()
        sign_in(again, "/accounts/2fa/authenticate/")
        response = again.post("/accounts/2fa/authenticate/", {"code": code})
        assert response.get("Location") == place


def test_the_secret_is_encrypted_at_rest(client: Client, chief: Person) -> None:
    sign_in(client, "/")
    secret = set_up(client)
    assert secret not in str(Authenticator.objects.get(type="totp").data)


def test_an_administrator_can_not_turn_it_off(client: Client, chief: Person) -> None:
    sign_in(client, "/")
    set_up(client)
    page = client.post("/accounts/2fa/deactivate/").content.decode()
    assert "không tắt được" in page
    assert Authenticator.objects.filter(type="totp").exists()


def test_everybody_else_is_offered_it_and_may_turn_it_off(
    client: Client, make_person: MakePerson, commune: Unit
) -> None:
    make_person("Nguyễn Văn An", commune, phone="0912345678")
    sign_in(client, "/")
    page = client.get("/accounts/").content.decode()
    assert "Bật xác thực hai lớp" in page
    set_up(client)
    assert "Đang bật" in client.get("/accounts/").content.decode()
    assert client.post("/accounts/2fa/deactivate/").status_code == 302
    assert not Authenticator.objects.exists()


def test_a_demo_only_offers_it_and_says_so(
    client: Client, chief: Person, settings: Settings
) -> None:
    settings.LANTOA_DEMO = True
    sign_in(client, "/")
    assert client.get("/system/").status_code == 200
    assert "bản dùng thử nên không bắt buộc" in client.get("/accounts/").content.decode()


def test_a_session_of_long_ago_proves_itself_again(
    client: Client, make_person: MakePerson, commune: Unit
) -> None:
    make_person("Nguyễn Văn An", commune, phone="0912345678")
    sign_in(client, "/")
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
    response = client.get(ACTIVATE)
    assert response["Location"].startswith("/accounts/reauthenticate/")
    page = client.post(response["Location"], {"password": "sai"})
    assert "Mật khẩu chưa đúng" in page.content.decode()
    done = client.post(response["Location"], {"password": PASSWORD, "next": ACTIVATE})
    assert done["Location"] == ACTIVATE
    assert client.get(ACTIVATE).status_code == 200
