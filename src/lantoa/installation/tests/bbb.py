"""A small BigBlueButton on this machine: real HTTP, real checksums, rooms in memory."""

import hashlib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

SECRET = "639259d4-9dd8-4b25-bf01-95f9567eaf4b"
BOMB = """<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>
<response><returncode>SUCCESS</returncode><message>&b;</message></response>"""


@dataclass
class Fake:
    """`rooms`: by id, who is in. `says`: sent instead of an answer; `waits`: seconds before it."""

    url: str = ""
    secret: str = SECRET
    rooms: dict[str, list[str]] = field(default_factory=dict)
    calls: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    recordings: str = ""
    says: bytes | None = None
    status: int = 200
    waits: float = 0.0

    def answer(self, call: str, query: str) -> str:
        bare, _sep, checksum = query.rpartition("checksum=")
        bare = bare.rstrip("&")
        good = hashlib.sha256(f"{call}{bare}{self.secret}".encode()).hexdigest()
        if checksum != good:
            return _failed("checksumError")
        values = {key: some[0] for key, some in parse_qs(bare).items()}
        self.calls.append((call, values))
        made = getattr(self, f"_{call}")(values.get("meetingID", ""))
        return str(made)

    def asked(self, call: str) -> list[dict[str, str]]:
        return [values for name, values in self.calls if name == call]

    def _getMeetings(self, _room: str) -> str:  # noqa: N802  the API's names
        return _fine("<meetings/>")

    def _create(self, room: str) -> str:
        known = room in self.rooms
        self.rooms.setdefault(room, [])
        return _fine("<messageKey>duplicateWarning</messageKey>" if known else "")

    def _isMeetingRunning(self, room: str) -> str:  # noqa: N802
        return _fine(f"<running>{'true' if self.rooms.get(room) else 'false'}</running>")

    def _getMeetingInfo(self, room: str) -> str:  # noqa: N802
        if room not in self.rooms:
            return _failed("notFound")
        people = "".join(
            f"<attendee><userID>{escape(one)}</userID><role>VIEWER</role></attendee>"
            for one in self.rooms[room]
        )
        return _fine(f"<running>true</running><attendees>{people}</attendees>")

    def _end(self, room: str) -> str:
        return _fine("") if self.rooms.pop(room, None) is not None else _failed("notFound")

    def _getRecordings(self, _room: str) -> str:  # noqa: N802
        return _fine(f"<recordings>{self.recordings}</recordings>")


def _fine(inner: str) -> str:
    return f"<response><returncode>SUCCESS</returncode>{inner}</response>"


def _failed(key: str) -> str:
    said = f"<messageKey>{key}</messageKey><message>in English</message>"
    return f"<response><returncode>FAILED</returncode>{said}</response>"


@contextmanager
def serving() -> Iterator[Fake]:
    fake = Fake()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            time.sleep(fake.waits)
            parts = urlsplit(self.path)
            found = parts.path.startswith("/bigbluebutton/api/")
            body = fake.answer(parts.path.rpartition("/")[2], parts.query) if found else ""
            sent = body.encode() if fake.says is None else fake.says
            self.send_response(fake.status if found else 404)
            if 300 <= fake.status < 400:
                self.send_header("Location", "/bigbluebutton/api/elsewhere")
            self.end_headers()
            with suppress(BrokenPipeError, ConnectionResetError):  # whoever asked has given up
                self.wfile.write(sent)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    fake.url = f"http://127.0.0.1:{server.server_port}/bigbluebutton/"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield fake
    server.shutdown()
    server.server_close()
