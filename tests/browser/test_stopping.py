"""The production server as an operator meets it: its processes hold their locks on the database,
and it ends when it is told to, whoever has gone away in the middle of a page."""

import socket
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.site import Site

pytestmark = pytest.mark.browser


def _ask_and_go(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(b"GET /accounts/login/ HTTP/1.1\r\nHost: localhost\r\n\r\n")


def test_readers_who_left_do_not_keep_the_server_from_stopping(
    served: Callable[[int], Site],
) -> None:
    site = served(1280)
    for _ in range(60):
        _ask_and_go(site.port)
    began = time.monotonic()
    site.stop()
    assert time.monotonic() - began < 25
    site.start()


def _serving(site: Site) -> set[str]:
    assert site.server is not None
    main = site.server.pid
    children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
    return {pid for pid in children if b"serve" in Path(f"/proc/{pid}/cmdline").read_bytes()}


def test_every_process_that_serves_holds_its_own_lock_on_the_database(
    served: Callable[[int], Site],
) -> None:
    """SQLite counts on them: whoever closes last, as far as locks tell, removes the write-ahead
    log, and what a process without a lock writes into it then is lost."""
    site = served(1280)
    urllib.request.urlopen(f"{site.url}/readyz", timeout=30).read()
    inode = (site.data / "lantoa.sqlite3").stat().st_ino
    locks = [line.split() for line in Path("/proc/locks").read_text().splitlines()]
    holders = {words[4] for words in locks if words[5].split(":")[-1] == str(inode)}
    assert _serving(site)
    assert _serving(site) <= holders
