"""The limit to compare with: the same doors, tokens, decoding and group writer, but a commit only
appends the answers to a file and syncs it. `python -m bench.support.journal PORT`."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import django
from granian import Granian
from granian.constants import Interfaces, Loops
from granian.log import LogLevels

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lantoa.project.settings")
django.setup()

from django.conf import settings  # noqa: E402

from lantoa.exams.delivery.http import Headers, Message, Receive, Send  # noqa: E402
from lantoa.exams.delivery.operations import (  # noqa: E402
    Operation,
    Outcome,
    Refusal,
    Save,
    Saved,
)
from lantoa.exams.fast import HotPath  # noqa: E402
from lantoa.exams.rules.log import link  # noqa: E402
from lantoa.kernel.writer import GroupWriter  # noqa: E402

sys.setswitchinterval(0.0005)  # as project.asgi has it
_file = os.open(Path(settings.DATA) / "journal", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
_heads: dict[int, bytes] = {}


def commit(operations: Sequence[Operation]) -> list[Outcome]:
    outcomes: list[Outcome] = []
    lines = []
    for one in operations:
        if not isinstance(one, Save):
            outcomes.append(Refusal(404, "no_such_attempt"))
            continue
        head = link(
            _heads.get(one.attempt, b"0" * 32), one.sequence, one.slot, one.now_ms, one.spent_ms,
            one.response,
        )  # fmt: skip
        _heads[one.attempt] = head
        lines.append(f"{one.attempt} {one.sequence} {one.slot} {one.now_ms} {one.response}\n")
        outcomes.append(Saved(one.sequence, head.hex(), one.now_ms, one.now_ms + 1))
    os.write(_file, "".join(lines).encode())
    os.fdatasync(_file)
    return outcomes


async def _no_page(path: str, headers: Headers) -> tuple[int, Headers, bytes]:
    return 404, [], b""


hot = HotPath(_no_page, GroupWriter(commit))


async def application(scope: Message, receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": message["type"] + ".complete"})
            if message["type"] == "lifespan.shutdown":
                return
    if scope["path"] == "/healthz":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"ok"})
        return
    await hot(scope, receive, send)


if __name__ == "__main__":
    Granian(
        "bench.support.journal:application",
        port=int(sys.argv[1]),
        interface=Interfaces.ASGI,
        loop=Loops.uvloop,
        workers=1,
        websockets=False,
        log_level=LogLevels.error,
    ).serve()
