"""Activation codes: the way in, and the way back."""

import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from conftest import Grant, MakePerson
from django.core.exceptions import PermissionDenied
from django.test import Client

from lantoa.accounts.actions import (
    close_account,
    create_accounts,
    issue_activation_codes,
    withdraw_activation_codes,
)
from lantoa.accounts.models import ActivationCode, User
from lantoa.audit.models import Event
from lantoa.kernel import clock
from lantoa.people.models import Unit

URL = "/accounts/activate"
NEW = "mot-cau-de-nho-2026"


@pytest.fixture
def newcomer(make_person: MakePerson, commune: Unit) -> User:
    user = make_person("Hoàng Thị Mai", commune, phone="0933333333", activated=False).user
    assert user is not None
    return user


def code_for(user: User) -> str:
    return issue_activation_codes(users=[user], actor=None)[user.pk]


def use(client: Client, code: str, password: str = NEW) -> int:
    """The status of the step that stopped it; 302 when it went through."""
    response = client.post(URL, {"code": code})
    if response.status_code != 302:
        return response.status_code
    return client.post(
        "/accounts/activate/password", {"password": password, "again": password}
    ).status_code


def test_a_newcomer_comes_in(client: Client, newcomer: User) -> None:
    code = code_for(newcomer)
    response = client.post(URL, {"code": code.lower().replace("-", " ")}, follow=True)
    assert "Chào Hoàng Thị Mai" in response.content.decode()
    done = client.post("/accounts/activate/password", {"password": NEW, "again": NEW})
    assert done["Location"] == "/"
    assert client.session["_auth_user_id"] == str(newcomer.pk)
    newcomer.refresh_from_db()
    assert newcomer.activated_at is not None
    assert newcomer.check_password(NEW)
    event = Event.objects.get(action="accounts.activate")
    assert (event.actor_id, event.object_id) == (newcomer.pk, str(newcomer.pk))


def test_a_code_works_once(newcomer: User) -> None:
    code = code_for(newcomer)
    assert use(Client(), code) == 302
    page = Client().post(URL, {"code": code}).content.decode()
    assert "Mã này không dùng được" in page


def test_only_the_keyed_hash_is_kept(newcomer: User) -> None:
    code = code_for(newcomer)
    row = ActivationCode.objects.get()
    assert len(code) == 11
    assert code[5] == "-"
    assert code.replace("-", "") not in row.code_hash
    assert all(code not in str(event.data) for event in Event.objects.all())


@pytest.mark.parametrize("days", [29, 31])
def test_a_code_is_valid_for_thirty_days(newcomer: User, days: int) -> None:
    with clock.fixed(clock.now() - timedelta(days=days)):
        code = code_for(newcomer)
    assert use(Client(), code) == (302 if days == 29 else 200)


def test_a_new_code_ends_the_old_one_and_withdrawing_ends_all(newcomer: User) -> None:
    first, second = code_for(newcomer), code_for(newcomer)
    assert use(Client(), first) == 200
    assert withdraw_activation_codes(users=[newcomer], actor=None) == 1
    assert use(Client(), second) == 200
    newcomer.refresh_from_db()
    assert newcomer.activated_at is None


def test_nothing_happens_between_the_steps_without_a_code(client: Client, newcomer: User) -> None:
    response = client.post("/accounts/activate/password", {"password": NEW, "again": NEW})
    assert response["Location"] == URL


def test_a_code_withdrawn_between_the_steps_stops(client: Client, newcomer: User) -> None:
    client.post(URL, {"code": code_for(newcomer)})
    withdraw_activation_codes(users=[newcomer], actor=None)
    response = client.post("/accounts/activate/password", {"password": NEW, "again": NEW})
    assert response["Location"] == URL
    newcomer.refresh_from_db()
    assert not newcomer.has_usable_password()


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("ngan", "ngan", "8"),
        ("mot-cau-de-nho", "mot-cau-de-qu", "chưa giống nhau"),
        ("12345678901", "12345678901", "số"),
        ("0933333333", "0933333333", ""),
    ],
)
def test_a_poor_password_is_refused_beside_its_field(
    client: Client, newcomer: User, password: str, again: str, said: str
) -> None:
    client.post(URL, {"code": code_for(newcomer)})
    response = client.post("/accounts/activate/password", {"password": password, "again": again})
    assert response.status_code == 200
    assert said in response.content.decode()
    assert 'class="lt-error"' in response.content.decode()
    newcomer.refresh_from_db()
    assert newcomer.activated_at is None


def test_a_lost_phone_has_a_way_back(
    client: Client, make_person: MakePerson, commune: Unit
) -> None:
    user = make_person("Đỗ Văn Nam", commune, phone="0944444444").user
    assert user is not None
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    thief = Client()
    thief.force_login(user)
    assert thief.get("/accounts/").status_code == 200
    assert use(client, code_for(user)) == 302
    assert not Authenticator.objects.exists()
    assert thief.get("/accounts/").status_code == 302, "other sessions end"
    assert client.get("/accounts/").status_code == 200


def test_until_it_is_used_the_old_password_stays(
    client: Client, make_person: MakePerson, commune: Unit
) -> None:
    user = make_person("Đỗ Văn Nam", commune, phone="0944444444").user
    assert user is not None
    code_for(user)
    user.refresh_from_db()
    assert user.check_password("mat-khau-thu-123")


def test_nobody_but_an_administrator_takes_over_an_administrator(
    make_person: MakePerson, grant: Grant, commune: Unit, province: Unit
) -> None:
    chief = make_person("Trần Văn Minh", commune)
    grant(chief, "administrator", province)
    clerk = make_person("Lý Thị Hoa", commune)
    grant(clerk, "coordinator", commune)
    assert chief.user is not None
    with pytest.raises(PermissionDenied):
        issue_activation_codes(users=[chief.user], actor=clerk.user)
    assert not ActivationCode.objects.exists()
    assert issue_activation_codes(users=[chief.user], actor=chief.user)


def test_closed_accounts_get_no_code_and_lose_theirs(newcomer: User) -> None:
    code = code_for(newcomer)
    close_account(user=newcomer, actor=None)
    assert use(Client(), code) == 200
    newcomer.refresh_from_db()
    assert issue_activation_codes(users=[newcomer], actor=None) == {}


def test_thousands_at_once_are_quick_and_one_event(db: None) -> None:
    users = create_accounts(
        users=[User(display_name=f"Người {n}", phone=f"09{n:08}") for n in range(3000)],
        actor=None,
    )
    start = time.monotonic()
    codes = issue_activation_codes(users=users, actor=None)
    assert len(set(codes.values())) == 3000
    assert time.monotonic() - start < 5
    assert Event.objects.filter(action="accounts.issue_activation_codes").count() == 1
