"""Files from the event loop: a plain ASGI application for paths under /files/m/.

A slow reader waits in `send`, which holds a coroutine and one chunk; no thread of Django, no
connection to the database. Reading a chunk goes through the loop's own thread pool, so that a cold
disk does not stop the loop.

Whoever seeks in a video or closes the page breaks off in the middle. The server takes what is sent
after that without a word, so it is listened for: else the rest of the file would be read at full
speed for nobody, beside everybody's pages.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager
from typing import Any, BinaryIO

from lantoa.files.delivery import Answer, answer

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

CHUNK = 128 * 1024


async def application(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    reply = answer(scope["method"], scope["path"], headers)
    await send(
        {
            "type": "http.response.start",
            "status": reply.status,
            "headers": [
                (name.lower().encode(), value.encode("latin-1"))
                for name, value in reply.headers.items()
            ],
        }
    )
    if scope["method"] == "HEAD" or reply.path is None:
        body = b"" if scope["method"] == "HEAD" else reply.body
        await send({"type": "http.response.body", "body": body})
        return
    async with _listening(receive) as gone:
        await _send_file(reply, send, gone)


@asynccontextmanager
async def _listening(receive: Receive) -> AsyncIterator["asyncio.Task[None]"]:
    """A task that ends when the reader does."""

    async def until_gone() -> None:
        while (await receive())["type"] != "http.disconnect":
            # What still comes of a body nobody asked for; an eager sender lets others go first.
            await asyncio.sleep(0)

    listener = asyncio.create_task(until_gone())
    try:
        yield listener
    finally:
        listener.cancel()


async def _send_file(reply: Answer, send: Send, gone: "asyncio.Task[None]") -> None:
    assert reply.path is not None
    with await asyncio.to_thread(open, reply.path, "rb") as file:
        await asyncio.to_thread(file.seek, reply.start)
        left = reply.length
        while left > 0 and not gone.done():
            chunk = await asyncio.to_thread(_read, file, min(CHUNK, left))
            left -= len(chunk)
            if not chunk:
                break
            await send({"type": "http.response.body", "body": chunk, "more_body": left > 0})


def _read(file: BinaryIO, size: int) -> bytes:
    return file.read(size)
