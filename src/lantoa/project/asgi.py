"""The ASGI root: what is long or hot stays on the event loop, Django gets a few threads.

Exam day's own requests (/sit/) go to a plain application that commits in groups (`exams.fast`).
Static files, uploaded media and health checks never take a Django thread, so 200 slow readers of a
video cost pages nothing; a body is waited for on the loop too, so slow senders cost nothing either
(`bodies`), and what a page answers is taken off its thread at once. Signing in hashes passwords
(about 100 ms of a core each), so the account pages have a pool of their own: an agency signing in
doesn't hold up those who are learning.
"""

import gc
import os
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from a2wsgi import WSGIMiddleware
from django.conf import settings
from servestatic import ServeStaticASGI

from lantoa.exams.fast import HotPath
from lantoa.files.fast import application as files_application
from lantoa.project.bodies import SILENT, is_expected, nothing, refusal, refuse, whole_body
from lantoa.project.giving_way import GivingWay
from lantoa.project.health import live
from lantoa.project.inner import page_of
from lantoa.project.wsgi import application as django

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

THREADS = int(os.environ.get("LANTOA_THREADS", "2"))

# Pieces of an answer that may wait for a slow reader while the thread goes on: at 4 KB each, more
# than the longest export.
WAITING_PIECES = 20_000

# Both threads of a process share its interpreter: the one that commits must not wait 5 ms for it.
sys.setswitchinterval(0.0005)
# A full collection looks through all of Django and whatever papers are kept: 50-250 ms during
# which nobody's answer is saved. What stands now stays anyway; of what comes, cycles are few.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 100)

files = files_application
hot = HotPath(page_of)
yielding = GivingWay(django, hot.is_busy)
pages = WSGIMiddleware(yielding, workers=THREADS, send_queue_size=WAITING_PIECES)
accounts = WSGIMiddleware(yielding, workers=1, send_queue_size=WAITING_PIECES)
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
    if scope["type"] == "http" and scope["path"].startswith("/sit/"):
        await hot(scope, receive, send)
    elif scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["type"] == "http":
        # "X_Forwarded_For" would reach Django under the name of the proxy's own header.
        kept = [(name, value) for name, value in scope["headers"] if b"_" not in name]
        scope = {**scope, "headers": kept}
        if (status := refusal(scope)) is not None:
            await refuse(status, send)
            return

        async def received() -> MutableMapping[str, Any]:
            # granian's own is an awaitable, a2wsgi asks for a coroutine.
            return await receive()

        app = _app_for(scope["path"])
        body: Receive | None = received
        if app in (pages, accounts):
            body = await whole_body(received) if is_expected(scope) else nothing
        if body is None:
            await refuse(SILENT, send)
            return
        await app(scope, body, send)


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": message["type"] + ".complete"})
        if message["type"] == "lifespan.shutdown":
            return
