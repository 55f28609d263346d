"""The ASGI root: what is long or hot stays on the event loop, Django gets a few threads.

Static files, uploaded media and health checks never take a Django thread, so 200 slow readers of a
video cost pages nothing. Signing in hashes passwords (about 100 ms of a core each), so the account
pages have a pool of their own: an agency signing in doesn't hold up those who are learning.
"""

import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from a2wsgi import WSGIMiddleware
from django.conf import settings
from servestatic import ServeStaticASGI

from lantoa.files.fast import application as files_application
from lantoa.project.bodies import refusal, refuse
from lantoa.project.health import live
from lantoa.project.wsgi import application as django

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

THREADS = int(os.environ.get("LANTOA_THREADS", "2"))

files = files_application
pages = WSGIMiddleware(django, workers=THREADS)
accounts = WSGIMiddleware(django, workers=1)
static = ServeStaticASGI(
    None,
    root=settings.STATIC_ROOT,
    prefix=settings.STATIC_URL,
    max_age=3600,
    allow_all_origins=False,
    immutable_file_test=r"\.[0-9a-f]{12}\.",
)


def _app_for(path: str) -> Any:
    if path.startswith("/static/"):
        return static
    if path.startswith("/files/m/"):
        return files
    if path == "/healthz":
        return live
    return accounts if path.startswith("/accounts/") else pages


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["type"] == "http":
        if (status := refusal(scope)) is not None:
            await refuse(status, send)
            return

        async def received() -> MutableMapping[str, Any]:
            # granian's own is an awaitable, a2wsgi asks for a coroutine.
            return await receive()

        await _app_for(scope["path"])(scope, received, send)


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": message["type"] + ".complete"})
        if message["type"] == "lifespan.shutdown":
            return
