"""Requests and answers of the hot path, as ASGI has them."""

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

import msgspec
from django.conf import settings

from lantoa.exams.delivery import tokens
from lantoa.exams.delivery.operations import Device

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

MOST_BODY = 32 * 1024
_encode = msgspec.json.Encoder().encode

BASE: Headers = [
    (b"content-type", b"application/json"),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
]


class TooLarge(Exception):
    """The body is over MOST_BODY."""


async def body_of(receive: Receive) -> bytes:
    """Raises TooLarge, and ConnectionError when the client went away."""
    message = await receive()
    body: bytes = message.get("body", b"")
    while message.get("more_body"):
        if len(body) > MOST_BODY:
            raise TooLarge
        message = await receive()
        body += message.get("body", b"")
    if message["type"] == "http.disconnect":
        raise ConnectionError
    if len(body) > MOST_BODY:
        raise TooLarge
    return body


async def reply(
    send: Send, status: int, content: Any, extra: Iterable[tuple[bytes, bytes]] = ()
) -> None:
    await reply_bytes(send, status, _encode(content), extra)


async def reply_bytes(
    send: Send, status: int, body: bytes, extra: Iterable[tuple[bytes, bytes]] = ()
) -> None:
    headers = [*BASE, *extra, (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def token_of(headers: Headers) -> str:
    """From the cookie of the page, or as a bearer token (another client's way)."""
    for name, value in headers:
        if name == b"cookie":
            for part in value.split(b"; "):
                if part.startswith(_COOKIE):
                    return part[len(_COOKIE) :].decode("latin-1")
        elif name == b"authorization" and value[:7] == b"Bearer ":
            return value[7:].decode("latin-1")
    return ""


_COOKIE = tokens.COOKIE.encode() + b"="


def header(headers: Headers, wanted: bytes) -> str:
    return next((value.decode("latin-1") for name, value in headers if name == wanted), "")


def _all(headers: Headers, wanted: bytes) -> str:
    return "; ".join(value.decode("latin-1") for name, value in headers if name == wanted)


def language_of(headers: Headers) -> str:
    """Vietnamese, unless the visitor chose another of ours."""
    wanted = f"{settings.LANGUAGE_COOKIE_NAME}="
    # HTTP/2 may send each cookie in a header of its own.
    for part in _all(headers, b"cookie").split("; "):
        if part.startswith(wanted) and part[len(wanted) :] in dict(settings.LANGUAGES):
            return part[len(wanted) :]
    return settings.LANGUAGE_CODE


def address_of(scope: Message) -> str:
    """Where the request came from; what a proxy of ours says only where there is one."""
    if settings.LANTOA_BEHIND_PROXY:
        told = header(scope["headers"], b"x-forwarded-for").split(",")[-1].strip()
        if told:
            return told
    client = scope.get("client")
    return str(client[0]) if client else ""


def device_of(scope: Message) -> Device:
    headers: Headers = scope["headers"]
    host = header(headers, b"host")
    scheme = "https" if settings.SESSION_COOKIE_SECURE else scope.get("scheme", "http")
    query = scope.get("query_string", b"").decode("latin-1")
    url = f"{scheme}://{host}{scope['path']}" + (f"?{query}" if query else "")
    page = header(headers, b"referer")
    urls = (url, page) if urlsplit(page).netloc == host else (url,)
    return Device(
        address=address_of(scope),
        urls=urls,
        seb_config=header(headers, b"x-safeexambrowser-configkeyhash"),
        seb_exam=header(headers, b"x-safeexambrowser-requesthash"),
    )


def cookies(public_id: str, token: str) -> Headers:
    """Only this attempt's addresses get them, and no script."""
    secure = "; Secure" if settings.SESSION_COOKIE_SECURE else ""
    kept = f"Max-Age={tokens.AGE}; HttpOnly; SameSite=Strict{secure}"
    return [
        (b"set-cookie", f"{name}={token}; Path={path}; {kept}".encode())
        for name, path in tokens.places(public_id)
    ]
