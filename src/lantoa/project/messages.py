"""Catalogues of the interface: msgids are the Vietnamese sentences, English stands in each domain's
`locale/en`. Babel reads and writes them, so no gettext tools are needed on the machine."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGES = Path(__file__).resolve().parents[1]

KEYWORDS = {
    "_": None,
    "N_": None,  # marks a sentence of pure code, translated by its caller
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}

_STRING = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(
    rf"\b(?:n?p?gettext|_)\(\s*{_STRING}(?:\s*,\s*(?:{_STRING}|\w+))*\s*\)", re.DOTALL
)


@dataclass(frozen=True)
class State:
    package: str
    missing: list[str]  # in the source, not in the catalogue, or without a translation
    obsolete: list[str]


def packages() -> list[Path]:
    return sorted(p for p in PACKAGES.iterdir() if (p / "__init__.py").exists())


def catalogue_path(package: Path) -> Path:
    return package / "locale" / "en" / "LC_MESSAGES" / "django.po"


def _sources(package: Path) -> Iterator[bytes]:
    for path in sorted(package.rglob("*.py")):
        if not {"tests", "migrations"} & set(path.parts):
            yield path.read_bytes()
    for path in sorted([*package.rglob("*.html"), *package.rglob("templates/**/*.txt")]):
        yield _calls(templatize(path.read_text(), origin=str(path))).encode()


def _calls(templatized: str) -> str:
    """Only the translation calls of Django's rendering of a template as code, one a line: what
    stands around them is filler that is not Python."""
    return "\n".join(match.group() for match in CALL.finditer(templatized))


def extracted(package: Path) -> Catalog:
    found = Catalog(locale="en", fuzzy=False)
    for source in _sources(package):
        for _line, message, _comments, context in extract(
            "python", BytesIO(source), keywords=KEYWORDS
        ):
            found.add(message, context=context)
    return found


def _read(package: Path) -> Catalog:
    path = catalogue_path(package)
    if not path.exists():
        return Catalog(locale="en", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale="en")


def _translated(message: object) -> bool:
    strings = [message] if isinstance(message, str) else list(message or ())  # type: ignore[call-overload]
    return bool(strings) and all(strings)


def state(package: Path) -> State:
    wanted, held = extracted(package), _read(package)
    missing, keys = [], set()
    for message in wanted:
        if not message.id:
            continue
        keys.add((message.id, message.context))
        there = held.get(message.id, message.context)
        if there is None or there.fuzzy or not _translated(there.string):
            missing.append(str(message.id))
    obsolete = [str(m.id) for m in held if m.id and (m.id, m.context) not in keys]
    return State(package.name, missing, obsolete)


def update(package: Path) -> State:
    """Bring the catalogue's msgids up to the source, keeping its translations."""
    wanted, held = extracted(package), _read(package)
    merged = Catalog(locale="en", fuzzy=False, charset="utf-8")
    for message in wanted:
        if message.id:
            there = held.get(message.id, message.context)
            # A sentence that has become a plural begins without a translation.
            same = there is not None and isinstance(there.id, tuple) == isinstance(
                message.id, tuple
            )
            string = there.string if there is not None and same else None
            merged.add(message.id, string, context=message.context)
    if len(merged):
        path = catalogue_path(package)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, merged, width=100, sort_output=True, omit_header=False, no_location=True)
        _without_dates(path)
    else:
        catalogue_path(package).unlink(missing_ok=True)
    return state(package)


def _without_dates(path: Path) -> None:
    # Dates and tool versions in the header would make every run a change.
    lines = path.read_text().splitlines(keepends=True)
    noise = ('"POT-Creation-Date', '"PO-Revision-Date', '"Generated-By', '"Last-Translator')
    path.write_text("".join(line for line in lines if not line.startswith(noise)))


def compile_all() -> int:
    """Write the .mo files that Django reads; return how many catalogues there are."""
    # `locale/vi` is written by hand: Django's own sentences, said our way.
    sources = sorted(PACKAGES.glob("*/locale/*/LC_MESSAGES/django.po"))
    for path in sources:
        with path.open("rb") as source, path.with_suffix(".mo").open("wb") as file:
            write_mo(file, read_po(source, locale=path.parent.parent.name))
    return len(sources)
