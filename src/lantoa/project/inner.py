"""Whole pages for the hot path, from Django and with all its headers, kept for a minute: the pages
of /sit/ are the same for everybody, and a hall of candidates opens them at once."""

import asyncio
import io
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings

from lantoa.project.wsgi import application as django

Headers = list[tuple[bytes, bytes]]
Answer = tuple[int, Headers, bytes]

KEPT_SECONDS = 60.0
_kept: dict[tuple[str, str, bool], tuple[float, Answer]] = {}


def _environ(path: str, language: str, *, packed: bool) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "SCRIPT_NAME": "",
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_COOKIE": f"{settings.LANGUAGE_COOKIE_NAME}={language}",
        "HTTP_ACCEPT_ENCODING": "gzip" if packed else "",
        "wsgi.url_scheme": "https" if settings.SESSION_COOKIE_SECURE else "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.version": (1, 0),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


def _ask(path: str, language: str, *, packed: bool) -> Answer:
    told: list[tuple[str, list[tuple[str, str]]]] = []

    def start(status: str, headers: list[tuple[str, str]], *_: Any) -> Callable[[bytes], None]:
        told.append((status, headers))
        return lambda _chunk: None

    answer = django(_environ(path, language, packed=packed), start)
    body = b"".join(answer)
    answer.close()
    status, headers = told[0]
    # Nobody's session: what is the same for all carries no cookie.
    kept = [
        (name.lower().encode("latin-1"), value.encode("latin-1"))
        for name, value in headers
        if name.lower() != "set-cookie"
    ]
    return int(status.split()[0]), kept, body


def _header(headers: Headers, wanted: bytes) -> str:
    return next((value.decode("latin-1") for name, value in headers if name == wanted), "")


def _language(headers: Headers) -> str:
    wanted = f"{settings.LANGUAGE_COOKIE_NAME}="
    cookies = [value.decode("latin-1") for name, value in headers if name == b"cookie"]
    for part in "; ".join(cookies).split("; "):
        if part.startswith(wanted) and part[len(wanted) :] in dict(settings.LANGUAGES):
            return part[len(wanted) :]
    return settings.LANGUAGE_CODE


async def page_of(path: str, headers: Headers) -> Answer:
    """The page as a visitor without a session gets it, in the visitor's language."""
    packed = "gzip" in _header(headers, b"accept-encoding")
    key = (path, _language(headers), packed)
    at, answer = _kept.get(key, (0.0, None))
    if answer is None or time.monotonic() - at > KEPT_SECONDS:
        answer = await asyncio.to_thread(_ask, path, key[1], packed=packed)
        if answer[0] == 200:
            _kept[key] = (time.monotonic(), answer)
    return answer
