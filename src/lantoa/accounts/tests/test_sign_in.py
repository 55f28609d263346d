"""The door: by any identifier, locked after five wrong passwords, silent about who exists."""

import re
from datetime import timedelta

import pytest
from conftest import MakePerson
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from lantoa.accounts import rules
from lantoa.accounts.actions import close_account
from lantoa.accounts.models import SignInFailure, User
from lantoa.accounts.queries import address_hash, personal_number_hash
from lantoa.kernel import clock
from lantoa.people.models import Unit

PASSWORD = "mat-khau-thu-123"
URL = "/accounts/login/"


@pytest.fixture
def an(make_person: MakePerson, commune: Unit) -> User:
    user = make_person("Nguyễn Văn An", commune, phone="0912345678").user
    assert user is not None
    user.email = "an@phudinh.example"
    user.personal_number_hash = personal_number_hash("019099000001")
    user.save()
    return user


def attempt(client: Client, login: str, password: str) -> HttpResponse:
    return client.post(URL, {"login": login, "password": password})  # type: ignore[return-value]


@pytest.mark.parametrize(
    "login",
    [
        "0912345678",
        "+84 912 345 678",
        "0912.345.678",
        "an@phudinh.example",
        "AN@PhuDinh.example",
        "019099000001",
        " 0912345678 ",
    ],
)
def test_signs_in_by_whatever_identifies_the_person(client: Client, an: User, login: str) -> None:
    response = attempt(client, login, PASSWORD)
    assert response.status_code == 302
    assert response["Location"] == "/"
    assert client.session["_auth_user_id"] == str(an.pk)


def test_returns_to_the_page_that_was_wanted(client: Client, an: User) -> None:
    response = client.post(
        URL + "?next=/accounts/sessions",
        {"login": "0912345678", "password": PASSWORD, "next": "/accounts/sessions"},
    )
    assert response["Location"] == "/accounts/sessions"


def test_never_leaves_the_site_after_signing_in(client: Client, an: User) -> None:
    response = client.post(
        URL, {"login": "0912345678", "password": PASSWORD, "next": "https://evil.example/"}
    )
    assert response["Location"] == "/"


def words(response: HttpResponse) -> str:
    found = re.search(r'role="alert"[^>]*>(.*?)</div>', response.content.decode(), re.S)
    assert found
    return re.sub(r"<[^>]+>", "", found[1]).strip()


def test_the_same_words_whether_the_account_exists_or_not(client: Client, an: User) -> None:
    known = words(attempt(client, "0912345678", "sai"))
    assert known == words(attempt(client, "0987654321", "sai"))
    assert known == words(attempt(client, "ai-do@phudinh.example", "sai"))
    assert "Còn 4 lần thử" in known


def test_what_was_typed_stays_except_the_password(client: Client, an: User) -> None:
    page = attempt(client, "0912345678", "sai-mat-khau").content.decode()
    assert 'value="0912345678"' in page
    assert "sai-mat-khau" not in page


@pytest.mark.parametrize("login", ["0912345678", "0987654321"])
def test_five_failures_lock_and_say_until_when(client: Client, an: User, login: str) -> None:
    start = clock.now()
    with clock.fixed(start):
        for _ in range(4):
            assert "Còn" in words(attempt(client, login, "sai"))
        fifth = words(attempt(client, login, "sai"))
        assert "tạm khóa đến" in fifth
        assert attempt(client, login, PASSWORD).status_code == 200
    with clock.fixed(start + timedelta(minutes=14)):
        assert "tạm khóa đến" in words(attempt(client, login, PASSWORD))
    with clock.fixed(start + timedelta(minutes=16)):
        assert (attempt(client, login, PASSWORD).status_code == 302) == (login == "0912345678")


def test_the_lock_is_the_accounts_whichever_identifier_was_tried(client: Client, an: User) -> None:
    for login in ("0912345678", "an@phudinh.example", "019099000001", "0912345678", "0912345678"):
        attempt(client, login, "sai")
    assert "tạm khóa" in words(attempt(client, "an@phudinh.example", PASSWORD))


def test_success_forgets_the_failures(client: Client, an: User) -> None:
    for _ in range(4):
        attempt(client, "0912345678", "sai")
    assert attempt(client, "0912345678", PASSWORD).status_code == 302
    assert not SignInFailure.objects.exists()


def test_others_behind_the_same_address_are_not_locked(
    client: Client, an: User, make_person: MakePerson, commune: Unit
) -> None:
    make_person("Trần Thị Bình", commune, phone="0911111111")
    for _ in range(6):
        attempt(client, "0912345678", "sai")
    assert attempt(client, "0911111111", PASSWORD).status_code == 302


def test_a_list_of_passwords_from_one_address_is_stopped(
    client: Client, an: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "ADDRESS_FAILURES", 20)
    SignInFailure.objects.bulk_create(
        SignInFailure(identifier_hash=f"{n:064}", address_hash=address_hash("127.0.0.1"))
        for n in range(20)
    )
    assert "từ mạng này" in words(attempt(client, "0912345678", PASSWORD))
    elsewhere = Client(REMOTE_ADDR="10.0.0.9")
    assert attempt(elsewhere, "0912345678", PASSWORD).status_code == 302


def test_neither_identifier_nor_address_is_kept_readable(client: Client, an: User) -> None:
    attempt(client, "0912345678", "sai")
    row = SignInFailure.objects.get()
    assert "0912345678" not in row.identifier_hash
    assert len(row.identifier_hash) == len(row.address_hash) == 64
    assert "127.0.0.1" not in row.address_hash


def test_failures_are_forgotten_after_a_day(client: Client, an: User) -> None:
    with clock.fixed(clock.now() - timedelta(days=2)):
        attempt(client, "0912345678", "sai")
    attempt(client, "0987654321", "sai")
    assert SignInFailure.objects.count() == 1


def test_closed_and_not_activated_accounts_stay_out(
    client: Client, an: User, make_person: MakePerson, commune: Unit
) -> None:
    make_person("Lê Văn Cường", commune, phone="0922222222", activated=False)
    assert "chưa đúng" in words(attempt(client, "0922222222", PASSWORD))
    close_account(user=an, actor=None)
    assert "chưa đúng" in words(attempt(client, "0912345678", PASSWORD))


def test_there_is_no_sign_up(client: Client, db: None) -> None:
    assert client.get("/accounts/signup/").status_code == 404
    assert "signup" not in client.get(URL).content.decode()


def test_signs_out_by_post_only(client: Client, an: User) -> None:
    client.force_login(an)
    client.get("/accounts/logout/")
    assert "_auth_user_id" in client.session
    assert client.post("/accounts/logout/")["Location"] == reverse("account_login")
    assert "_auth_user_id" not in client.session


def test_the_page_is_in_english_for_who_asks(client: Client, db: None) -> None:
    client.cookies["django_language"] = "en"
    assert "Sign in" in client.get(URL).content.decode()
