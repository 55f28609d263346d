"""Every locked package stands in THIRD_PARTY.md under a licence that goes with Apache-2.0."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LISTED = dict(
    re.findall(r"^\| ([^|\n]+) \| ([^|\n]+) \|$", (ROOT / "THIRD_PARTY.md").read_text(), re.M)
)
PERMISSIVE = re.compile(r"\b(MIT|MIT-0|0BSD|ISC|Apache-2\.0|PSF-2\.0|BSD-[23]-Clause)\b")
# Weak copyleft: reaches only the package itself, which is used unchanged.
WEAK = {
    "psycopg": "LGPL-3.0-only",
    "psycopg-binary": "LGPL-3.0-only",
    "lightningcss": "MPL-2.0",
    "@fontsource/be-vietnam-pro": "OFL-1.1",
}


def locked() -> set[str]:
    lock = (ROOT / "requirements" / "base.txt").read_text()
    python = set(re.findall(r"^([a-z0-9_.\-]+)==", lock, re.M))
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    front = {
        path.split("node_modules/")[-1]
        for path, told in packages.items()
        if path and not told.get("dev") and not told.get("optional")
    }
    return python | front


def test_every_locked_package_is_listed() -> None:
    assert locked() - set(LISTED) == set()


def test_every_licence_goes_with_ours() -> None:
    wrong = {
        name: licence
        for name, licence in LISTED.items()
        if name in locked() and WEAK.get(name) != licence and not PERMISSIVE.search(licence)
    }
    assert wrong == {}


def test_no_lock_names_a_host_or_a_path() -> None:
    for lock in [*(ROOT / "requirements").glob("*.txt"), ROOT / "package-lock.json"]:
        text = re.sub(r"^\s*#.*$", "", lock.read_text(), flags=re.M)
        assert "://" not in re.sub(r'"(url|funding)": "[^"]*"', "", text), lock.name
