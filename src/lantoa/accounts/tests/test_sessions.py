"""Sessions: seen, ended from afar, locked when idle; closing an account ends them all."""

import time
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from conftest import Grant, MakePerson
from django.test import Client

from lantoa.accounts import idle
from lantoa.accounts.actions import close_account, reopen_account, sessions
from lantoa.accounts.models import User
from lantoa.audit.models import Event
from lantoa.kernel import clock
from lantoa.people.models import Person, Unit

PASSWORD = "mat-khau-thu-123"
PHONE = "Mozilla/5.0 (Linux; Android 9) AppleWebKit/537.36 Chrome/96.0 Mobile Safari/537.36 Zalo"


@pytest.fixture
def an(make_person: MakePerson, commune: Unit) -> Person:
    return make_person("Nguyễn Văn An", commune, phone="0912345678")


def sign_in(**options: Any) -> Client:
    client = Client(**options)
    response = client.post("/accounts/login/", {"login": "0912345678", "password": PASSWORD})
    assert response.status_code == 302
    return client


def user_of(person: Person) -> User:
    assert person.user is not None
    return person.user


def test_the_list_names_devices_and_marks_this_one(an: Person) -> None:
    sign_in(headers={"user-agent": PHONE})
    page = sign_in().get("/accounts/sessions").content.decode()
    assert "Zalo, Android" in page
    assert page.count("Thiết bị này") == 1
    assert "2 thiết bị đang đăng nhập" in page


def test_one_session_is_ended_from_afar(an: Person) -> None:
    phone, desk = sign_in(), sign_in()
    row = UserSession.objects.get(session_key=phone.session.session_key)
    desk.post(f"/accounts/sessions/{row.pk}/end")
    assert phone.get("/accounts/").status_code == 302
    assert desk.get("/accounts/").status_code == 200


def test_all_others_are_ended_at_once(an: Person) -> None:
    first, second, desk = sign_in(), sign_in(), sign_in()
    desk.post("/accounts/sessions/others/end")
    assert [c.get("/accounts/").status_code for c in (first, second, desk)] == [302, 302, 200]
    assert Event.objects.get(action="accounts.end_other_sessions").data == {"ended": 2}


def test_the_oldest_of_too_many_sessions_makes_room(
    an: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "OPEN_SESSIONS", 3)
    clients = [sign_in() for _ in range(5)]
    assert [c.get("/accounts/").status_code for c in clients] == [302, 302, 200, 200, 200]
    assert UserSession.objects.count() == 3


def test_nobody_ends_somebody_elses_session(
    an: Person, make_person: MakePerson, commune: Unit
) -> None:
    own = sign_in()
    row = UserSession.objects.get()
    other = Client()
    other.force_login(user_of(make_person("Trần Thị Bình", commune)))
    assert other.post(f"/accounts/sessions/{row.pk}/end").status_code == 404
    assert own.get("/accounts/").status_code == 200


def test_a_new_password_signs_out_everywhere_else(an: Person) -> None:
    phone, desk = sign_in(), sign_in()
    values = {"current": PASSWORD, "password": "cau-moi-de-nho", "again": "cau-moi-de-nho"}
    assert desk.post("/accounts/password", values).status_code == 302
    assert phone.get("/accounts/").status_code == 302
    assert desk.get("/accounts/").status_code == 200


def test_the_password_is_not_changed_without_the_old_one(an: Person) -> None:
    values = {"current": "sai", "password": "cau-moi-de-nho", "again": "cau-moi-de-nho"}
    page = sign_in().post("/accounts/password", values)
    assert "Mật khẩu chưa đúng" in page.content.decode()
    assert User.objects.get(pk=user_of(an).pk).check_password(PASSWORD)


def test_closing_ends_sessions_and_reopening_lets_in_again(an: Person) -> None:
    client, user = sign_in(), user_of(an)
    close_account(user=user, actor=None)
    close_account(user=user, actor=None)
    assert Event.objects.filter(action="accounts.close_account").count() == 1
    assert client.get("/accounts/").status_code == 302
    assert not UserSession.objects.exists()
    reopen_account(user=user, actor=None)
    assert client.get("/accounts/").status_code == 302, "the old session stays dead"
    sign_in()


# ---- idle lock ----


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Any:
    """later(minutes): from now on the server's clock for sessions stands that much later."""
    real = time.time

    def move(minutes: float) -> None:
        moved = SimpleNamespace(time=lambda: real() + minutes * 60)
        monkeypatch.setattr("lantoa.accounts.idle.time", moved)

    return move


def test_locks_after_a_quarter_of_an_hour_and_leads_back(an: Person, later: Any) -> None:
    client = sign_in()
    client.get("/accounts/")
    later(14)
    assert client.get("/accounts/").status_code == 200
    later(14 + 17)
    response = client.get("/accounts/sessions?x=1", follow=True)
    page = response.content.decode()
    assert "Đã 15 phút không có thao tác" in page
    assert "Những gì anh/chị đã lưu vẫn còn nguyên" in page
    assert "/accounts/login/?next=/accounts/sessions%3Fx%3D1" in page
    assert "_auth_user_id" not in client.session


def test_administrators_lock_after_five_minutes(
    an: Person, grant: Grant, province: Unit, later: Any
) -> None:
    grant(an, "administrator", province)
    client = sign_in()
    client.get("/accounts/")
    later(7)
    assert "/accounts/idle" in client.get("/accounts/")["Location"]


def test_reading_counts_when_the_page_says_so(an: Person, later: Any) -> None:
    client = sign_in()
    client.get("/accounts/")
    for minutes in (10, 20, 30):
        later(minutes)
        assert client.post("/accounts/alive").status_code == 204


def test_a_held_session_is_not_locked_in_the_middle_of_an_exam(an: Person, later: Any) -> None:
    client = sign_in()
    client.get("/accounts/")
    session = client.session
    idle.hold(session, clock.now() + timedelta(minutes=60))
    session.save()
    later(59)
    response = client.get("/accounts/")
    assert response.status_code == 200
    assert response.context["idle_lock"] is None
    later(59 + 20)
    assert client.get("/accounts/").status_code == 302


def test_a_script_is_told_plainly(an: Person, later: Any) -> None:
    client = sign_in()
    client.get("/accounts/")
    later(20)
    response = client.get("/accounts/", headers={"hx-request": "true"})
    assert response.status_code == 401
    assert "/accounts/idle" in response["HX-Redirect"]


def test_the_browsers_own_lock_ends_the_session(an: Person) -> None:
    client = sign_in()
    page = client.get("/accounts/idle?next=https://evil.example/").content.decode()
    assert 'href="/accounts/login/?next=/"' in page, "never leads off the site"
    assert "_auth_user_id" not in client.session


def test_activity_costs_at_most_one_write_a_minute(
    an: Person, django_assert_num_queries: Any
) -> None:
    client = sign_in()
    client.get("/accounts/alive")
    before = client.session[idle.SEEN]
    client.get("/accounts/")
    assert client.session[idle.SEEN] == before
