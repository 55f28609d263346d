"""Lists as .xlsx, in the form in which offices exchange them."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO, Any

from django.http import FileResponse
from django.utils.text import slugify
from xlsxwriter import Workbook

from lantoa.kernel.text import fold

Cell = str | int | float | Decimal | date | None
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A cell that begins so is read as a formula by whoever saves and opens it as text (OWASP: CSV
# injection); it is written as text with the quote mark that spreadsheets understand.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
# Rows go to disk as they come, so that memory doesn't grow with them.
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
A4 = 9
# Office documents are set in a Times-like serif (NĐ 30/2020).
FONT = {"font_name": "Times New Roman", "font_size": 12}
PLAIN = {**FONT, "border": 1, "valign": "top"}
FORMATS: dict[str, dict[str, Any]] = {
    "title": {**FONT, "bold": True},
    "head": {**PLAIN, "bold": True, "align": "center", "valign": "vcenter", "text_wrap": True},
    "text": {**PLAIN, "text_wrap": True},
    "quoted": {**PLAIN, "text_wrap": True, "quote_prefix": True},
    "whole": {**PLAIN, "num_format": "#,##0"},
    "share": {**PLAIN, "num_format": "0.0%"},
    "exact": {**PLAIN, "num_format": "General"},
    "day": {**PLAIN, "num_format": "dd/mm/yyyy", "align": "left"},
}


def sheet_response(
    filename: str,
    name: str,
    heads: Sequence[tuple[str, int]],
    rows: Iterable[Iterable[Cell]],
    *,
    titles: Sequence[str] = (),
) -> FileResponse:
    """A download of one sheet: title lines, a frozen header of (label, width), typed rows.

    A whole number is a count, a Decimal stands as it is, any other number is a share; text is never
    a formula. `filename` is words without an ending.
    """
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    write_sheet(file, name, heads, rows, titles=titles)
    return _download(file, filename)


def write_sheet(
    file: IO[bytes],
    name: str,
    heads: Sequence[tuple[str, int]],
    rows: Iterable[Iterable[Cell]],
    *,
    titles: Sequence[str] = (),
) -> None:
    """The same into a file, which then stands at its beginning."""
    with Workbook(file, OPTIONS) as book:
        _write(book, name, heads, rows, titles)
    file.seek(0)


def _download(file: IO[bytes], filename: str) -> FileResponse:
    words = slugify(fold(filename)) or "danh-sach"
    return FileResponse(file, as_attachment=True, filename=f"{words}.xlsx", content_type=XLSX)


def _write(
    book: Any,
    name: str,
    heads: Sequence[tuple[str, int]],
    rows: Iterable[Iterable[Cell]],
    titles: Sequence[str],
) -> None:
    formats = {key: book.add_format(look) for key, look in FORMATS.items()}
    sheet = book.add_worksheet(name[:31])
    for row, words in enumerate(titles):
        sheet.write_string(row, 0, words, formats["title"])
    top = len(titles) + 1 if titles else 0
    for column, (label, width) in enumerate(heads):
        sheet.set_column(column, column, width)
        sheet.write_string(top, column, label, formats["head"])
    sheet.freeze_panes(top + 1, 2)
    sheet.repeat_rows(top)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    for row, cells in enumerate(rows, start=top + 1):
        for column, cell in enumerate(cells):
            _put(sheet, row, column, cell, formats)


def _put(sheet: Any, row: int, column: int, cell: Cell, formats: dict[str, Any]) -> None:
    if cell is None or cell == "":
        sheet.write_blank(row, column, None, formats["text"])
    elif isinstance(cell, str):
        look = "quoted" if cell.startswith(FORMULA_SIGNS) else "text"
        sheet.write_string(row, column, cell, formats[look])
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell, formats["day"])
    elif isinstance(cell, Decimal):
        sheet.write_number(row, column, cell, formats["exact"])
    else:
        look = "whole" if isinstance(cell, int) else "share"
        sheet.write_number(row, column, cell, formats[look])
