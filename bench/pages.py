"""Server time, queries and weight of the pages that everybody opens, on the model province; and the
same pages while 200 slow readers take a video, and while others sign in."""

import statistics
import threading
import time
import urllib.request
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.support.figures import markdown, milliseconds, weigh
from bench.support.readers import read_slowly
from bench.support.site import served, session_cookie
from bench.support.subjects import Subject, big_file, people_to_sign_in, sign_in, subjects

Say = Callable[[str], object]

READERS = 200
READ_SECONDS = 12.0


def _in_process(subject: Subject, runs: int) -> dict[str, Any]:
    """The whole request through middleware, view and template, without the network."""
    client = Client()
    client.force_login(subject.user)
    for _ in range(3):
        answer = client.get(subject.path)
        assert answer.status_code == 200, (subject.path, answer.status_code)
    with CaptureQueriesContext(connection) as queries:
        client.get(subject.path)
    asked = len(queries)  # the log is emptied by the next request
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        client.get(subject.path)
        times.append(time.perf_counter() - began)
    return {"queries": asked, **milliseconds(times)}


def _over_http(address: str, subject: Subject, cookie: str, runs: int) -> list[float]:
    times = []
    for _ in range(runs):
        request = urllib.request.Request(address + subject.path, headers={"Cookie": cookie})
        began = time.perf_counter()
        with urllib.request.urlopen(request, timeout=30) as answer:
            answer.read()
        times.append(time.perf_counter() - began)
    return times


def _beside(work: Callable[[], object], measure: Callable[[], list[float]]) -> list[float]:
    thread = threading.Thread(target=work)
    thread.start()
    time.sleep(1.0)
    times = measure()
    thread.join()
    return times


def _crowded(address: str, page: Subject, cookie: str, runs: int) -> dict[str, Any]:
    def measure() -> list[float]:
        return _over_http(address, page, cookie, runs)

    taken: list[int] = []
    alone = measure()
    path = big_file(100 * 1024 * 1024)
    crowd = _beside(
        lambda: taken.extend(read_slowly(address, path, READERS, READ_SECONDS)), measure
    )
    signing: list[float] = []
    people = people_to_sign_in(1000)
    stop = time.monotonic() + 6
    beside_sign_ins = _beside(lambda: signing.extend(sign_in(address, stop, people)), measure)
    return {
        "page": page.name,
        "alone": milliseconds(alone),
        "beside_slow_readers": milliseconds(crowd),
        "slow_readers": READERS,
        "slow_reader_bytes_median": int(statistics.median(taken)),
        "beside_sign_ins": milliseconds(beside_sign_ins),
        "sign_ins": milliseconds(signing),
        "sign_ins_done": len(signing),
    }


def measure(*, learners: int, runs: int, say: Say) -> dict[str, Any]:
    chosen = subjects(learners, say)
    figures: dict[str, Any] = {"learners": learners, "database": connection.vendor, "runs": runs}
    figures["pages"] = {s.name: _in_process(s, runs) for s in chosen}
    say("serving …")
    with served() as address:
        for subject in chosen:
            cookie = session_cookie(subject.user)
            figures["pages"][subject.name]["weight"] = asdict(weigh(address, subject.path, cookie))
        home = chosen[0]
        figures["crowd"] = _crowded(address, home, session_cookie(home.user), runs)
    return figures


def table(figures: dict[str, Any]) -> str:
    heads = ("page", "queries", "median ms", "p95 ms", "page KB", "first view KB", "fonts KB")
    rows = [
        (
            name,
            told["queries"],
            told["median_ms"],
            told["p95_ms"],
            round(told["weight"]["page"] / 1024, 1),
            round((told["weight"]["page"] + told["weight"]["assets"]) / 1024, 1),
            round(told["weight"]["fonts"] / 1024, 1),
        )
        for name, told in figures["pages"].items()
    ]
    crowd = figures["crowd"]
    beside = [
        (f"{crowd['page']} alone", *crowd["alone"].values()),
        (f"beside {crowd['slow_readers']} slow readers", *crowd["beside_slow_readers"].values()),
        (f"beside {crowd['sign_ins_done']} sign-ins", *crowd["beside_sign_ins"].values()),
        ("a sign-in itself", *crowd["sign_ins"].values()),
    ]
    return "\n".join(
        [
            f"{figures['learners']} learners, {figures['database']}, {figures['runs']} runs",
            "",
            markdown(rows, heads),
            "",
            markdown(beside, ("over HTTP", "median ms", "p95 ms")),
        ]
    )
