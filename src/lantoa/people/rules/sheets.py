"""Writing people down in a spreadsheet as units expect it."""

import io
from collections.abc import Iterable, Sequence
from datetime import date

import xlsxwriter

Cell = str | int | date | None
# A cell that begins so is read as a formula by whoever saves and opens it as text (OWASP: CSV
# injection); it is written as text with the quote mark that spreadsheets understand.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def workbook(
    sheet_name: str, headers: Sequence[str], widths: Sequence[int], rows: Iterable[Sequence[Cell]]
) -> io.BytesIO:
    """An .xlsx with one sheet: a bold frozen header, days as dd/mm/yyyy, text never a formula.
    Rows are written as they come; memory doesn't grow with them."""
    file = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1})
        day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
        quoted = book.add_format({"quote_prefix": True})
        sheet = book.add_worksheet(sheet_name)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        for column, header in enumerate(headers):
            sheet.write_string(0, column, header, head)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, column, cell, day)
                elif isinstance(cell, int):
                    sheet.write_number(number, column, cell)
                elif cell:
                    style = quoted if cell.startswith(FORMULA_SIGNS) else None
                    sheet.write_string(number, column, cell, style)
    file.seek(0)
    return file
