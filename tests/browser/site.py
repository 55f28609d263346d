"""The model province behind the production server: what a newcomer gets from `bin/lantoa demo`."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "lan-toa-minh-hoa"
LEARNERS = "80"


@dataclass
class Site:
    """`code`: of somebody who has not activated their account yet."""

    port: int
    data: Path
    code: str
    server: "subprocess.Popen[bytes] | None" = field(default=None)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "lantoa.project.cli", "serve", "--port", str(self.port)]
        self.server = subprocess.Popen(
            [*command, "--workers", "1"],
            env=_environment(self.data),
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        _wait(self.url, self.server)

    def kill(self) -> None:
        """As a power cut does it: the server and all that it started, at once."""
        assert self.server is not None
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait(timeout=30)

    def stop(self) -> None:
        assert self.server is not None
        self.server.terminate()
        self.server.wait(timeout=30)


def _environment(data: Path) -> dict[str, str]:
    held = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {
        **held,
        "PYTHONPATH": str(ROOT / "src"),
        "LANTOA_DATA": str(data),
        "LANTOA_DEMO": "1",
        "LANTOA_LOG_LEVEL": "WARNING",
    }


def _lantoa(data: Path, *words: str) -> str:
    command = [sys.executable, "-m", "lantoa.project.cli", *words]
    done = subprocess.run(
        command, env=_environment(data), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def build(data: Path) -> str:
    """Build the province; the activation code that the command printed."""
    told = _lantoa(data, "demo", "--learners", LEARNERS, "--build-only")
    found = re.search(r"\b[A-Z0-9]{5}-[A-Z0-9]{5}\b", told)
    assert found, told
    return found.group()


def ask(data: Path, code: str) -> str:
    """Run a line of Python in the site's own environment; what it printed."""
    return _lantoa(data, "shell", "--no-imports", "--command", code).strip()


def tell(data: Path, code: str) -> Any:
    """As `ask`, for code that prints JSON."""
    return json.loads(ask(data, code))


def command(data: Path, *words: str) -> str:
    """Run `bin/lantoa` with these words on the site's data; what it printed."""
    return _lantoa(data, *words)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(url: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        assert server.poll() is None, "the server ended"
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not answer within 30 s")


@contextmanager
def served(built: Path, code: str, data: Path) -> Iterator[Site]:
    """A copy of the built province under the production server, so that flows don't meet."""
    shutil.copytree(built, data, dirs_exist_ok=True)
    site = Site(free_port(), data, code)
    site.start()
    try:
        yield site
    finally:
        site.stop()
