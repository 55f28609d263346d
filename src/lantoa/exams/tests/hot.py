"""The hot path as a client meets it: requests in, answers out, without a network."""

import asyncio
import gzip
import json
from collections.abc import Callable, Coroutine, Sequence
from contextvars import copy_context
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Thread
from typing import Any

from lantoa.exams.delivery import tokens
from lantoa.exams.delivery.operations import Operation, Outcome
from lantoa.exams.delivery.writing import committed
from lantoa.exams.fast import HotPath
from lantoa.exams.models import Attempt


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    raw: bytes

    @property
    def json(self) -> Any:
        packed = self.headers.get("content-encoding") == "gzip"
        return json.loads(gzip.decompress(self.raw) if packed else self.raw)


Handed = tuple[Operation, "asyncio.Future[Outcome]"]


class OwnConnection:
    """The group writer's place: operations are committed by the test's thread, on whose connection
    its rows are; the event loop runs in another."""

    waiting = 0

    def __init__(self) -> None:
        self.handed: SimpleQueue[Handed | None] = SimpleQueue()

    def write(self, operation: Operation) -> "asyncio.Future[Outcome]":
        future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self.handed.put((operation, future))
        return future

    def serve(self, request: Callable[[], Coroutine[Any, Any, Answer]]) -> Answer:
        answers: list[Answer] = []

        def run() -> None:
            try:
                answers.append(asyncio.run(request()))
            finally:
                self.handed.put(None)

        # The held clock goes along.
        thread = Thread(target=copy_context().run, args=(run,))
        thread.start()
        while (handed := self.handed.get()) is not None:
            operation, future = handed
            try:
                outcome: Outcome = committed([operation])[0]
            except Exception as failure:
                outcome = failure
            future.get_loop().call_soon_threadsafe(future.set_result, outcome)
        thread.join()
        return answers[0]


async def no_page(path: str, headers: Any) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    return 200, [(b"content-type", b"text/html")], path.encode()


@dataclass
class Device:
    """A browser with one cookie; `token` None: it has none."""

    token: str | None = None
    address: str = "127.0.0.1"
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    writer: OwnConnection = field(default_factory=OwnConnection)

    def __post_init__(self) -> None:
        self.hot = HotPath(no_page, writer=self.writer)

    def ask(
        self, method: str, path: str, body: Any = None, *, content_type: str = "application/json"
    ) -> Answer:
        raw = (
            body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        )
        return self.writer.serve(lambda: self._ask(method, path, raw, content_type))

    async def _ask(self, method: str, path: str, raw: bytes, content_type: str) -> Answer:
        headers = [(b"host", b"testserver"), (b"content-type", content_type.encode())]
        if self.token is not None:
            headers.append((b"cookie", f"a=b; {tokens.COOKIE}={self.token}".encode()))
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": b"",
            "scheme": "http",
            "headers": [*headers, *self.headers],
            "client": (self.address, 5000),
        }
        parts = [raw[at : at + 9000] for at in range(0, max(1, len(raw)), 9000)]
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": parts.pop(0), "more_body": bool(parts)}

        async def send(message: Any) -> None:
            sent.append(message)

        await self.hot(scope, receive, send)
        told: dict[str, str] = {}
        for name, value in sent[0]["headers"]:
            before = told.get(name.decode())
            told[name.decode()] = f"{before}\n{value.decode()}" if before else value.decode()
        return Answer(sent[0]["status"], told, b"".join(m.get("body", b"") for m in sent[1:]))


@dataclass
class Desk:
    """A device at an attempt."""

    attempt: Attempt
    device: Device

    def post(self, action: str, body: Any = None) -> Answer:
        return self.device.ask("POST", f"/sit/{self.attempt.public_id}/{action}", body)

    def get(self, action: str) -> Answer:
        return self.device.ask("GET", f"/sit/{self.attempt.public_id}/{action}")

    def save(self, sequence: Any, slot: Any, response: Any, **more: Any) -> Answer:
        body = {"sequence": sequence, "slot": slot, "response": response, **more}
        return self.post("answers", body)


def desk(attempt: Attempt, epoch: int = 1, **fields: Any) -> Desk:
    token = tokens.issue(attempt.public_id, attempt.pk, epoch)
    return Desk(attempt, Device(token, **fields))


def responses(answers: Sequence[tuple[int, Any]]) -> dict[int, Any]:
    return dict(answers)
