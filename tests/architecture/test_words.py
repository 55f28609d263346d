"""No sentence reaches a screen in one language only: Vietnamese stands where it can be translated.

`bin/lantoa messages --check` finds msgids without English; this finds words that were never msgids.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "lantoa"
# Letters only Vietnamese has (é, â and the like stand in other languages' names too).
VIETNAMESE = re.compile("[ăđơưĂĐƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
# Names are the same in every language.
# "Giấy chứng nhận" is what a certificate is titled until its programme says otherwise.
NAMES = re.compile(
    "Lan Tỏa|Tiếng Việt|Việt Nam|^Giấy chứng nhận$"
    # Documents of the state begin with these whoever reads them.
    "|^Độc lập – Tự do – Hạnh phúc$|^CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM$"
)
TRANSLATED = {
    "_", "N_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy",
    "pgettext", "pgettext_lazy", "npgettext",
}  # fmt: skip
# Words that are data or talk to the operator's terminal, not a screen's: the alphabet and the
# sheets' vocabulary, the model province, commands, names of browsers and islands, what a verb is
# called in a statement, the style guide, an answer given before anybody's language is known.
DATA = (
    "accounts/devices.py",
    "files/delivery.py",
    "frameworks/rules.py",
    "people/queries/roster_judging.py",
    "records/verbs.py",
    "reports/rules/drawing.py",
    "web/views.py",
    "kernel/",
    "people/rosters/",
    "people/rules/",
    "people/actions/load_units.py",
    "people/catalogue",
    "demo/",
    "project/",
    "/management/commands/",
    "reports/rules/shapes.py",
    "frameworks/models.py",
    # What files hold, the same in every language: columns, markers, the guide inside a workbook.
    "items/exchange/aiken.py",
    "items/exchange/shares.py",
    "items/exchange/moodle_xml/typed.py",
    "items/exchange/spreadsheet/",
)
TAGS = re.compile(
    r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}"
    r"|{%\s*comment\b.*?{%\s*endcomment\s*%}|{#.*?#}|{%.*?%}|{{.*?}}",
    re.DOTALL,
)


def templates() -> list[Path]:
    return [p for p in sorted(SOURCE.rglob("*.html")) if "styleguide" not in p.name]


def modules() -> Iterator[Path]:
    for path in sorted(SOURCE.rglob("*.py")):
        told = path.relative_to(SOURCE).as_posix()
        if "tests/" in told or "migrations/" in told or any(d in f"/{told}" for d in DATA):
            continue
        yield path


def untranslated(tree: ast.AST) -> Iterator[str]:
    """Vietnamese strings outside a translating call, docstrings apart."""
    covered: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else ""
            if name in TRANSLATED:
                covered |= {id(inner) for inner in ast.walk(node)}
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            covered.add(id(node.value))
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in covered
            and VIETNAMESE.search(NAMES.sub("", node.value))
        ):
            yield f"{node.lineno}: {node.value[:80]}"


@pytest.mark.parametrize("path", templates(), ids=lambda p: p.name)
def test_a_template_says_everything_in_both_languages(path: Path) -> None:
    bare = NAMES.sub("", TAGS.sub("", path.read_text()))
    left = [line.strip()[:80] for line in bare.splitlines() if VIETNAMESE.search(line)]
    assert left == []


def test_code_says_everything_in_both_languages() -> None:
    left = [
        f"{path.relative_to(ROOT)}:{found}"
        for path in modules()
        for found in untranslated(ast.parse(path.read_text()))
    ]
    assert left == []
