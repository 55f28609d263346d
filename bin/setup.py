"""Makes the environment that `bin/lantoa` and `bin/test` run in. Standard library only.

Every step leaves a stamp of what it was made from, so a second start does nothing: the Python
libraries (`requirements/*.txt`, with hashes), the front-end packages (`package-lock.json`), and the
built and collected static files.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
BUILD = ROOT / "build"
STAMPS = BUILD / "stamps"
PYTHON = VENV / "bin" / "python"
OLDEST_NODE = 18


class SetUpFailed(Exception):
    pass


def say(text: str) -> None:
    print(f"lantoa: {text}", file=sys.stderr, flush=True)


def digest(paths: Iterable[Path], extra: str = "") -> str:
    hashed = hashlib.sha256(extra.encode())
    for path in sorted(paths):
        if path.is_file():
            hashed.update(str(path.relative_to(ROOT)).encode())
            hashed.update(path.read_bytes())
    return hashed.hexdigest()


def step(name: str, wanted: str, made: Path | None, work: Callable[[], None]) -> bool:
    """Do the work unless its stamp says that it was done from the same sources."""
    stamp = STAMPS / name
    if (made is None or made.exists()) and stamp.exists() and stamp.read_text() == wanted:
        return False
    work()
    STAMPS.mkdir(parents=True, exist_ok=True)
    stamp.write_text(wanted)
    return True


def run(*command: str | Path, env: dict[str, str] | None = None) -> None:
    done = subprocess.run(
        [str(word) for word in command],
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        tail = "\n".join(done.stdout.splitlines()[-15:])
        words = " ".join(Path(str(w)).name for w in command[:3])
        raise SetUpFailed(f"`{words} …` failed:\n{tail}")


def make_venv() -> None:
    if PYTHON.exists():
        return
    say("making the Python environment / tạo môi trường Python …")
    try:
        run(sys.executable, "-m", "venv", VENV)
    except SetUpFailed as failure:
        raise SetUpFailed(f"{failure}\nOn Debian and Ubuntu: apt install python3-venv") from None
    # One made anew holds no libraries, whatever was stamped before.
    for stamp in STAMPS.glob("python-*"):
        stamp.unlink()


def python_libraries(lock: str) -> None:
    path = ROOT / "requirements" / f"{lock}.txt"
    version = f"{sys.version_info.major}.{sys.version_info.minor}"

    def install() -> None:
        say(f"installing the Python libraries of {lock}.txt / cài thư viện Python …")
        run(
            PYTHON,
            *("-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
            *("--require-hashes", "--no-deps", "-r", path),
        )

    step(f"python-{lock}", digest([path], version), PYTHON, install)


def _node_version(node: str) -> int:
    try:
        told = subprocess.run([node, "--version"], capture_output=True, text=True, check=True)
        return int(told.stdout.strip().lstrip("v").split(".")[0])
    except (OSError, ValueError, subprocess.CalledProcessError):
        return 0


def node_and_npm() -> tuple[str, str]:
    """The machine's own Node.js when it is new enough, else one from a Python package."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _node_version(node) >= OLDEST_NODE:
        return node, npm
    make_venv()
    python_libraries("node")
    return str(VENV / "bin" / "node"), str(VENV / "bin" / "npm")


def front_end(with_dev: bool) -> None:
    lock = ROOT / "package-lock.json"
    held = ROOT / "node_modules"
    stamp = STAMPS / "npm"
    wanted = digest([lock], "dev" if with_dev else "")
    also_good = digest([lock], "dev")  # the tests' packages contain those of running
    if held.exists() and stamp.exists() and stamp.read_text() in (wanted, also_good):
        return
    node, npm = node_and_npm()
    say("installing the front-end packages / cài gói giao diện …")
    omit = [] if with_dev else ["--omit=dev"]
    path = f"{Path(node).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    run(npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts", *omit, env={"PATH": path})
    STAMPS.mkdir(parents=True, exist_ok=True)
    stamp.write_text(wanted)


def static_sources() -> list[Path]:
    package = ROOT / "src" / "lantoa"
    found = [ROOT / "package-lock.json", *(ROOT / "assets").glob("*")]
    for pattern in ("*/static/**/*", "web/css/*"):
        found += package.glob(pattern)
    return found


def static_files() -> None:
    def build() -> None:
        say("building style sheet and scripts / dựng giao diện …")
        node, _npm = node_and_npm()
        run(node, "assets/build.mjs")
        shutil.rmtree(BUILD / "collected", ignore_errors=True)
        manage("collectstatic", "--no-input", "--verbosity", "0")
        run(PYTHON, "-m", "servestatic.compress", "--quiet", BUILD / "collected")

    libraries = ROOT / "requirements" / "base.txt"
    step("static", digest([*static_sources(), libraries]), BUILD / "collected", build)


def messages() -> None:
    catalogues = list((ROOT / "src" / "lantoa").glob("*/locale/*/LC_MESSAGES/django.po"))
    missing = [c for c in catalogues if not c.with_suffix(".mo").exists()]
    made = None if not missing else missing[0].with_suffix(".mo")
    step("messages", digest(catalogues), made, lambda: manage("compile_catalogues"))


def manage(*words: str | Path) -> None:
    # Its own data directory: set-up must not make a database or a key where nobody asked for one.
    env = {"PYTHONPATH": str(ROOT / "src"), "LANTOA_DATA": str(BUILD / "setup-data")}
    run(PYTHON, "-m", "lantoa.project.cli", *words, env=env)


def set_up(*, with_dev: bool = False) -> None:
    """Bring the environment up to the sources; quick when it already is."""
    if sys.version_info < (3, 11):  # noqa: UP036  an older Python may well start this file
        raise SetUpFailed("Python 3.11 or newer is needed / cần Python 3.11 trở lên")
    began = time.monotonic()
    failures: list[Exception] = []

    def packages() -> None:
        try:
            front_end(with_dev)
        except Exception as failure:
            failures.append(failure)

    make_venv()
    # npm waits for the network while pip unpacks: side by side they take the time of one.
    beside = threading.Thread(target=packages)
    beside.start()
    try:
        python_libraries("base")
        if with_dev:
            python_libraries("dev")
    finally:
        beside.join()
    if failures:
        raise failures[0]
    messages()
    static_files()
    if (seconds := time.monotonic() - began) > 3:
        say(f"ready after {seconds:.0f} s / môi trường sẵn sàng sau {seconds:.0f} giây")
