"""Questionnaires as data. Adding one is copying another; a change of an asked one is an edition."""

import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def read(code: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
