"""A real installation under the production server: a data directory and on PostgreSQL a database
of its own, candidates at work, and clients that remember what was acknowledged to them."""

import http.client
import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg

from tests.browser.site import ROOT, free_port

HALL = """
import json
from bench.support.hall import hall
made = hall({size}, lambda _: None, begun=True)
print(json.dumps([[s.attempt, s.token] for s in made.seats]))
"""
LOG = """
import json
from lantoa.exams.models import Attempt
found = {{}}
for one in Attempt.objects.filter(public_id__in={attempts}).prefetch_related("answers"):
    found[str(one.public_id)] = {{row.sequence: bytes(row.hash).hex() for row in one.answers.all()}}
print(json.dumps(found))
"""
BROKEN = """
from lantoa.exams.models import Attempt
from lantoa.exams.queries.examiners import log_of
print(sum(not log_of(one).holds for one in Attempt.objects.select_related("bundle")))
"""


@dataclass
class Installation:
    data: Path
    database: str = ""
    port: int = field(default_factory=free_port)
    server: "subprocess.Popen[bytes] | None" = None

    @property
    def environment(self) -> dict[str, str]:
        held = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        given = {"DATABASE_URL": self.database} if self.database else {}
        return {
            **held,
            **given,
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "LANTOA_DATA": str(self.data),
            "LANTOA_DEMO": "1",
            "LANTOA_LOG_LEVEL": "CRITICAL",
        }

    def command(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "lantoa.project.cli", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def ask(self, code: str) -> Any:
        told = self.command("shell", "--no-imports", "--command", code)
        return json.loads(told.strip().splitlines()[-1])

    def start(self, workers: int = 1) -> None:
        command = [sys.executable, "-m", "lantoa.project.cli", "serve", "--port", str(self.port)]
        self.server = subprocess.Popen(
            [*command, "--workers", str(workers)],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        for _ in range(300):
            assert self.server.poll() is None, "the server ended"
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=1)
                connection.request("GET", "/healthz")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the server did not answer within 30 s")

    def kill(self) -> None:
        """As a power cut does it: the server and all that it started, at once."""
        assert self.server is not None
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait(timeout=30)

    def processes(self) -> list[int]:
        """The server's and all below it."""
        assert self.server is not None
        found, todo = [], [self.server.pid]
        while todo:
            pid = todo.pop()
            found.append(pid)
            for task in Path(f"/proc/{pid}/task").glob("*"):
                try:
                    todo += [int(child) for child in (task / "children").read_text().split()]
                except OSError:
                    continue
        return found

    def limit_files_to(self, octets: int) -> None:
        """No file may grow over this: a disk that is full, and has room again when lifted."""
        for pid in self.processes():
            _soft, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (octets, hard))

    def hall(self, size: int) -> list[tuple[str, str]]:
        """Attempts under way with their devices' tokens."""
        return [(attempt, token) for attempt, token in self.ask(HALL.format(size=size))]

    def log(self, attempts: list[str]) -> dict[str, dict[int, str]]:
        told = self.ask(LOG.format(attempts=attempts))
        return {pk: {int(n): digest for n, digest in rows.items()} for pk, rows in told.items()}

    def broken_logs(self) -> int:
        told: int = self.ask(BROKEN)
        return told


@contextmanager
def installed(data: Path, *, embedded: bool = False) -> Iterator[Installation]:
    """On the database that the tests run on, or on SQLite whatever they run on."""
    url = "" if embedded else os.environ.get("DATABASE_URL", "")
    database, name = "", f"faults_{uuid4().hex[:12]}"
    if url:
        with psycopg.connect(url, autocommit=True) as link:
            link.execute(f'CREATE DATABASE "{name}"')
        database = f"{url.rsplit('/', 1)[0]}/{name}"
    site = Installation(data, database)
    try:
        site.command("migrate", "--verbosity", "0")
        yield site
    finally:
        if site.server is not None and site.server.poll() is None:
            site.kill()
        if url:
            with psycopg.connect(url, autocommit=True) as link:
                link.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


class Client(threading.Thread):
    """A candidate's page: one answer after the other, sent again until it is acknowledged."""

    def __init__(self, port: int, attempt: str, token: str, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.port, self.attempt, self.token, self.stop = port, attempt, token, stop
        self.acknowledged: dict[int, str] = {}
        self.refused: list[tuple[int, Any]] = []
        self.outages = 0

    def run(self) -> None:
        sequence = 1
        link: http.client.HTTPConnection | None = None
        while not self.stop.is_set():
            try:
                link = link or http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                status, told = self._save(link, sequence)
            except (OSError, http.client.HTTPException, ValueError):
                self.outages += 1
                link = None
                time.sleep(0.05)
                continue
            if status == 200:
                self.acknowledged[sequence] = told["hash"]
                sequence += 1
            elif status == 503:
                self.outages += 1
                time.sleep(0.05)
            else:
                self.refused.append((status, told))
                time.sleep(0.2 if status == 429 else 0.05)
                sequence += status == 400
            # A candidate may knock 300 times in ten seconds.
            time.sleep(0.05)

    def _save(self, link: http.client.HTTPConnection, sequence: int) -> tuple[int, Any]:
        body = {"sequence": sequence, "slot": sequence % 20, "response": sequence % 4}
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        link.request("POST", f"/sit/{self.attempt}/answers", json.dumps(body), headers)
        answer = link.getresponse()
        return answer.status, json.loads(answer.read())


@contextmanager
def candidates(site: Installation, size: int) -> Iterator[list[Client]]:
    """So many clients at work until the block ends."""
    stop = threading.Event()
    clients = [Client(site.port, *seat, stop) for seat in site.hall(size)]
    if site.server is None:
        site.start()
    for client in clients:
        client.start()
    try:
        yield clients
    finally:
        stop.set()
        for client in clients:
            client.join(timeout=15)
