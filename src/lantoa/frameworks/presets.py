"""The frameworks shipped as data: one TOML file each in `data/`.

A file has `code`, `title`, `legal_basis`, `grade`, maybe `valid_from`/`valid_until`, and
`[[nodes]]` of `kind`, `code`, `title` with their own `[[nodes.nodes]]`.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from lantoa.frameworks.rules import NodeSpec

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Preset:
    code: str
    title: str
    legal_basis: str
    grade: str
    valid_from: date | None
    valid_until: date | None
    nodes: Sequence[NodeSpec]


def _node(raw: Mapping[str, Any]) -> NodeSpec:
    children = tuple(_node(child) for child in raw.get("nodes", ()))
    return NodeSpec(raw["kind"], str(raw["code"]), raw["title"], children)


def presets() -> Iterator[Preset]:
    for path in sorted(DATA.glob("*.toml")):
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        yield Preset(
            code=raw["code"],
            title=raw["title"],
            legal_basis=raw.get("legal_basis", ""),
            grade=raw["grade"],
            valid_from=raw.get("valid_from"),
            valid_until=raw.get("valid_until"),
            nodes=tuple(_node(node) for node in raw["nodes"]),
        )
