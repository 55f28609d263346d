"""A roster file as bytes -> its sheets as cells, or a refusal with a reason."""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePath
from typing import Any

from lantoa.kernel.encodings import LegacyEncoding, common_encoding, convert, legacy_encoding
from lantoa.people.rosters import limits
from lantoa.people.rosters.delimited import read_delimited
from lantoa.people.rosters.refusals import RosterRefused
from lantoa.people.rosters.safety import check_archive

Cell = str | int | float | bool | date | None
Span = tuple[tuple[int, int], tuple[int, int]]
"""First and last cell of a merged range, each (row, column), counted from 0."""

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_READER = Path(__file__).with_name("open_workbook.py")
_TEXT_EXTENSIONS = (".csv", ".tsv", ".txt")
_EXTENSIONS = (".xlsx", ".xls", ".ods", *_TEXT_EXTENSIONS)


@dataclass(slots=True)
class Sheet:
    """The cells of a sheet from A1 on: texts in Unicode, but not cleaned yet."""

    name: str
    rows: list[list[Cell]]
    hidden: bool = False
    merged: list[Span] = field(default_factory=list)
    encoding: LegacyEncoding | None = None
    """The old encoding of the whole sheet, if it had one."""
    converted: dict[tuple[int, int], LegacyEncoding] = field(default_factory=dict)
    """(row, column) of the cells that were in an old encoding, counted from 0."""


def check_roster(data: bytes, filename: str) -> None:
    """Raise RosterRefused for whatever `read_sheets` would refuse; keeps nothing. For the door at
    which files come in: a hostile one may take CHECK_SECONDS, in a process of its own."""
    extension = _checked_extension(data, filename)
    if extension in _TEXT_EXTENSIONS:
        # To the end: a limit may be passed in the last row.
        filled = sum(cell is not None for row in read_delimited(data) for cell in row) > 0
    else:
        filled = bool(_open_apart(data, limits.CHECK_SECONDS, only_check=True)["filled"])
    if not filled:
        raise RosterRefused("empty_file")


def read_sheets(
    data: bytes,
    filename: str,
    *,
    longest_cell: int = limits.MAX_CELL_CHARACTERS,
    lone_cells: bool = True,
) -> list[Sheet]:
    """The sheets of a file that holds a list: a roster, or items of the bank. Longer cells are cut.

    `lone_cells`: a cell may be of an old encoding where its sheet isn't. That is so of names pasted
    together from many units; in running text it would change words of other languages.
    Raises RosterRefused.
    """
    extension = _checked_extension(data, filename)
    if extension in _TEXT_EXTENSIONS:
        rows: list[list[Cell]] = [[*row] for row in read_delimited(data, longest_cell)]
        sheets = [Sheet(PurePath(filename).stem[:100], rows)]
    else:
        opened = _open_apart(data, limits.READ_SECONDS, only_check=False, cell=longest_cell)
        sheets = [_sheet(found) for found in opened["sheets"]]
    if not any(cell is not None for sheet in sheets for row in sheet.rows for cell in row):
        raise RosterRefused("empty_file")
    for sheet in sheets:
        _to_unicode(sheet, lone_cells=lone_cells)
    return sheets


def _checked_extension(data: bytes, filename: str) -> str:
    extension = PurePath(filename).suffix.lower()
    _check_kind(data, extension)
    if extension == ".xls":
        _check_old_workbook(data)
    elif extension not in _TEXT_EXTENSIONS:
        check_archive(data, extension)
    return extension


def _to_unicode(sheet: Sheet, *, lone_cells: bool) -> None:
    """Convert the cells that are in an old encoding, and remember which."""
    texts = (cell for row in sheet.rows for cell in row if isinstance(cell, str))
    sheet.encoding = common_encoding(texts)
    for row_index, row in enumerate(sheet.rows):
        for index, cell in enumerate(row):
            if not isinstance(cell, str) or cell.isascii():
                continue
            encoding = sheet.encoding or (legacy_encoding(cell) if lone_cells else None)
            text = convert(cell, encoding) if encoding else cell
            if encoding and text != cell:
                row[index] = text
                sheet.converted[row_index, index] = encoding


def _check_kind(data: bytes, extension: str) -> None:
    if not data.strip(b"\x00\xef\xbb\xbf\xff\xfe\t\r\n "):
        raise RosterRefused("empty_file")
    if len(data) > limits.MAX_FILE_BYTES:
        raise RosterRefused("too_big", limit=limits.MAX_FILE_BYTES // 1024 // 1024)
    if extension in (".xlsm", ".xltm", ".xlam"):
        raise RosterRefused("macro")
    if extension == ".xlsb":
        raise RosterRefused("binary_workbook")
    if extension not in _EXTENSIONS:
        raise RosterRefused("wrong_type")
    if extension == ".xlsx" and data.startswith(_OLE) and _has_entry(data, "EncryptedPackage"):
        raise RosterRefused("password")
    expected = {".xlsx": _ZIP, ".ods": _ZIP, ".xls": _OLE}.get(extension)
    packed = data.startswith((_ZIP, _OLE, b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc"))
    if (not data.startswith(expected)) if expected else packed:
        raise RosterRefused("wrong_extension", extension=extension)


def _check_old_workbook(data: bytes) -> None:
    if _has_entry(data, "_VBA_PROJECT_CUR") or _has_entry(data, "_VBA_PROJECT"):
        raise RosterRefused("macro")
    if not (_has_entry(data, "Workbook") or _has_entry(data, "Book")):
        raise RosterRefused("wrong_extension", extension=".xls")


def _has_entry(data: bytes, name: str) -> bool:
    """Whether an old Office file holds a part of that name (names stand there in UTF-16)."""
    return name.encode("utf-16-le") + b"\x00\x00" in data


def _open_apart(
    data: bytes, seconds: int, *, only_check: bool, cell: int = limits.MAX_CELL_CHARACTERS
) -> dict[str, Any]:
    """The cells of a workbook, read by a process of its own (see open_workbook)."""
    settings = {
        "sheets": limits.MAX_SHEETS,
        "rows": limits.MAX_ROWS,
        "columns": limits.MAX_COLUMNS,
        "cell": cell,
        "characters": limits.MAX_CHARACTERS,
        "memory": limits.READ_MEMORY_BYTES,
        "seconds": seconds,
        "only_check": only_check,
    }
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(_READER), json.dumps(settings)],
            input=data,
            capture_output=True,
            check=False,
            timeout=seconds * 2,
        )
        answer: dict[str, Any] = json.loads(done.stdout) if done.returncode == 0 else {}
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise RosterRefused("damaged") from error
    if "sheets" not in answer:
        code = answer.pop("refused", "damaged")
        raise RosterRefused(code, **answer)
    return answer


def _sheet(found: dict[str, Any]) -> Sheet:
    rows: list[list[Cell]] = [
        [date.fromisoformat(v["date"]) if type(v) is dict else v for v in row]
        for row in found["rows"]
    ]
    merged = [((a[0], a[1]), (b[0], b[1])) for a, b in found["merged"]]
    return Sheet(found["name"][:100], rows, found["hidden"], merged)
