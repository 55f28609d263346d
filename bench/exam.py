"""Exam day on this machine: durable saves, paced and at saturation; whole exams; synchronized
starts; the same beside people who browse; what it costs in disk and memory. The server has core 0,
wrk has core 1, except where both cores are said. On the database that DATABASE_URL names."""

import http.client
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

from bench.support.figures import markdown
from bench.support.hall import QUESTIONS, Hall, hall
from bench.support.site import session_cookie
from bench.support.wrk import Load, resident_mb, run, serving
from lantoa.accounts.models import User
from lantoa.exams.models import Attempt
from lantoa.kernel import clock

Say = Callable[[str], object]
SEATS = 5_000
SECONDS = 10


class Bench:
    """`runs` rounds of each; the median of each figure is told."""

    def __init__(self, runs: int, say: Say) -> None:
        self.runs, self.say = runs, say
        self.folder = Path(tempfile.mkdtemp(prefix="lantoa-bench-"))
        self.rows: dict[str, dict[str, Any]] = {}

    def seats(self, made: Hall) -> Path:
        path = self.folder / f"seats-{made.sitting.pk}"
        made.write(path)
        return path

    def told(self, name: str, rounds: list[dict[str, Any]], **more: Any) -> None:
        keys = ("per_second", "p50", "p99", "p999", "max", "bad", "errors")
        row = {key: round(statistics.median(one[key] for one in rounds), 2) for key in keys}
        row["spread"] = [min(r["per_second"] for r in rounds), max(r["per_second"] for r in rounds)]
        self.rows[name] = {**row, "rounds": len(rounds), **more}
        self.say(f"{name}: {self.rows[name]}")


def _saves(bench: Bench, name: str, *, connections: int, pause_ms: int = 0, **more: Any) -> None:
    """Saves to attempts under way, every round with a hall of its own."""
    rounds = []
    for _ in range(bench.runs):
        seats = bench.seats(hall(SEATS, bench.say, begun=True))
        load = Load("save", connections, SECONDS, per_thread=SEATS // 4, pause_ms=pause_ms)
        with serving(**more) as (address, _pid):
            # Whoever saves has loaded their paper.
            run(address, seats, Load("paper", 16, 5, per_thread=SEATS // 4))
            rounds.append(run(address, seats, load))
    bench.told(name, rounds)


def _journal(bench: Bench) -> None:
    rounds = []
    seats = bench.seats(hall(SEATS, bench.say, begun=True))
    for _ in range(bench.runs):
        with serving(application="journal") as (address, _pid):
            rounds.append(run(address, seats, Load("save", 64, SECONDS, per_thread=SEATS // 4)))
    bench.told("an fsync'ed journal instead of the database, 64 connections", rounds)


def _many_connections(bench: Bench) -> None:
    """5.000 connections paced to 5.000 saves a second, and the memory of the server meanwhile."""
    rounds, memory = [], []
    for _ in range(bench.runs):
        seats = bench.seats(hall(SEATS, bench.say, begun=True))
        load = Load("save", 5000, SECONDS + 5, per_thread=SEATS // 4, pause_ms=1000)
        with serving() as (address, pid):
            run(address, seats, Load("paper", 16, 5, per_thread=SEATS // 4))
            watch = threading.Timer(SECONDS, lambda pid=pid: memory.append(resident_mb(pid)))
            watch.start()
            rounds.append(run(address, seats, load))
            watch.join()
    name = "paced 5.000/s over 5.000 connections"
    bench.told(name, rounds, resident_mb=statistics.median(memory))


def _beside_pages(bench: Bench) -> None:
    """2.000 saves a second while others ask for Django pages as fast as they can, both cores."""
    user = User.objects.filter(closed_at=None).first() or User.objects.create(
        display_name="Người xem", email="xem@bench.example"
    )
    cookie = session_cookie(user)
    rounds: list[dict[str, Any]] = []
    pages: list[int] = []
    for _ in range(bench.runs):
        seats = bench.seats(hall(SEATS, bench.say, begun=True))
        load = Load("save", 1000, SECONDS, per_thread=SEATS // 4, pause_ms=500)
        with serving(workers=2, cores="0,1") as (address, _pid):
            run(address, seats, Load("paper", 16, 5, per_thread=SEATS // 4))
            stop = time.monotonic() + SECONDS + 2
            browsing = [
                threading.Thread(target=_browse, args=(address, cookie, stop, pages))
                for _ in range(6)
            ]
            for thread in browsing:
                thread.start()
            rounds.append(run(address, seats, load, core="0,1"))
            for thread in browsing:
                thread.join()
    per_second = round(len(pages) / (bench.runs * (SECONDS + 2)), 1)
    bench.told("paced 2.000/s beside pages at saturation, 2 workers", rounds, pages=per_second)


def _browse(address: str, cookie: str, stop: float, pages: list[int]) -> None:
    where = urlsplit(address)
    link = http.client.HTTPConnection(where.hostname or "", where.port, timeout=30)
    while time.monotonic() < stop:
        link.request("GET", "/", headers={"Cookie": cookie})
        link.getresponse().read()
        pages.append(1)
    link.close()


def _database_bytes() -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute(
                "SELECT page_count * page_size - freelist_count * page_size "
                "FROM pragma_page_count(), pragma_page_size(), pragma_freelist_count()"
            )
        size: int = cursor.fetchone()[0]
    return size


def _whole_exams(bench: Bench) -> None:
    """Enter with a code, start, the paper, 20 answers one by one, submit, the result."""
    rounds, growth = [], []
    for _ in range(bench.runs):
        made = hall(16_000, bench.say, begun=False)
        seats, before = bench.seats(made), _database_bytes()
        connection.close()
        with serving(workers=2, cores="0,1") as (address, _pid):
            load = Load("exam", 32, SECONDS, threads=32, per_thread=500)
            found = run(address, seats, load, core="0,1")
        found["exams_per_second"] = round(found["exams"] / found["seconds"], 1)
        done = Attempt.objects.filter(sitting=made.sitting, submitted_at__isnull=False).count()
        growth.append((_database_bytes() - before) / 1e6 / max(1, done) * 1000)
        rounds.append(found)
    bench.told(
        "whole exams, 32 at once, both cores",
        rounds,
        exams_per_second=statistics.median(r["exams_per_second"] for r in rounds),
        unexpected=sum(r["unexpected"] for r in rounds),
        mb_per_1000_attempts=round(statistics.median(growth), 2),
        questions=QUESTIONS,
    )


def _starts(bench: Bench) -> None:
    """10.000 people press Start within ten seconds."""
    rounds = []
    for _ in range(bench.runs):
        made = hall(10_000, bench.say, begun=False)
        Attempt.objects.filter(sitting=made.sitting).update(epoch=1)
        seats = bench.seats(made)
        connection.close()
        with serving(workers=2, cores="0,1") as (address, _pid):
            load = Load("start", 1000, 10, per_thread=2500, pause_ms=1000)
            found = run(address, seats, load, core="0,1")
        found["started"] = Attempt.objects.filter(
            sitting=made.sitting, started_at__isnull=False
        ).count()
        rounds.append(found)
    bench.told(
        "10.000 synchronized starts, both cores",
        rounds,
        started=min(r["started"] for r in rounds),
    )


def measure(*, learners: int, runs: int, say: Say) -> dict[str, Any]:
    """`learners` isn't asked for here; `runs` of 40 (the command's own default) means 3."""
    bench = Bench(3 if runs == 40 else runs, say)
    began = clock.now()
    _saves(bench, "saves, 64 connections, one worker", connections=64)
    _journal(bench)
    _saves(bench, "saves, 1.000 connections, one worker", connections=1000)
    _saves(bench, "paced 5.000/s over 1.000 connections", connections=1000, pause_ms=200)
    _many_connections(bench)
    _beside_pages(bench)
    _whole_exams(bench)
    _starts(bench)
    return {
        "database": connection.vendor,
        "data": str(settings.DATA.name),
        "at": began.isoformat(),
        "rows": bench.rows,
    }


def table(figures: dict[str, Any]) -> str:
    heads = ("what", "requests/s", "p50 ms", "p99 ms", "p99.9 ms", "refused or failed", "besides")
    known = {"per_second", "p50", "p99", "p999", "max", "bad", "errors", "spread", "rounds"}
    rows = [
        (
            name,
            told["per_second"],
            told["p50"],
            told["p99"],
            told["p999"],
            told["bad"] + told["errors"],
            ", ".join(f"{key} {value}" for key, value in told.items() if key not in known),
        )
        for name, told in figures["rows"].items()
    ]
    return f"{figures['database']}\n\n{markdown(rows, heads)}"
