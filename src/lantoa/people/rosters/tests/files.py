"""Builds roster files of every kind for the tests, with the shapes that units really send."""

import csv
import importlib
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import xlsxwriter

from lantoa.people.rosters import ParsedRoster, ParsedRow, SheetOverride, parse_roster

# Both libraries come without types.
xlwt: Any = importlib.import_module("xlwt")
opendocument: Any = importlib.import_module("odf.opendocument")
odf_table: Any = importlib.import_module("odf.table")
odf_text: Any = importlib.import_module("odf.text")

AS_OF = date(2026, 7, 1)
Rows = Sequence[Any]
"""Rows of cells; loosely typed, as lists of lists of mixed cells are."""

PLAIN_HEADER = ["STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị công tác", "Số điện thoại"]
PLAIN: list[list[Any]] = [
    PLAIN_HEADER,
    [1, "Nguyễn Thị Thúy", "18/07/1973", "Giáo viên", "Xã Văn Hán", "0868601140"],
    [2, "Đỗ Hồng Ngân", "20/3/1990", "Kế toán", "Văn Hán", "0702976743"],
]


def xlsx(sheets: Mapping[str, Rows], merged: Sequence[str] = (), hidden: str = "") -> bytes:
    """A workbook: None stays blank, dates become real dates; `merged` (A1:D1) in each sheet."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    day = workbook.add_format({"num_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = workbook.add_worksheet(name)
        for span in merged:
            sheet.merge_range(span, "")
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write(r, c, value, day)
                elif value is not None:
                    sheet.write(r, c, value)
        if name == hidden:
            sheet.hide()
    workbook.close()
    return buffer.getvalue()


def xls(rows: Rows) -> bytes:
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("Danh sách")
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, date):
                sheet.write(r, c, value, day)
            elif value is not None:
                sheet.write(r, c, value)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def ods(rows: Rows) -> bytes:
    document = opendocument.OpenDocumentSpreadsheet()
    table = odf_table.Table(name="Danh sách")
    for row in rows:
        line = odf_table.TableRow()
        for value in row:
            line.addElement(_ods_cell(value))
        table.addElement(line)
    # LibreOffice ends every sheet with a million repeated empty rows.
    blank = odf_table.TableRow(numberrowsrepeated=1_000_000)
    blank.addElement(odf_table.TableCell(numbercolumnsrepeated=16_000))
    table.addElement(blank)
    document.spreadsheet.addElement(table)
    buffer = io.BytesIO()
    document.write(buffer)
    return buffer.getvalue()


def _ods_cell(value: Any) -> Any:
    if value is None:
        return odf_table.TableCell()
    if isinstance(value, date):
        return odf_table.TableCell(valuetype="date", datevalue=value.isoformat())
    if isinstance(value, int):
        return odf_table.TableCell(valuetype="float", value=str(value))
    cell = odf_table.TableCell(valuetype="string")
    cell.addElement(odf_text.P(text=value))
    return cell


def delimited(rows: Rows, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(
        [["" if cell is None else cell for cell in row] for row in rows]
    )
    return text.getvalue().encode(encoding)


def repacked(workbook: bytes, change: Callable[[str, bytes], bytes], **added: bytes) -> bytes:
    """A packed workbook with parts changed, and with parts added."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in added.items():
            new.writestr(name, content)
    return buffer.getvalue()


def read(
    rows: Rows,
    overrides: dict[str, SheetOverride] | None = None,
    merged: Sequence[str] = (),
) -> ParsedRoster:
    return parse_roster(
        xlsx({"Sheet1": rows}, merged), "danh-sach.xlsx", overrides=overrides, as_of=AS_OF
    )


def read_rows(rows: Rows, merged: Sequence[str] = ()) -> list[ParsedRow]:
    return list(read(rows, merged=merged).rows)


def codes(row: ParsedRow) -> list[str]:
    return [issue.code for issue in row.issues]
