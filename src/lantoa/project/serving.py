"""Running the production server and the worker beside it."""

import os
import resource
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from django.db import connections
from granian import Granian
from granian.constants import Interfaces, Loops, SSLProtocols
from granian.http import HTTP1Settings
from granian.log import LogLevels

RESTART_PAUSE_SECONDS = 2.0
# Somebody reading a question for minutes keeps their connection (docs/exams.md).
KEEP_ALIVE_MS = 300_000
# What is under way when the server is told to stop is answered first. A page whose reader has gone
# is not waited for, and its thread then waits for an event loop that has ended: it is killed.
STOP_SECONDS = 10
BACKLOG = 4096
CONNECTIONS = 30_000
"""Per worker, where the system's limit on open files allows so many."""


def allow_many_files() -> int:
    """Raise this process's limit on open files as far as it may by itself; what it is then."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = hard if hard != resource.RLIM_INFINITY else max(soft, 2 * CONNECTIONS)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    except (OSError, ValueError):
        return soft
    return max(soft, wanted)


@dataclass(frozen=True)
class Address:
    host: str
    port: int
    certificate: Path | None = None
    key: Path | None = None

    @property
    def url(self) -> str:
        scheme = "https" if self.certificate else "http"
        shown = "localhost" if self.host in ("0.0.0.0", "127.0.0.1", "::") else self.host  # noqa: S104
        return f"{scheme}://{shown}:{self.port}/"


class WorkerProcess:
    """`lantoa worker` as a child, started again when it ends by itself."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._watch = threading.Thread(target=self._keep, daemon=True)

    def __enter__(self) -> None:
        self._watch.start()

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        if self._child is not None and self._child.poll() is None:
            self._child.terminate()
            try:
                self._child.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self._child.kill()

    def _keep(self) -> None:
        while not self._stop.is_set():
            words = ["-m", "lantoa.project.cli", "worker", "--parent", str(os.getpid())]
            self._child = subprocess.Popen([sys.executable, *words])
            self._child.wait()
            self._stop.wait(RESTART_PAUSE_SECONDS)


def default_workers() -> int:
    """Few Django threads, more workers: two processes a core, at least two."""
    return max(2, 2 * (os.cpu_count() or 1))


def serve(address: Address, workers: int | None = None) -> None:
    """Serve until stopped by a signal. Settings must stand in the environment: workers read it."""
    allow_many_files()
    server = Granian(
        "lantoa.project.asgi:application",
        address=address.host,
        port=address.port,
        interface=Interfaces.ASGI,
        loop=Loops.uvloop,
        workers=workers or default_workers(),
        backlog=BACKLOG,
        # Granian counts kept-alive connections against this: a candidate holds one for hours.
        backpressure=CONNECTIONS,
        websockets=False,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
        ssl_cert=address.certificate,
        ssl_key=address.key,
        # Android 9 and older know nothing newer.
        ssl_protocol_min=SSLProtocols.tls12,
        http1_settings=HTTP1Settings(header_read_timeout=KEEP_ALIVE_MS),
    )
    # Workers are forks of this process. A connection to SQLite open here would make them believe
    # that they hold its locks; none does, and once this process has died, the next who opens and
    # closes the database removes the write-ahead log that they go on writing to.
    connections.close_all()
    with WorkerProcess():
        server.serve()
