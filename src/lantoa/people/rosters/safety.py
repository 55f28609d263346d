"""Looks into a packed file before anything opens it: bombs, macros, passwords, endless sheets.

Sizes are counted by really unpacking, piece by piece: what an archive says about itself may lie.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from lantoa.people.rosters import limits
from lantoa.people.rosters.refusals import RosterRefused

_PIECE = 1 << 18
_LOCAL_HEADER = 30
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*?(?<!/)>')
_ROW = re.compile(rb'<(?:\w+:)?row\s[^>]*?\br="(\d{1,7})"')
_FAR_COLUMN = re.compile(rb'\br="(?:[A-Z]{3}|B[I-Z]|[C-Z][A-Z])\d')  # BI is the 61st
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"


def check_archive(data: bytes, extension: str) -> None:
    """Refuse a packed workbook (.xlsx or .ods) that is not one, or not safe to open.

    Raises RosterRefused.
    """
    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise RosterRefused("damaged") from error
    _check_contents(data, entries, extension)
    total = 0
    rows = _RowCounter()
    for entry in entries:
        counted = rows.part() if _may_be_sheet(entry.filename) else None
        for piece in unpacked(data, entry):
            total += len(piece)
            if total > limits.MAX_UNPACKED_BYTES or (
                total > limits.RATIO_FROM_BYTES and total > limits.MAX_RATIO * len(data)
            ):
                raise RosterRefused("unpacks_too_big")
            if counted is not None:
                counted.feed(piece)


def unpacked(data: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of an entry as they really unpack, in pieces."""
    header = data[entry.header_offset : entry.header_offset + _LOCAL_HEADER]
    if len(header) < _LOCAL_HEADER or not header.startswith(b"PK\x03\x04"):
        raise RosterRefused("damaged")
    name, extra = int.from_bytes(header[26:28], "little"), int.from_bytes(header[28:30], "little")
    start = entry.header_offset + _LOCAL_HEADER + name + extra
    packed = memoryview(data)[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        yield bytes(packed)
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise RosterRefused("damaged")
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    rest: bytes | memoryview = packed
    while rest and not inflater.eof:
        try:
            piece = inflater.decompress(rest, _PIECE)
        except zlib.error as error:
            raise RosterRefused("damaged") from error
        rest = inflater.unconsumed_tail
        yield piece


def _check_contents(data: bytes, entries: list[zipfile.ZipInfo], extension: str) -> None:
    names = {entry.filename: entry for entry in entries}
    lower = {name.lower() for name in names}
    if any(entry.flag_bits & 1 for entry in entries):
        raise RosterRefused("password")
    if any("vbaproject" in name or "/macrosheets/" in name for name in lower):
        raise RosterRefused("macro")
    if any(name.startswith(("basic/", "scripts/")) for name in lower):
        raise RosterRefused("macro")
    if "xl/workbook.bin" in lower:
        raise RosterRefused("binary_workbook")
    is_xlsx = "xl/workbook.xml" in lower
    is_ods = "content.xml" in names and "mimetype" in names
    if is_ods and not is_xlsx:
        kind = b"".join(unpacked(data, names["mimetype"]))[:100]
        is_ods = kind.startswith(_ODS_TYPE)
        manifest = names.get("META-INF/manifest.xml")
        if manifest and b"encryption-data" in b"".join(unpacked(data, manifest)):
            raise RosterRefused("password")
    if is_xlsx == is_ods or is_xlsx != (extension == ".xlsx"):
        raise RosterRefused("wrong_extension", extension=extension)


def _may_be_sheet(name: str) -> bool:
    return name.lower().startswith("xl/") and name.lower().endswith(".xml")


class _RowCounter:
    """Adds up the last filled rows of the sheets of an .xlsx, from the raw XML."""

    def __init__(self) -> None:
        self.rows_before = 0
        self.last_row = 0
        self._tail = b""

    def part(self) -> "_RowCounter":
        self.rows_before += self.last_row
        self.last_row = 0
        self._tail = b""
        return self

    def feed(self, piece: bytes) -> None:
        text = self._tail + piece
        cut = text.rfind(b"<")
        self._tail = text[cut:][:4096] if cut >= 0 else b""
        last = max(map(int, _ROW.findall(text)), default=0)
        if self.rows_before + last > limits.MAX_ROWS or _FAR_COLUMN.search(text):
            last = self._last_filled(text)
        self.last_row = max(self.last_row, last)
        if self.rows_before + self.last_row > limits.MAX_ROWS:
            raise RosterRefused("too_many_rows", limit=limits.MAX_ROWS)

    @staticmethod
    def _last_filled(text: bytes) -> int:
        """The last row with a value. Empty cells, only formatted, may reach as far as they like."""
        cells = _CELL.findall(text)
        if any(_column_number(column) > limits.MAX_COLUMNS for column in {c for c, _ in cells}):
            raise RosterRefused("too_many_columns", limit=limits.MAX_COLUMNS)
        return max((int(row) for _, row in cells), default=0)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
