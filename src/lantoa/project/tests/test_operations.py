"""Backup, restore, doctor, upgrade: on a real installation in a directory of its own."""

import json
import os
import sqlite3
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from django.core.management import get_commands

from lantoa.project.overview import COMMANDS

ROOT = Path(__file__).resolve().parents[4]
SMALL = "lantoa.project.cli"


def lantoa(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "LANTOA_DATA": str(data)}
    env.pop("DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, "-m", SMALL, *words], env=env, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A first start's database: tables and units."""
    data = tmp_path_factory.mktemp("installation")
    done = lantoa(data, "backup")
    assert done.returncode == 0, done.stderr
    return data


def units_in(database: Path) -> int:
    found: int = sqlite3.connect(database).execute("SELECT count(*) FROM people_unit").fetchone()[0]
    return found


def newest(data: Path) -> Path:
    return sorted((data / "backups").glob("*.tar.gz"))[-1]


def test_any_command_makes_the_database(installation: Path) -> None:
    assert units_in(installation / "lantoa.sqlite3") > 3355
    for private in ("secret-key", "lantoa.sqlite3"):
        assert oct((installation / private).stat().st_mode)[-3:] == "600"


def test_a_backup_restores_elsewhere(installation: Path, tmp_path: Path) -> None:
    done = lantoa(tmp_path, "restore", str(newest(installation)))
    assert done.returncode == 0, done.stderr
    assert units_in(tmp_path / "lantoa.sqlite3") == units_in(installation / "lantoa.sqlite3")
    assert (tmp_path / "secret-key").read_text() == (installation / "secret-key").read_text()


def test_restoring_over_data_must_be_said(installation: Path) -> None:
    done = lantoa(installation, "restore", str(newest(installation)))
    assert done.returncode != 0
    assert "--replace" in done.stderr
    done = lantoa(installation, "restore", str(newest(installation)), "--replace")
    assert done.returncode == 0, done.stderr
    assert list(installation.glob("before-restore-*/lantoa.sqlite3"))


def test_a_damaged_backup_changes_nothing(installation: Path, tmp_path: Path) -> None:
    broken = tmp_path / "lantoa-x.tar.gz"
    with tarfile.open(newest(installation)) as good, tarfile.open(broken, "w:gz") as bad:
        for member in good.getmembers():
            file = good.extractfile(member)
            if member.name == "secret-key":
                member.size = 4
                bad.addfile(member, __import__("io").BytesIO(b"evil"))
            else:
                bad.addfile(member, file)
    before = (installation / "secret-key").read_text()
    done = lantoa(installation, "restore", str(broken), "--replace")
    assert done.returncode != 0
    assert "chưa có gì thay đổi" in done.stderr
    assert (installation / "secret-key").read_text() == before


def test_the_doctor_says_what_is_wrong_and_how_to_mend_it(
    installation: Path, tmp_path: Path
) -> None:
    found = {f["check"]: f for f in json.loads(lantoa(installation, "doctor", "--json").stdout)}
    assert found["units"]["level"] == "ok"
    assert found["backup"]["level"] == "ok"
    assert found["administrator"]["level"] == "warning"
    (installation / "secret-key").chmod(0o644)
    done = lantoa(installation, "doctor")
    (installation / "secret-key").chmod(0o600)
    assert done.returncode != 0
    assert "chmod 600" in done.stdout


def test_upgrade_needs_a_database_and_says_so(tmp_path: Path, installation: Path) -> None:
    assert "bin/lantoa serve" in lantoa(tmp_path, "upgrade").stderr
    # The built static files are the set-up's business, which this test doesn't run.
    assert "Đã chạy 0 bước nâng cấp" in lantoa(installation, "upgrade", "--no-pull").stdout


SECURITY = """
import sys
from lantoa.project.cli import _set_environment
_set_environment(sys.argv[1:])
from django.conf import settings
print(settings.SESSION_COOKIE_SECURE, settings.SECURE_HSTS_SECONDS > 0)
"""


@pytest.mark.parametrize(
    ("words", "told"), [(["serve", "--cert", "c"], "True True"), (["serve"], "False False")]
)
def test_serving_by_certificate_makes_cookies_secure(
    words: list[str], told: str, tmp_path: Path
) -> None:
    env = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "src"),
        "LANTOA_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "lantoa.project.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", SECURITY, *words], env=env, capture_output=True, text=True
    )
    assert done.stdout.strip() == told, done.stderr


def test_the_overview_names_commands_that_there_are() -> None:
    held = {name.replace("_", "-") for name in get_commands()}
    assert {name for name, _ in COMMANDS} <= held
