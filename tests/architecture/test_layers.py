"""What import-linter can't see: foreign keys point down, and the tree keeps its form."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "lantoa"
LINES_MOST = 400
# Order within a domain: a file may import those to its right, never to its left.
INSIDE = ["urls", "views", "forms", "tasks", "actions", "queries", "permissions", "sql", "models"]


def layers() -> dict[str, int]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contract = settings["tool"]["importlinter"]["contracts"][0]
    ranks: dict[str, int] = {}
    for rank, line in enumerate(reversed(contract["layers"])):
        for name in line.split("|"):
            ranks[name.strip()] = rank
    return ranks


def modules() -> Iterator[Path]:
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in path.parts and "tests" not in path.parts:
            yield path


def test_every_package_has_its_place_in_the_order() -> None:
    found = {p.name for p in SOURCE.iterdir() if (p / "__init__.py").exists()}
    assert found == set(layers())


def test_foreign_keys_point_down() -> None:
    ranks = layers()
    wrong = []
    for model in apps.get_models():
        here = model.__module__.split(".")
        if here[0] != "lantoa":
            continue
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if field.auto_created or target is None or isinstance(target, str):
                continue
            there = target.__module__.split(".")
            if there[0] == "lantoa" and ranks[there[1]] > ranks[here[1]]:
                wrong.append(f"{model.__name__}.{field.name}")
    assert wrong == []


def test_no_module_is_too_long() -> None:
    long = {
        str(p.relative_to(ROOT)): n
        for p in modules()
        if (n := len(p.read_text().splitlines())) > LINES_MOST
    }
    assert long == {}


def test_no_signals_and_no_save_overrides() -> None:
    wrong = []
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").endswith(".dispatch"):
                wrong.append(f"{path.relative_to(ROOT)}: signals")
            if isinstance(node, ast.FunctionDef) and node.name == "save":
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} save()")
    assert wrong == []


def _inside_imports(path: Path) -> Iterator[str]:
    domain = path.relative_to(SOURCE).parts[0]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            parts = node.module.split(".")
            if parts[:2] == ["lantoa", domain] and len(parts) > 2:
                yield parts[2]


def _word(path: Path) -> str:
    parts = path.relative_to(SOURCE).parts
    return parts[1].removesuffix(".py") if len(parts) > 1 else ""


@pytest.mark.parametrize(
    "path",
    [p for p in modules() if _word(p) in INSIDE],
    ids=lambda p: str(p.relative_to(SOURCE)),
)
def test_calls_inside_a_domain_go_down(path: Path) -> None:
    word = _word(path)
    above = set(INSIDE[: INSIDE.index(word)])
    # An action may queue a task and a task call an action of another verb: both write.
    above -= {"tasks"} if word == "actions" else set()
    assert above & set(_inside_imports(path)) == set()


def test_time_comes_from_the_clock() -> None:
    wrong = []
    for path in modules():
        text = path.read_text()
        if path.name != "clock.py" and ("timezone.now(" in text or "datetime.now(" in text):
            wrong.append(str(path.relative_to(ROOT)))
    assert wrong == []
