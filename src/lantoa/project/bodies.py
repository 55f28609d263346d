"""No request body larger than its door takes, decided before a byte of it is stored; and none that
arrives drop by drop holds a Django thread: a few such senders would otherwise stop every page."""

import asyncio
import re
import tempfile
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, BinaryIO, cast
from uuid import UUID

from django.http import parse_cookie
from django.template import loader

from lantoa.exams.delivery import tokens

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

MEGABYTE = 1024 * 1024
# Videos of lessons come in under /courses/, questions with their pictures under /items/import/;
# everything else is forms and spreadsheets.
LIMITS = (
    ("/courses/", 520 * MEGABYTE),
    ("/items/import/", 52 * MEGABYTE),
    ("/", 25 * MEGABYTE),
)
# Nobody uploads before signing in; a forged session is found out by Django, having cost this much.
SIGNED_OUT = MEGABYTE
# A candidate's file, from the device that has the attempt: it may have entered without an account.
HANDED_IN = 52 * MEGABYTE
_HANDING_IN = re.compile(r"/exams/attempts/([0-9a-f-]{36})/upload/\d{1,4}/")
IN_MEMORY = MEGABYTE
CHUNK = 256 * 1024
# A phone in a tunnel may be silent for a while; nobody is for longer.
SILENCE_SECONDS = 30.0
SILENT = 408


def _hands_in(path: str, cookie: bytes) -> bool:
    found = _HANDING_IN.fullmatch(path)
    if found is None:
        return False
    try:
        cookies = parse_cookie(cookie.decode("latin-1"))
        return tokens.of_cookies(cookies, UUID(found[1])) is not None
    except ValueError:
        return False


def limit_of(path: str, cookie: bytes) -> int:
    if _hands_in(path, cookie):
        return HANDED_IN
    if b"sessionid=" not in cookie:
        return SIGNED_OUT
    return next(limit for prefix, limit in LIMITS if path.startswith(prefix))


def refusal(scope: MutableMapping[str, Any]) -> int | None:
    """413 for a body over its door's limit, 411 for one that doesn't say how long it is."""
    headers = dict(scope["headers"])
    length: bytes | None = headers.get(b"content-length")
    if length is None:
        return 411 if b"transfer-encoding" in headers else None
    if not length.isdigit() or int(length) > limit_of(scope["path"], headers.get(b"cookie", b"")):
        return 413
    return None


async def refuse(status: int, send: Send) -> None:
    body = b"" if status == SILENT else loader.get_template("413.html").render().encode()
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def is_expected(scope: MutableMapping[str, Any]) -> bool:
    """Whether a body is announced; Django reads no other."""
    headers: dict[bytes, bytes] = dict(scope["headers"])
    return headers.get(b"content-length", b"0") != b"0"


async def nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


async def whole_body(receive: Receive) -> Receive | None:
    """Wait on the event loop until all of the body is here (large ones in a temporary file), and
    give it on. None when the sender went away or fell silent: there is nobody to answer."""
    store = cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115
    more = True
    while more:
        try:
            message = await asyncio.wait_for(receive(), SILENCE_SECONDS)
        except TimeoutError:
            message = {"type": "http.disconnect"}
        if message["type"] != "http.request":
            store.close()
            return None
        store.write(message.get("body", b""))
        more = message.get("more_body", False)
    left = store.tell()
    store.seek(0)

    async def given() -> Message:
        nonlocal left
        chunk = store.read(CHUNK)
        left -= len(chunk)
        if not left:
            store.close()
        return {"type": "http.request", "body": chunk, "more_body": left > 0}

    return given
