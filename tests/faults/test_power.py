"""Power cuts and dead workers: what was acknowledged is there afterwards, and clients carry on by
themselves. (`bench/faults.py` does the same for longer.)"""

import os
import signal
import time
from pathlib import Path

from tests.faults.installation import Client, Installation, candidates, installed


def nothing_lost(site: Installation, clients: list[Client]) -> None:
    found = site.log([client.attempt for client in clients])
    for client in clients:
        there = found[client.attempt]
        missing = {n: d for n, d in client.acknowledged.items() if there.get(n) != d}
        assert missing == {}, client.attempt
        assert client.refused == []
    assert site.broken_logs() == 0


def acknowledged(clients: list[Client]) -> int:
    return sum(len(client.acknowledged) for client in clients)


def test_a_power_cut_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    with installed(tmp_path) as site:
        with candidates(site, 24) as clients:
            for _ in range(2):
                time.sleep(1.5)
                site.kill()
                before = acknowledged(clients)
                site.start()
                time.sleep(1.5)
                assert acknowledged(clients) > before > 0
        assert any(client.outages for client in clients)
        nothing_lost(site, clients)


def test_a_dead_worker_is_replaced_and_nothing_is_lost(tmp_path: Path) -> None:
    with installed(tmp_path) as site:
        site.start(workers=2)
        with candidates(site, 24) as clients:
            time.sleep(1)
            assert site.server is not None
            workers = [pid for pid in site.processes() if pid != site.server.pid]
            os.kill(max(workers, key=_threads), signal.SIGKILL)
            time.sleep(6)  # the manager starts another within seconds
            before = acknowledged(clients)
            time.sleep(2)
            assert acknowledged(clients) > before
        nothing_lost(site, clients)


def _threads(pid: int) -> int:
    """A process that serves has more threads than those that help."""
    return len(list(Path(f"/proc/{pid}/task").glob("*")))
