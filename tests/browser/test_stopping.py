"""The production server ends when it is told to, whoever has gone away in the middle of a page."""

import socket
import time
from collections.abc import Callable

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
