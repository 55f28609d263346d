"""The ASGI root: who answers what, and what it refuses before Django sees it."""

import asyncio
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from lantoa.project import asgi, bodies, health
from lantoa.project.bodies import MEGABYTE, refusal
from lantoa.project.errors import server_error
from lantoa.project.logs import NoPaths
from lantoa.web.limits import client_address


def scope(path: str, **headers: str) -> dict[str, Any]:
    raw = [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()]
    return {"type": "http", "method": "POST", "path": path, "headers": raw}


def status_of(asked: dict[str, Any]) -> int:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    asyncio.run(asgi.application(asked, receive, send))
    status: int = sent[0]["status"]
    return status


@pytest.mark.parametrize(
    ("path", "length", "expected"),
    [
        ("/people/", 25 * MEGABYTE, None),
        ("/people/", 25 * MEGABYTE + 1, 413),
        ("/courses/1/video", 400 * MEGABYTE, None),
        ("/courses/1/video", 600 * MEGABYTE, 413),
    ],
)
def test_bodies_have_limits(path: str, length: int, expected: int | None) -> None:
    asked = scope(path, content_length=str(length), cookie="sessionid=abc")
    assert refusal(asked) == expected


def test_nobody_uploads_before_signing_in() -> None:
    assert refusal(scope("/courses/1/video", content_length=str(MEGABYTE))) is None
    assert refusal(scope("/courses/1/video", content_length=str(MEGABYTE + 1))) == 413


def test_a_body_must_say_its_length() -> None:
    assert refusal(scope("/", transfer_encoding="chunked")) == 411
    assert refusal(scope("/", content_length="-1")) == 413
    assert refusal(scope("/")) is None


def test_what_is_refused_is_told_in_words() -> None:
    assert status_of(scope("/people/", content_length=str(10**12))) == 413


def test_health_needs_no_database() -> None:
    assert status_of({**scope("/healthz"), "method": "GET"}) == 200


def test_doors_go_to_their_pools() -> None:
    assert asgi._app_for("/static/web/lantoa.css") is asgi.static
    assert asgi._app_for("/files/m/x") is asgi.files
    assert asgi._app_for("/accounts/login/") is asgi.accounts
    assert asgi._app_for("/courses/") is asgi.pages


@pytest.mark.django_db
def test_ready_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Client().get("/readyz").json()["database"] == "ok"
    monkeypatch.setattr(health, "pending_migrations", lambda: 2)
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert "2 to apply" in answer.json()["migrations"]


def test_a_silent_database_is_503_with_a_time_to_come_back(rf: Any) -> None:
    try:
        raise OperationalError
    except OperationalError:
        answer = server_error(rf.get("/"))
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert server_error(rf.get("/")).status_code == 500


@pytest.mark.django_db
def test_the_access_log_names_routes_and_no_paths(caplog: Any) -> None:
    caplog.set_level("INFO", logger="lantoa.access")
    Client().get("/certificates/c/a-secret-token?q=somebody")
    told = vars(caplog.records[-1])
    assert (told["route"], told["status"]) == ("certificates:check", 404)
    assert "a-secret-token" not in str(told)
    assert "somebody" not in str(told)


@pytest.mark.django_db
def test_pages_carry_the_security_headers() -> None:
    headers = Client().get("/certificates/check").headers
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


def test_lines_about_failed_requests_name_no_path() -> None:
    record = logging.LogRecord(
        "django.request", logging.ERROR, "", 0, "%s: %s", ("Internal Server Error", "/c/tok"), None
    )
    record.request = "<WSGIRequest: GET '/c/tok'>"
    NoPaths().filter(record)
    assert record.getMessage() == "Internal Server Error"
    assert "tok" not in str(vars(record))


def test_headers_that_pass_for_a_proxys_are_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    got: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        got.extend(scope["headers"])

    async def nothing() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def ignore(_message: Any) -> None: ...

    monkeypatch.setattr(asgi, "pages", app)
    real, forged = (b"x-forwarded-for", b"1.1.1.1"), (b"x_forwarded_for", b"6.6.6.6")
    asked = {"type": "http", "method": "GET", "path": "/", "headers": [real, forged]}
    asyncio.run(asgi.application(asked, nothing, ignore))
    assert got == [real]


@pytest.mark.parametrize(("behind", "expected"), [(True, "9.9.9.9"), (False, "127.0.0.1")])
def test_limits_count_by_the_address_that_the_proxy_saw(
    rf: Any, settings: Any, behind: bool, expected: str
) -> None:
    settings.LANTOA_BEHIND_PROXY = behind
    request = rf.get("/", headers={"X-Forwarded-For": "6.6.6.6, 9.9.9.9"})
    assert client_address(request) == expected


def _ask(monkeypatch: pytest.MonkeyPatch, messages: list[Any]) -> tuple[list[Any], list[Any]]:
    """Post a body of these messages (then silence): what Django got, and what was answered."""
    got: list[Any] = []
    sent: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        parts = [await receive()]
        while parts[-1]["more_body"]:
            parts.append(await receive())
        got.append(b"".join(part["body"] for part in parts))

    async def receive() -> Any:
        if not messages:
            await asyncio.sleep(60)
        return messages.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    monkeypatch.setattr(asgi, "pages", app)
    monkeypatch.setattr(bodies, "SILENCE_SECONDS", 0.05)
    asked = scope("/people/", content_length="5")
    asyncio.run(asgi.application(asked, receive, send))
    return got, sent


def _piece(body: bytes, more: bool) -> dict[str, Any]:
    return {"type": "http.request", "body": body, "more_body": more}


def test_django_gets_a_body_once_it_is_all_here(monkeypatch: pytest.MonkeyPatch) -> None:
    pieces = [_piece(b"ab", True), _piece(b"", True), _piece(b"cde", False)]
    assert _ask(monkeypatch, pieces) == ([b"abcde"], [])
    large = bytes(range(256)) * 10_000  # 2,4 MB: through a file, in several pieces
    assert _ask(monkeypatch, [_piece(large, False)])[0] == [large]


def test_whoever_sends_drop_by_drop_holds_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    got, sent = _ask(monkeypatch, [_piece(b"a", True)])
    assert got == []
    assert sent[0]["status"] == 408
    got, _sent = _ask(monkeypatch, [_piece(b"a", True), {"type": "http.disconnect"}])
    assert got == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cookie", "asked", "shown"),
    [("", "en-US", "vi"), ("en", "vi", "en"), ("vi", "en", "vi"), ("xx", "en", "vi")],
)
def test_a_first_visit_is_vietnamese_whatever_the_phone_says(
    cookie: str, asked: str, shown: str
) -> None:
    client = Client(headers={"accept-language": asked})
    client.cookies["django_language"] = cookie
    page = client.get("/certificates/check")
    assert page["Content-Language"] == shown
    assert ("Tra cứu" in page.content.decode()) is (shown == "vi")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/certificates/check?serial=a%00", 400),
        ("/certificates/c/a%00", 400),
        ("/people/persons/" + "9" * 30 + "/", 404),
    ],
)
def test_addresses_that_databases_fall_over_stop_before_them(address: str, expected: int) -> None:
    assert Client().get(address).status_code == expected


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"LANTOA_BASE_URL": "https://daotao.example:8443/"}, "daotao.example"),
        ({"LANTOA_BASE_URL": "https://daotao.example", "LANTOA_HOSTS": "a.example"}, "a.example"),
        ({}, "*"),
    ],
)
def test_hosts_answered_follow_the_public_address(variables: dict[str, str], expected: str) -> None:
    clean = {k: v for k, v in os.environ.items() if k not in ("LANTOA_BASE_URL", "LANTOA_HOSTS")}
    clean["PYTHONPATH"] = str(Path(asgi.__file__).parents[2])
    code = "from lantoa.project import settings; print(settings.ALLOWED_HOSTS[0])"
    done = subprocess.run(
        [sys.executable, "-c", code], env={**clean, **variables}, capture_output=True, text=True
    )
    assert done.stdout.strip() == expected, done.stderr
