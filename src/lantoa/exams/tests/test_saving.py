"""The save endpoint: what docs/exams.md § Protocol promises."""

import json
from datetime import timedelta
from typing import Any

import pytest
from conftest import MakePerson, SignedIn
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from lantoa.exams.actions import start_attempt, submit_attempt
from lantoa.exams.models import Answer, Attempt
from lantoa.exams.tests.conftest import DURING, World, enrolled
from lantoa.kernel import clock
from lantoa.people.models import Unit


@pytest.fixture
def attempt(world: World) -> Attempt:
    world.finish_course()
    with clock.fixed(DURING):
        return start_attempt(actor=None, enrolment=world.enrolment, sitting=world.sitting)


@pytest.fixture
def candidate(world: World, signed_in: SignedIn) -> Client:
    return signed_in(world.person)


def save(client: Client, attempt: Attempt, body: object) -> tuple[int, dict[str, Any]]:
    with clock.fixed(DURING + timedelta(minutes=1)):
        response = client.post(
            f"/exams/attempts/{attempt.public_id}/answers/",
            body if isinstance(body, str | bytes) else json.dumps(body),
            content_type="application/json",
        )
    return response.status_code, response.json()


def test_a_save_is_confirmed_with_the_servers_time(attempt: Attempt, candidate: Client) -> None:
    status, answer = save(candidate, attempt, {"sequence": 1, "slot": 0, "response": 2})
    assert status == 200
    assert answer["saved"] == 1
    assert answer["deadline"] - answer["now"] == 29 * 60 * 1000
    assert Answer.objects.get().hash == answer["hash"]
    assert save(candidate, attempt, {"sequence": 1, "slot": 0, "response": 2})[0] == 200
    assert Answer.objects.count() == 1


def test_a_taken_number_is_answered_with_the_next(attempt: Attempt, candidate: Client) -> None:
    save(candidate, attempt, {"sequence": 1, "slot": 0, "response": 2})
    status, answer = save(candidate, attempt, {"sequence": 1, "slot": 0, "response": 3})
    assert (status, answer["error"], answer["next"]) == (409, "sequence_taken", 2)


@pytest.mark.parametrize(
    "body",
    [
        "", "{", "[]", "null", "1", '"x"', b"\xff\xfe", "[" * 5000, "{}",
        {"sequence": 1, "slot": 0},
        {"sequence": "1", "slot": 0, "response": 1},
        {"sequence": True, "slot": 0, "response": 1},
        {"sequence": 1, "slot": 0.0, "response": 1},
        {"sequence": 1, "slot": 0, "response": "x" * 5000},
        {"sequence": 1, "slot": 99, "response": 1},
        {"sequence": 1, "slot": 0, "response": 4},
        {"sequence": 10**30, "slot": 0, "response": 1},
    ],
)  # fmt: skip
def test_a_malformed_body_is_refused_in_words(
    attempt: Attempt, candidate: Client, body: object
) -> None:
    status, answer = save(candidate, attempt, body)
    assert (status, answer["error"]) == (400, "bad_answer")
    assert answer["sentence"]
    assert not Answer.objects.exists()


def test_after_the_end_the_answer_says_which_end(
    world: World, attempt: Attempt, candidate: Client
) -> None:
    body = {"sequence": 1, "slot": 0, "response": 1}
    with clock.fixed(attempt.deadline_at + timedelta(seconds=6)):
        response = candidate.post(
            f"/exams/attempts/{attempt.public_id}/answers/", body, content_type="application/json"
        )
    assert (response.status_code, response.json()["error"]) == (410, "time_over")
    with clock.fixed(DURING):
        submit_attempt(actor=world.person.user, attempt=attempt)
    assert save(candidate, attempt, body) == (
        409,
        {"error": "submitted", "sentence": "Bài này đã nộp, không sửa được nữa."},
    )


def test_only_the_candidate_saves(
    world: World, attempt: Attempt, make_person: MakePerson, commune: Unit, signed_in: SignedIn
) -> None:
    body = {"sequence": 1, "slot": 0, "response": 1}
    assert save(Client(), attempt, body)[0] == 401
    other = make_person("Trần Văn Bình", commune)
    enrolled(world.cohort, other)
    assert save(signed_in(other), attempt, body)[0] == 404
    assert Client().get(f"/exams/attempts/{attempt.public_id}/clock/").status_code == 401
    assert not Answer.objects.exists()


def test_a_save_needs_the_csrf_token(world: World, attempt: Attempt) -> None:
    client = Client(enforce_csrf_checks=True)
    assert world.person.user is not None
    client.force_login(world.person.user)
    path = f"/exams/attempts/{attempt.public_id}/answers/"
    response = client.post(path, "{}", content_type="application/json")
    assert response.status_code == 403
    assert not Answer.objects.exists()


def test_a_save_takes_few_queries(
    attempt: Attempt, candidate: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    save(candidate, attempt, {"sequence": 1, "slot": 0, "response": 1})
    with django_assert_max_num_queries(12):
        save(candidate, attempt, {"sequence": 2, "slot": 1, "response": 1})


def test_the_clock_is_the_servers(attempt: Attempt, candidate: Client) -> None:
    with clock.fixed(DURING + timedelta(minutes=10)):
        answer = candidate.get(f"/exams/attempts/{attempt.public_id}/clock/").json()
    assert answer["deadline"] - answer["now"] == 20 * 60 * 1000
    assert answer["submitted"] is False
