"""A full disk: saves are refused in words, none is acknowledged that isn't there, and the service
recovers by itself when there is room again."""

import time
from pathlib import Path

from tests.faults.installation import candidates, installed
from tests.faults.test_power import acknowledged, nothing_lost

PLENTY = 2**40


def test_a_full_disk_refuses_and_recovers(tmp_path: Path) -> None:
    with installed(tmp_path, embedded=True) as site:
        with candidates(site, 12) as clients:
            time.sleep(1)
            grown = max(file.stat().st_size for file in tmp_path.glob("lantoa.sqlite3*"))
            site.limit_files_to(grown // 2)
            time.sleep(1)
            full = acknowledged(clients)
            outages = sum(client.outages for client in clients)
            time.sleep(1.5)
            assert acknowledged(clients) - full <= len(clients)
            assert sum(client.outages for client in clients) > outages
            site.limit_files_to(PLENTY)
            time.sleep(2)
            assert acknowledged(clients) > full + len(clients)
        nothing_lost(site, clients)
