"""No request body larger than its door takes, decided before a byte of it is stored."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from django.template import loader

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

MEGABYTE = 1024 * 1024
# Videos of lessons come in under /courses/; everything else is forms and spreadsheets.
LIMITS = (("/courses/", 520 * MEGABYTE), ("/", 25 * MEGABYTE))


def limit_of(path: str) -> int:
    return next(limit for prefix, limit in LIMITS if path.startswith(prefix))


def refusal(scope: MutableMapping[str, Any]) -> int | None:
    """413 for a body over its door's limit, 411 for one that doesn't say how long it is."""
    headers = dict(scope["headers"])
    length: bytes | None = headers.get(b"content-length")
    if length is None:
        return 411 if b"transfer-encoding" in headers else None
    if not length.isdigit() or int(length) > limit_of(scope["path"]):
        return 413
    return None


async def refuse(status: int, send: Send) -> None:
    body = loader.get_template("413.html").render().encode()
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
