"""A real server over a built model province, and who signs in to it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.test import Client

from lantoa.accounts.models import User


def session_cookie(user: User) -> str:
    """A signed-in session's cookie, made without the price of a password."""
    client = Client()
    client.force_login(user)
    return f"sessionid={client.cookies['sessionid'].value}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def served() -> Iterator[str]:
    """`lantoa serve` on loopback with this data directory, until the block ends."""
    port = free_port()
    env = {**os.environ, "LANTOA_LOG_LEVEL": "WARNING", "LANTOA_DEMO": "1"}
    env["PYTHONPATH"] = str(Path(settings.ROOT) / "src")
    command = [sys.executable, "-m", "lantoa.project.cli", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait(address: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with {server.returncode}")
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not answer within 30 s")
