"""The door for a provider's own system."""

import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from lantoa.accounts.queries import personal_number_hash
from lantoa.kernel import clock
from lantoa.people.models import Person
from lantoa.programmes.models import Enrolment, Outcome
from lantoa.providers.actions.providers import end_provider, make_key, withdraw_key
from lantoa.providers.models import Assignment, Provider, ProviderKey, ResultImport
from lantoa.providers.views import api


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def token(university: Provider) -> str:
    _key, token = make_key(
        actor=None, provider=university, name="LMS", addresses="",
        expires_on=clock.today() + timedelta(days=30),
    )  # fmt: skip
    return token


def ask(
    client: Client, path: str, token: str, body: object = None, address: str = "127.0.0.1"
) -> tuple[int, dict]:  # type: ignore[type-arg]
    headers = {"Authorization": f"Bearer {token}"}
    if body is None:
        response = client.get(path, headers=headers, REMOTE_ADDR=address)
    else:
        sent = body if isinstance(body, str) else json.dumps(body)
        response = client.post(
            path, sent, content_type="application/json", headers=headers, REMOTE_ADDR=address
        )
    return response.status_code, response.json()


def one(code: str = "", **more: object) -> dict[str, object]:
    return {"person": {"code": code} if code else {}, **more}


def test_what_is_assigned_and_to_whom(
    client: Client, token: str, assignment: Assignment, enrolments: list[Enrolment]
) -> None:
    status, told = ask(client, "/providers/api/assignments/", token)
    assert status == 200
    [listed] = told["assignments"]
    assert listed["id"] == assignment.pk
    assert (listed["people"], listed["reported"]) == (4, 0)
    status, told = ask(client, f"/providers/api/assignments/{assignment.pk}/people/", token)
    assert {p["code"] for p in told["people"]} == {f"HV{e.pk}" for e in enrolments}
    assert told["next"] is None
    assert "phone" not in told["people"][0]


def test_a_dry_run_changes_nothing_and_a_batch_counts_once(
    client: Client, token: str, assignment: Assignment, enrolments: list[Enrolment],
    people: list[Person], django_capture_on_commit_callbacks: object,
) -> None:  # fmt: skip
    assignment.needs_approval = False
    assignment.save()
    Person.objects.filter(pk=people[3].pk).update(
        personal_number_hash=personal_number_hash("001085000001")
    )
    path = f"/providers/api/assignments/{assignment.pk}/results/"
    body: dict[str, object] = {
        "batch": "q1-2026",
        "dry_run": True,
        "results": [
            one(f"HV{enrolments[0].pk}", passed=True, score=8.5),
            {"person": {"name": "Lê Thị Bình", "birth_date": "09/03/1985"}, "score": 4},
            {"person": {"personal_number": "001085000001"}, "passed": True},
            {"person": {"phone": "+84 912 345 602"}, "passed": True, "reference": "CN-7"},
            one("HV1234567", passed=True),
            one(passed=True),
        ],
    }
    status, told = ask(client, path, token, body)
    assert status == 200
    assert told["state"] == "dry_run"
    assert told["counts"] == {"new": 4, "unknown": 2}
    assert [row["code"] for row in told["rows"][:4]] == [
        f"HV{enrolments[n].pk}" for n in (0, 2, 3, 1)
    ]
    assert told["rows"][5]["sentence"] == "Hàng này không nói là ai."
    assert not ResultImport.objects.exists()
    body["dry_run"] = False
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        status, told = ask(client, path, token, body)
    assert status == 201
    assert Outcome.objects.count() == 4
    status, told = ask(client, path, token, body)
    assert (status, told["state"]) == (200, "applied")
    assert ResultImport.objects.count() == 1
    assert Outcome.objects.count() == 4


def test_a_batch_waits_where_a_coordinator_decides(
    client: Client, token: str, assignment: Assignment, enrolments: list[Enrolment]
) -> None:
    body = {"batch": "b", "results": [one(f"HV{enrolments[0].pk}", passed=True)]}
    path = f"/providers/api/assignments/{assignment.pk}/results/"
    assert ask(client, path, token, body)[1]["state"] == "waiting"
    assert not Outcome.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        "{", "[]", {"batch": "", "results": []}, {"batch": "b", "results": []},
        {"batch": "b", "results": [{"person": {"nick": "x"}}]},
        {"batch": "b", "results": [{"person": {}}] * 501},
    ],
)  # fmt: skip
def test_a_wrong_body_says_why(
    body: object, client: Client, token: str, assignment: Assignment
) -> None:
    path = f"/providers/api/assignments/{assignment.pk}/results/"
    status, told = ask(client, path, token, body)
    assert status == 400
    assert told["error"].startswith("Nội dung gửi không đúng: ")
    assert not ResultImport.objects.exists()


@pytest.mark.parametrize("how", ["wrong", "withdrawn", "expired", "ended", "address"])
def test_a_key_that_does_not_open(
    how: str, client: Client, token: str, assignment: Assignment, university: Provider
) -> None:
    key = ProviderKey.objects.get()
    if how == "wrong":
        token += "x"
    elif how == "withdrawn":
        withdraw_key(actor=None, key=key)
    elif how == "expired":
        ProviderKey.objects.update(expires_on=clock.today() - timedelta(days=1))
    elif how == "ended":
        end_provider(actor=None, provider=university)
    else:
        ProviderKey.objects.update(addresses="203.0.113.0/24, 2001:db8::/48")
    assert ask(client, "/providers/api/assignments/", token)[0] == 401
    if how == "address":
        status, _told = ask(client, "/providers/api/assignments/", token, address="203.0.113.9")
        assert status == 200


def test_another_providers_assignment_does_not_exist(
    client: Client, token: str, assignment: Assignment, university: Provider
) -> None:
    Assignment.objects.filter(pk=assignment.pk).update(until=clock.today() - timedelta(days=1))
    for path in ("people/", "results/"):
        body = None if path == "people/" else {"batch": "b", "results": [one("HV1")]}
        address = f"/providers/api/assignments/{assignment.pk}/{path}"
        assert ask(client, address, token, body)[0] == 404


def test_the_door_is_limited(client: Client, token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "A_MINUTE", 2)
    monkeypatch.setattr(api, "TRIES", 2)
    path = "/providers/api/assignments/"
    assert [ask(client, path, token)[0] for _ in range(3)] == [200, 200, 429]
    assert [ask(client, path, "lt_no")[0] for _ in range(3)] == [401, 401, 429]


def test_the_token_is_kept_nowhere(token: str) -> None:
    key = ProviderKey.objects.get()
    assert token not in key.token_hash
    assert len(key.token_hash) == 64
