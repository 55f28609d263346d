"""A real browser and a real PostgreSQL for the tests, from the system's packages."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

from setup import SetUpFailed, run, say


def _apt(package: str, what: str) -> None:
    if not shutil.which("apt-get"):
        raise SetUpFailed(f"{what} is missing and there is no apt-get: install it by hand")
    if os.geteuid() != 0 and not shutil.which("sudo"):
        raise SetUpFailed(f"{what} is missing: install the package {package} as root")
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    say(f"installing {package}")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        run(*sudo, "apt-get", "update", "-qq", env=quiet)
        run(*sudo, "apt-get", "install", "-y", "-qq", "--no-install-recommends", package, env=quiet)
    except SetUpFailed as failure:
        raise SetUpFailed(f"{what} could not be installed: {failure}") from None


def chromium() -> str:
    """The path of a Chromium, installed when there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        _apt("chromium", "Chromium, which the browser tests drive,")
        found = shutil.which("chromium")
    if found is None:
        raise SetUpFailed("Chromium was installed but is not on the PATH")
    return found


def _server_binaries() -> Path | None:
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return versions[-1].parent if versions else None


class PostgresCluster:
    """A throw-away PostgreSQL on a socket of its own; gives its DATABASE_URL."""

    def __init__(self) -> None:
        binaries = _server_binaries()
        if binaries is None:
            _apt("postgresql", "PostgreSQL, which half of the tests run on,")
            binaries = _server_binaries()
        if binaries is None:
            raise SetUpFailed("PostgreSQL was installed but initdb was not found")
        self._binaries = binaries
        self._folder = Path(tempfile.mkdtemp(prefix="lantoa-pg-"))
        # The server refuses to run as root: then the packages' own user runs it.
        self._user = self._server_user() if os.geteuid() == 0 else None

    def _server_user(self) -> str:
        for name in ("postgres", "nobody"):
            try:
                account = pwd.getpwnam(name)
            except KeyError:
                continue
            os.chown(self._folder, account.pw_uid, account.pw_gid)
            return name
        raise SetUpFailed("there is no user that PostgreSQL could run as")

    def _call(self, program: str, *words: str) -> None:
        done = subprocess.run(
            [str(self._binaries / program), *words],
            cwd=self._folder,
            user=self._user,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(self._folder)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SetUpFailed(f"PostgreSQL's {program} failed:\n{done.stdout[-2000:]}")

    def __enter__(self) -> str:
        data = str(self._folder / "data")
        self._call("initdb", "-D", data, "-U", "lantoa", "-A", "trust", "-E", "UTF8", "--no-sync")
        # A test cluster may lose everything in a crash; what is tested is not its durability.
        options = f"-k {self._folder} -c listen_addresses='' -c fsync=off -c full_page_writes=off"
        log = str(self._folder / "log")
        self._call("pg_ctl", "-D", data, "-w", "-l", log, "-o", options, "start")
        return f"postgres://lantoa@{quote(str(self._folder), safe='')}/postgres"

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._call("pg_ctl", "-D", str(self._folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self._folder, ignore_errors=True)
