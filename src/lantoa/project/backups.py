"""A backup is one file: the database, uploaded files and the key that reads what is encrypted, with
a manifest of digests. Restoring checks every digest before it touches anything."""

import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections
from django.db.migrations.recorder import MigrationRecorder

from lantoa.kernel import clock

DATABASE = "database"
MANIFEST = "manifest.json"
KEPT = 14


class BackupUnusable(Exception):
    """The file is no backup of ours, or is damaged."""


@dataclass(frozen=True)
class Made:
    path: Path
    size: int
    files: int


def folder() -> Path:
    return Path(settings.DATA) / "backups"


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _dump_database(target: Path) -> None:
    """A consistent copy while the site goes on."""
    if connection.vendor == "sqlite":
        source = settings.DATABASES["default"]["NAME"]
        with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
            live.backup(copy)
        return
    _postgres("pg_dump", "--format=custom", f"--file={target}")


def _postgres(program: str, *words: str) -> None:
    held: dict[str, Any] = dict(settings.DATABASES["default"])
    env = {**os.environ, "PGPASSWORD": str(held.get("PASSWORD") or "")}
    where = ["--dbname", str(held["NAME"])]
    for flag, key in (("--host", "HOST"), ("--port", "PORT"), ("--username", "USER")):
        if held.get(key):
            where += [flag, str(held[key])]
    done = subprocess.run([program, *where, *words], env=env, capture_output=True, check=False)
    if done.returncode:
        raise BackupUnusable(f"{program}: {done.stderr.decode(errors='replace')[-500:]}")


def _kept_files() -> Iterator[tuple[str, Path]]:
    media = Path(settings.MEDIA_ROOT)
    for path in sorted(media.rglob("*")) if media.exists() else []:
        if path.is_file():
            yield f"media/{path.relative_to(media)}", path
    key = Path(settings.DATA) / "secret-key"
    if key.exists():
        yield "secret-key", key


def _manifest(files: dict[str, str]) -> bytes:
    applied = sorted(
        f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()
    )
    told = {
        "made_at": clock.now().isoformat(),
        "vendor": connection.vendor,
        "migrations": applied,
        "files": files,
    }
    return json.dumps(told, indent=1).encode()


def make_backup(target: Path | None = None) -> Made:
    """Write a backup to `target`, or into the data directory (the newest fourteen are kept)."""
    path = target or folder() / f"lantoa-{clock.now():%Y%m%d-%H%M%S}.tar.gz"
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    digests: dict[str, str] = {}
    with tempfile.TemporaryDirectory(dir=path.parent) as scratch:
        dump = Path(scratch) / DATABASE
        _dump_database(dump)
        handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with (
            os.fdopen(handle, "wb") as file,
            tarfile.open(fileobj=file, mode="w:gz", compresslevel=3) as tar,
        ):
            for name, source in [(DATABASE, dump), *_kept_files()]:
                digests[name] = _digest(source)
                tar.add(source, name)
            told = _manifest(digests)
            entry = tarfile.TarInfo(MANIFEST)
            entry.size = len(told)
            tar.addfile(entry, io.BytesIO(told))
    partial.replace(path)
    if target is None:
        for old in sorted(folder().glob("lantoa-*.tar.gz"))[:-KEPT]:
            old.unlink()
    return Made(path, path.stat().st_size, len(digests))


def unpack(path: Path, target: Path) -> dict[str, Any]:
    """Unpack into an empty folder and check every digest; return the manifest."""
    try:
        with tarfile.open(path, "r:gz") as tar:
            tar.extractall(target, filter="data")
        manifest: dict[str, Any] = json.loads((target / MANIFEST).read_bytes())
        files: dict[str, str] = manifest["files"]
    except (OSError, EOFError, tarfile.TarError, KeyError, ValueError) as error:
        raise BackupUnusable(f"{path.name}: {error}") from error
    for name, digest in files.items():
        held = target / name
        if not held.is_file() or _digest(held) != digest:
            raise BackupUnusable(f"{path.name}: {name} bị hỏng")
    return manifest


def check_backup(path: Path) -> dict[str, Any]:
    """Read a backup whole as restoring would; return its manifest."""
    with tempfile.TemporaryDirectory() as scratch:
        return unpack(path, Path(scratch))


def newest() -> Path | None:
    made = sorted(folder().glob("lantoa-*.tar.gz"))
    return made[-1] if made else None


def _set_aside() -> Path:
    """Move what stands now out of the way, so that a wrong restore can itself be undone."""
    data = Path(settings.DATA)
    aside = data / f"before-restore-{clock.now():%Y%m%d-%H%M%S}"
    aside.mkdir()
    for name in (
        "lantoa.sqlite3",
        "lantoa.sqlite3-wal",
        "lantoa.sqlite3-shm",
        "media",
        "secret-key",
    ):
        if (data / name).exists():
            shutil.move(data / name, aside / name)
    return aside


def restore_backup(path: Path) -> Path:
    """Put a backup in the place of what stands; return the folder where that was set aside."""
    data = Path(settings.DATA)
    with tempfile.TemporaryDirectory(dir=data) as scratch:
        unpacked = Path(scratch)
        manifest = unpack(path, unpacked)
        if manifest["vendor"] != connection.vendor:
            raise BackupUnusable(
                f"{path.name}: {manifest['vendor']}, không phải {connection.vendor}"
            )
        connections.close_all()
        aside = _set_aside()
        if connection.vendor == "sqlite":
            shutil.move(unpacked / DATABASE, settings.DATABASES["default"]["NAME"])
        else:
            _postgres(
                "pg_restore", "--clean", "--if-exists", "--no-owner", str(unpacked / DATABASE)
            )
        for name in ("media", "secret-key"):
            if (unpacked / name).exists():
                shutil.move(unpacked / name, data / name)
    return aside
