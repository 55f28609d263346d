"""Faults for longer than the tests have time for: everything or one worker killed under load, again
and again; on SQLite also a disk that fills and empties. What was acknowledged must be there
afterwards. An installation of its own; on PostgreSQL in a database beside that of DATABASE_URL."""

import os
import random
import signal
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection
from tests.faults.installation import Client, Installation, candidates, installed

from bench.support.figures import markdown

Say = Callable[[str], object]
CLIENTS = 48
LONGEST_SECONDS = 60
PLENTY = 2**40


def _worker(site: Installation) -> int:
    """A process that serves has more threads than those that help."""
    assert site.server is not None
    others = [pid for pid in site.processes() if pid != site.server.pid]
    return max(others, key=lambda pid: len(list(Path(f"/proc/{pid}/task").glob("*"))))


def _kill_all(site: Installation) -> None:
    site.kill()
    site.start(workers=2)


def _kill_worker(site: Installation) -> None:
    os.kill(_worker(site), signal.SIGKILL)


def _fill_the_disk(site: Installation) -> None:
    grown = max(file.stat().st_size for file in site.data.glob("lantoa.sqlite3*"))
    site.limit_files_to(grown // 2)
    time.sleep(2)
    site.limit_files_to(PLENTY)


def _pause(clients: list[Client], break_it: Callable[[], None]) -> float:
    """Seconds from the fault until every client has had something acknowledged again."""
    began = time.monotonic()
    break_it()
    before = [len(client.acknowledged) for client in clients]
    while time.monotonic() - began < LONGEST_SECONDS:
        now = [len(client.acknowledged) for client in clients]
        if all(there > held for there, held in zip(now, before, strict=True)):
            break
        time.sleep(0.02)
    return time.monotonic() - began


def _lost(site: Installation, clients: list[Client]) -> int:
    found = site.log([client.attempt for client in clients])
    return sum(
        found[client.attempt].get(sequence) != digest
        for client in clients
        for sequence, digest in client.acknowledged.items()
    )


def _rounds(name: str, fault: Callable[[Installation], None], rounds: int) -> dict[str, Any]:
    rng = random.Random(name)
    pauses = []
    with (
        tempfile.TemporaryDirectory(prefix="lantoa-faults-") as folder,
        installed(Path(folder)) as site,
    ):
        site.start(workers=2)
        with candidates(site, CLIENTS) as clients:
            for _ in range(rounds):
                time.sleep(rng.uniform(0.3, 2))
                pauses.append(_pause(clients, lambda: fault(site)))
        return {
            "rounds": rounds,
            "acknowledged": sum(len(client.acknowledged) for client in clients),
            "lost": _lost(site, clients),
            "broken": site.broken_logs(),
            "refused": sum(len(client.refused) for client in clients),
            "pause_median": round(statistics.median(pauses), 1),
            "pause_longest": round(max(pauses), 1),
        }


def measure(*, learners: int, runs: int, say: Say) -> dict[str, Any]:
    """`learners` isn't asked for here; `runs` of 40 (the command's own default) means 20."""
    rounds = 20 if runs == 40 else runs
    faults = {
        "everything killed and started again": _kill_all,
        "one of two workers killed": _kill_worker,
    }
    if connection.vendor == "sqlite":
        faults["the disk full for two seconds"] = _fill_the_disk
    rows = {}
    for name, fault in faults.items():
        say(f"{name} …")
        rows[name] = _rounds(name, fault, rounds)
    return {"database": connection.vendor, "clients": CLIENTS, "rows": rows}


def table(figures: dict[str, Any]) -> str:
    heads = (
        "fault", "rounds", "acknowledged", "lost", "broken chains", "refused",
        "all served again, median s", "longest s",
    )  # fmt: skip
    rows = [(name, *told.values()) for name, told in figures["rows"].items()]
    return f"{figures['database']}, {figures['clients']} clients\n\n{markdown(rows, heads)}"
