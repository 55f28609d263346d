"""The load generator, and the server it loads: each on its own core, so that neither's speed is
taken for the other's."""

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from bench.support.site import free_port

SCRIPT = Path(__file__).with_name("load.lua")


class NoWrk(RuntimeError):
    def __init__(self) -> None:
        super().__init__("wrk is missing; on Debian and Ubuntu: apt install wrk")


@dataclass(frozen=True)
class Load:
    mode: str
    connections: int
    seconds: int
    threads: int = 4
    first: int = 0
    per_thread: int = 1000
    pause_ms: int = 0


def run(address: str, seats: Path, load: Load, *, core: str = "1") -> dict[str, Any]:
    """What wrk measured: requests, latencies in ms, answers that were not 2xx."""
    wrk = shutil.which("wrk")
    if wrk is None:
        raise NoWrk
    command: Sequence[str] = (
        "taskset", "-c", core, wrk, f"-t{load.threads}", f"-c{load.connections}",
        f"-d{load.seconds}s", "--timeout", "30s", "-s", str(SCRIPT), address, "--",
        load.mode, str(seats), str(load.first), str(load.per_thread), str(load.pause_ms),
    )  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = [line for line in done.stdout.splitlines() if line.startswith("JSON ")]
    if not found:
        raise RuntimeError(f"wrk said nothing: {done.stdout[-800:]} {done.stderr[-800:]}")
    figures: dict[str, Any] = json.loads(found[0][5:])
    figures["per_second"] = round(figures["requests"] / figures["seconds"], 1)
    return figures


@contextmanager
def serving(
    *, workers: int = 1, cores: str = "0", application: str = ""
) -> Iterator[tuple[str, int]]:
    """The production server with so many workers on these cores: its address and process id.
    `application`: another ASGI application, by the same server (the journal)."""
    port = free_port()
    env = {**os.environ, "LANTOA_LOG_LEVEL": "ERROR", "LANTOA_DEMO": "1"}
    env["PYTHONPATH"] = os.pathsep.join((str(settings.ROOT / "src"), str(settings.ROOT)))
    words = ["serve", "--port", str(port), "--workers", str(workers)]
    command = [sys.executable, "-m", "lantoa.project.cli", *words]
    if application:
        command = [sys.executable, "-m", "bench.support.journal", str(port)]
    server = subprocess.Popen(
        ["taskset", "-c", cores, *command], env=env, stdout=subprocess.DEVNULL
    )
    try:
        _wait(f"http://127.0.0.1:{port}/healthz", server)
        yield f"http://127.0.0.1:{port}", server.pid
    finally:
        server.terminate()
        server.wait(timeout=60)


def _wait(url: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with {server.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not answer within 30 s")


def resident_mb(pid: int) -> float:
    """Memory of a process and all it started, each shared page counted once (PSS)."""
    total, todo = 0, [pid]
    while todo:
        one = todo.pop()
        try:
            rollup = Path(f"/proc/{one}/smaps_rollup").read_text()
            children = Path(f"/proc/{one}/task/{one}/children").read_text().split()
        except OSError:
            continue
        total += next(int(r.split()[1]) for r in rollup.splitlines() if r.startswith("Pss:"))
        todo += map(int, children)
        for task in Path(f"/proc/{one}/task").iterdir():
            if task.name != str(one):
                todo += [int(c) for c in (task / "children").read_text().split()]
    return round(total / 1024, 1)
