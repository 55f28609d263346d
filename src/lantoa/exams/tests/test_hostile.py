"""Requests in any order, twice, mutated ten thousand times: the log holds, nothing is lost, nothing
fails."""

import asyncio
import json
import random
from collections import Counter
from contextvars import copy_context
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lantoa.exams.actions import start_attempt
from lantoa.exams.delivery import tokens
from lantoa.exams.delivery.batch import commit
from lantoa.exams.delivery.operations import Save, Saved
from lantoa.exams.delivery.writing import committed
from lantoa.exams.fast import HotPath
from lantoa.exams.models import Answer, Attempt, Submission
from lantoa.exams.queries.attempts import responses_of
from lantoa.exams.queries.examiners import log_of
from lantoa.exams.tests.conftest import DURING, World
from lantoa.exams.tests.hot import OwnConnection, no_page
from lantoa.kernel import clock

MUTATIONS = 10_000
NOON_MS = round(DURING.timestamp() * 1000) + 60_000


@pytest.fixture
def attempt(world: World) -> Attempt:
    world.finish_course()
    with clock.fixed(DURING):
        made = start_attempt(actor=None, person=world.person, sitting=world.sitting)
    Attempt.objects.update(epoch=1)
    made.refresh_from_db()
    return made


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    saves=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3)), min_size=1, max_size=25),
    rng=st.randoms(use_true_random=False),
)
def test_whatever_the_order_and_however_often(
    attempt: Attempt, saves: list[tuple[int, int]], rng: random.Random
) -> None:
    """Sent in any order, some of them again and in batches of any size: each is acknowledged with
    one hash, the log holds each once, and the newest of a slot counts."""
    Answer.objects.all().delete()
    start = attempt.head
    Attempt.objects.update(head=start, saves=0, last_sequence=0, answered=b"")
    sent = list(enumerate(saves, start=1))
    order = [*sent, *rng.sample(sent, len(sent) // 2)]
    rng.shuffle(order)
    hashes: dict[int, set[str]] = {}
    while order:
        size = rng.randint(1, 6)
        some, order = order[:size], order[size:]
        outcomes = commit(
            [
                Save(attempt.pk, 1, NOON_MS, number, slot, str(option), option)
                for number, (slot, option) in some
            ]
        )
        for (number, _), outcome in zip(some, outcomes, strict=True):
            assert isinstance(outcome, Saved)
            hashes.setdefault(number, set()).add(outcome.hash)
    assert all(len(found) == 1 for found in hashes.values())
    held = Attempt.objects.select_related("bundle").get(pk=attempt.pk)
    assert log_of(held).holds
    assert held.saves == held.last_sequence == len(saves) == held.answers.count()
    assert responses_of(held) == dict(saves)
    assert held.answered_count == len(dict(saves))


def _mutated(rng: random.Random, attempt: Attempt, token: str) -> dict[str, Any]:
    """A good request with something wrong in it, somewhere."""
    action = rng.choice(["answers"] * 6 + ["start", "submit_", "paper", "clock", "result", "", "x"])
    body: Any = {"sequence": rng.randint(1, 50), "slot": rng.randint(0, 9), "response": 1}
    match rng.randrange(8):
        case 0:
            body[rng.choice(list(body))] = rng.choice(
                [None, -1, 10**40, 1.5, "x", [], {}, [[[]]], True, "\u0000", "ư" * 3000, 2**63]
            )
        case 1:
            body.pop(rng.choice(list(body)))
        case 2:
            body = rng.choice([None, 1, "x", [body], {"sequence": body}])
    raw = bytearray(json.dumps(body).encode())
    if rng.random() < 0.3 and raw:
        for _ in range(rng.randint(1, 4)):
            raw[rng.randrange(len(raw))] = rng.randrange(256)
    if rng.random() < 0.1:
        raw = raw[: rng.randrange(len(raw) + 1)]
    used = list(token)
    if rng.random() < 0.3:
        used[rng.randrange(len(used))] = rng.choice("AZaz09-_=")
    public_id = str(attempt.public_id)
    if rng.random() < 0.1:
        public_id = public_id[:-1] + rng.choice("0123456789abcdefg/%")
    header = rng.choice([b"cookie", b"cookie", b"authorization"])
    value = "".join(used)
    sent = f"{tokens.COOKIE}={value}" if header == b"cookie" else f"Bearer {value}"
    kind = rng.choice([b"application/json"] * 9 + [b"text/plain"])
    return {
        "type": "http",
        "method": rng.choice(["POST"] * 8 + ["GET", "PUT", "DELETE", "HEAD"]),
        "path": f"/sit/{public_id}/{action}" if rng.random() < 0.95 else "/sit/enter",
        "query_string": bytes(rng.randrange(256) for _ in range(rng.randrange(3))),
        "scheme": "http",
        "headers": [(b"host", b"testserver"), (header, sent.encode()), (b"content-type", kind)],
        "client": ("127.0.0.1", 1),
        "body": bytes(raw),
    }


def test_ten_thousand_mutated_requests(
    world: World, attempt: Attempt, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(20261125)
    token = tokens.issue(attempt.public_id, attempt.pk, 1)
    writer = OwnConnection()
    hot = HotPath(no_page, writer=writer)
    monkeypatch.setattr("lantoa.exams.fast.MOST_PER_ATTEMPT", MUTATIONS)
    monkeypatch.setattr("lantoa.exams.fast.MOST_PER_NUMBER", MUTATIONS)
    statuses: Counter[int] = Counter()

    async def all_of_them() -> None:
        for _ in range(MUTATIONS):
            scope = _mutated(rng, attempt, token)
            body = scope.pop("body")
            sent: list[Any] = []

            async def receive(body: bytes = body) -> dict[str, Any]:
                return {"type": "http.request", "body": body, "more_body": False}

            async def send(message: Any, sent: list[Any] = sent) -> None:
                sent.append(message)

            await hot(scope, receive, send)
            statuses[sent[0]["status"]] += 1
        writer.handed.put(None)

    def run() -> None:
        try:
            asyncio.run(all_of_them())
        finally:
            writer.handed.put(None)

    with clock.fixed(DURING + timedelta(minutes=1)):
        thread = Thread(target=copy_context().run, args=(run,))
        thread.start()
        while (handed := writer.handed.get()) is not None:
            operation, future = handed
            outcome = committed([operation])[0]
            assert not isinstance(outcome, Exception), (operation, outcome)
            future.get_loop().call_soon_threadsafe(future.set_result, outcome)
        thread.join()
    assert sum(statuses.values()) == MUTATIONS
    assert set(statuses) <= {200, 400, 401, 404, 409, 415}, statuses
    assert statuses[200] > 100
    assert statuses[400] > 500
    held = Attempt.objects.select_related("bundle").get(pk=attempt.pk)
    assert log_of(held).holds
    assert not Submission.objects.exists()
    assert Attempt.objects.count() == 1
