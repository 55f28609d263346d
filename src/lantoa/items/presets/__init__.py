"""Rules of law for blueprints as data: a starting choice, each with its legal basis and how sure we
are of it. A preset is one `.toml` here; adding one is copying another. Nothing in code knows its
numbers: what a blueprint made from it says afterwards is its own.

Titles, notes and checks are shown as the file gives them, in Vietnamese: they quote a text of law.
"""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Preset:
    """`grade`: C as read in the text, S second-hand. `rules` are fields of a blueprint; `levels`
    says how many questions of each level a form takes, to be spread over the topics."""

    code: str
    title: str
    description: str
    legal_basis: str
    grade: str
    source: str
    check: str
    rules: dict[str, Any]
    levels: dict[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def second_hand(self) -> bool:
        return self.grade == "S"


def read(path: Path) -> Preset:
    """A preset's file. A key that the format doesn't know is a TypeError, seen at once."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return Preset(code=path.stem, notes=tuple(table.pop("notes", ())), **table)


@cache
def all_presets() -> tuple[Preset, ...]:
    return tuple(read(path) for path in sorted(FOLDER.glob("*.toml")))


def preset(code: str) -> Preset | None:
    return next((one for one in all_presets() if one.code == code), None)
