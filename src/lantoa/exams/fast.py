"""The hot path's doors: a plain ASGI application for /sit/ (docs/exam-protocol.md). It reads a
request, hands one operation to the group writer and answers with what became of it. Nothing here
touches the database; whole pages come from Django by `page`."""

import time
import zlib
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

import msgspec
from django.utils import translation

from lantoa.exams.delivery import tokens
from lantoa.exams.delivery.batch import take
from lantoa.exams.delivery.codes import code_hash
from lantoa.exams.delivery.http import (
    Headers,
    Message,
    Receive,
    Send,
    TooLarge,
    body_of,
    cookies,
    device_of,
    header,
    language_of,
    reply,
    reply_bytes,
    token_of,
)
from lantoa.exams.delivery.operations import (
    Enter,
    Entered,
    Look,
    Looked,
    Operation,
    Outcome,
    Refusal,
    Save,
    Saved,
    Start,
    Submit,
)
from lantoa.exams.delivery.writing import turn
from lantoa.exams.refusals import sentence_of
from lantoa.exams.rules.codes import regular_number
from lantoa.kernel import clock
from lantoa.kernel.writer import GroupWriter


class Writer(Protocol):
    @property
    def waiting(self) -> int: ...
    def write(self, operation: Operation) -> Awaitable[Outcome]: ...


Page = Callable[[str, Headers], Awaitable[tuple[int, Headers, bytes]]]
PREFIX = "/sit/"
UUID_END = len(PREFIX) + 36

WINDOW_SECONDS = 10.0
MOST_PER_ATTEMPT = 300
MOST_PER_NUMBER = 20
MOST_PER_ADDRESS = 5_000
"""Requests in a window. The last bounds a flood of guesses: a hall sits behind one address."""
MOST_WAITING = 50_000
BUSY_SECONDS = 0.5
KEPT_PATIENT_SECONDS = 2


class EnterBody(msgspec.Struct):
    number: str
    code: str


class SaveBody(msgspec.Struct):
    sequence: int
    slot: int
    response: Any
    spent: int | None = None
    at: int | None = None


_enter = msgspec.json.Decoder(EnterBody).decode
_save = msgspec.json.Decoder(SaveBody).decode
_text = msgspec.json.Encoder().encode


class Meter:
    """So many requests of one key in a window: cheap, and forgotten at the window's end."""

    def __init__(self) -> None:
        self._counts: dict[int | str, int] = {}
        self._until = 0.0

    def over(self, key: int | str, most: int) -> bool:
        now = time.monotonic()
        if now > self._until:
            self._counts, self._until = {}, now + WINDOW_SECONDS
        count = self._counts.get(key, 0) + 1
        self._counts[key] = count
        return count > most


class HotPath:
    def __init__(self, page: Page, writer: Writer | None = None) -> None:
        self._page = page
        self._writer: Writer = writer or GroupWriter(take, turn)
        self._meter = Meter()
        self._asked_at = 0.0

    def is_busy(self) -> bool:
        """Whether candidates are at work here: something was asked a moment ago."""
        return time.monotonic() - self._asked_at < BUSY_SECONDS

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        method: str = scope["method"]
        try:
            if method == "POST" and path[UUID_END:] == "/answers":
                await self._answers(scope, receive, send)
            elif path[UUID_END : UUID_END + 1] == "/":
                await self._of_attempt(scope, receive, send, method, path[UUID_END + 1 :])
            elif path == "/sit/enter" and method == "POST":
                await self._enter(scope, receive, send)
            elif path == PREFIX and method in ("GET", "HEAD"):
                await self._html(scope, send, "/exams/pages/enter/")
            else:
                await self._refuse(scope, send, Refusal(404, "no_such_attempt"))
        except TooLarge:
            await self._refuse(scope, send, Refusal(413, "bad_answer"))
        except ConnectionError:
            return

    def _held(self, scope: Message) -> tuple[str, int, int] | None:
        """Public id, attempt, epoch of the device's token; None: none for this address."""
        token = tokens.read(token_of(scope["headers"]))
        if token is None or token[0] != scope["path"][len(PREFIX) : UUID_END]:
            return None
        return token

    # ---- saving: as short as it can be ----

    async def _answers(self, scope: Message, receive: Receive, send: Send) -> None:
        body = await body_of(receive)
        held = self._held(scope)
        if held is None:
            return await self._refuse(scope, send, Refusal(401, "no_token"))
        try:
            asked = _save(body)
            text = _text(asked.response).decode()
        except (ValueError, RecursionError):
            return await self._refuse(scope, send, Refusal(400, "bad_answer"))
        operation = Save(
            held[1], held[2], clock.now_ms(), asked.sequence, asked.slot, text, asked.response,
            _milliseconds(asked.spent), _moment(asked.at),
        )  # fmt: skip
        outcome = await self._done(held[1], operation)
        if isinstance(outcome, Saved):
            return await reply(send, 202 if outcome.kept else 200, outcome)
        return await self._refuse(scope, send, outcome)

    # ---- everything else an attempt's page asks for ----

    async def _of_attempt(
        self, scope: Message, receive: Receive, send: Send, method: str, action: str
    ) -> None:
        if action == "" and method in ("GET", "HEAD"):
            return await self._html(scope, send, "/exams/pages/sit/")
        if action == "plain" and method == "GET":
            # The page is the same for everybody, so that only its address says whose it is.
            plain = f"/exams{scope['path'].replace(PREFIX, '/attempts/', 1)}/"
            return await reply_bytes(send, 303, b"", [(b"location", plain.encode())])
        operation = self._operation(scope, method, action)
        if method == "POST":
            await body_of(receive)
        if isinstance(operation, Refusal):
            return await self._refuse(scope, send, operation)
        outcome = await self._done(operation.attempt, operation)
        if isinstance(outcome, (Refusal, Exception)):
            return await self._refuse(scope, send, outcome)
        if isinstance(outcome, Looked) and outcome.paper is not None:
            return await self._packed(scope, send, outcome)
        return await reply(send, 200, outcome)

    def _operation(
        self, scope: Message, method: str, action: str
    ) -> Start | Look | Submit | Refusal:
        held = self._held(scope)
        if held is None:
            return Refusal(401, "no_token")
        _, attempt, epoch = held
        now, device = clock.now_ms(), device_of(scope)
        if method == "POST" and not _is_json(scope["headers"]):
            return Refusal(415, "bad_answer")
        match method, action:
            case "POST", "start":
                return Start(attempt, epoch, now, device)
            case "POST", "submit":
                return Submit(attempt, epoch, now)
            case "GET", "clock":
                return Look(attempt, epoch, now)
            case "GET", "result":
                return Look(attempt, epoch, now, result=True)
            case "GET", "paper":
                language = language_of(scope["headers"])
                return Look(attempt, epoch, now, paper=True, language=language, device=device)
        return Refusal(404, "no_such_attempt")

    async def _enter(self, scope: Message, receive: Receive, send: Send) -> None:
        body = await body_of(receive)
        try:
            if not _is_json(scope["headers"]):
                raise ValueError
            asked = _enter(body)
        except (ValueError, RecursionError):
            return await self._refuse(scope, send, Refusal(400, "bad_answer"))
        number = regular_number(asked.number[:40])
        device = device_of(scope)
        if self._meter.over(f"number {number}", MOST_PER_NUMBER) or self._meter.over(
            f"address {device.address}", MOST_PER_ADDRESS
        ):
            return await self._refuse(scope, send, Refusal(429, "too_many"))
        token = tokens.read(header(scope["headers"], b"x-held-token"))
        held = (token[1], token[2]) if token else None
        operation = Enter(number, code_hash(asked.code[:60]), clock.now_ms(), device, held)
        outcome = await self._written(operation)
        if not isinstance(outcome, Entered):
            return await self._refuse(scope, send, outcome)
        issued = tokens.issue(outcome.public_id, outcome.attempt, outcome.epoch)
        told = {"attempt": outcome.public_id, "token": issued, "standing": outcome.standing}
        return await reply(send, 200, told, cookies(outcome.public_id, issued))

    # ---- what all of them share ----

    async def _done(self, attempt: int, operation: Operation) -> Outcome:
        """Limits count per candidate: a whole hall sits behind one address."""
        if self._meter.over(attempt, MOST_PER_ATTEMPT):
            return Refusal(429, "too_many", {"retry_after": WINDOW_SECONDS})
        return await self._written(operation)

    async def _written(self, operation: Operation) -> Outcome:
        self._asked_at = time.monotonic()
        if self._writer.waiting > MOST_WAITING:
            return Refusal(503, "unavailable", {"retry_after": KEPT_PATIENT_SECONDS})
        try:
            return await self._writer.write(operation)
        except Exception as failure:
            return failure

    async def _refuse(self, scope: Message, send: Send, outcome: Outcome) -> None:
        """In words. What failed by itself is 503: nothing was acknowledged, the client keeps it and
        tries again."""
        if not isinstance(outcome, Refusal):
            outcome = Refusal(503, "unavailable", {"retry_after": KEPT_PATIENT_SECONDS})
        with translation.override(language_of(scope["headers"])):
            sentence = sentence_of(outcome.error, outcome.more)
        told = {"error": outcome.error, "sentence": sentence, **outcome.more}
        await reply(send, outcome.status, told)

    async def _packed(self, scope: Message, send: Send, outcome: Looked) -> None:
        body = _text(outcome)
        if "gzip" not in header(scope["headers"], b"accept-encoding"):
            return await reply_bytes(send, 200, body)
        packer = zlib.compressobj(1, zlib.DEFLATED, 31)
        packed = packer.compress(body) + packer.flush()
        return await reply_bytes(send, 200, packed, [(b"content-encoding", b"gzip")])

    async def _html(self, scope: Message, send: Send, path: str) -> None:
        status, headers, body = await self._page(path, scope["headers"])
        await send({"type": "http.response.start", "status": status, "headers": headers})
        whole = b"" if scope["method"] == "HEAD" else body
        await send({"type": "http.response.body", "body": whole})


def _is_json(headers: Headers) -> bool:
    """A form of another site can't send this without being asked (CORS)."""
    return header(headers, b"content-type").partition(";")[0].strip() == "application/json"


def _milliseconds(spent: int | None) -> int | None:
    """What the client says of time; nonsense is none."""
    return spent if spent is not None and 0 <= spent < 2**31 else None


def _moment(at: int | None) -> int | None:
    return at if at is not None and 0 <= at < 2**53 else None
