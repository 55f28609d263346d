"""A provider's list as a file: people by the reader of rosters, and the columns of results."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from lantoa.accounts.queries import personal_number_hash
from lantoa.kernel import clock
from lantoa.kernel.text import fold, nfc
from lantoa.people.rosters import (
    ParsedRow,
    ParsedSheet,
    RosterRefused,
    Sheet,
    parse_sheets,
    read_sheets,
)
from lantoa.people.rosters.reading import Cell
from lantoa.providers.given import Given, ListRefused

# Folded headings; the first column that bears one of them is taken.
HEADINGS: Final = {
    "code": ("ma hoc vien", "ma hv", "ma so hoc vien", "ma hoc vien lan toa"),
    "passed": ("ket qua", "dat chua dat", "ket qua dat chua dat", "xep loai", "hoan thanh"),
    "score": ("diem", "diem so", "tong diem", "diem tong ket", "diem kiem tra", "diem thi"),
    "on": ("ngay hoan thanh", "ngay co ket qua", "ngay thi", "ngay kiem tra", "ngay dat"),
    "reference": (
        "minh chung", "so chung nhan", "so giay chung nhan", "so hieu", "ma xac nhan",
        "duong dan minh chung",
    ),
}  # fmt: skip


def read_given(data: bytes, filename: str) -> list[Given]:
    """Every row of every sheet that lists people. Raises ListRefused."""
    try:
        sheets = read_sheets(data, filename)
    except RosterRefused as refused:
        raise ListRefused(_(refused.template) % refused.params) from refused
    parsed = parse_sheets(sheets, filename, as_of=clock.today())
    found: list[Given] = []
    listed = with_results = False
    for raw, sheet in zip(sheets, parsed.sheets, strict=True):
        if not sheet.header_row:
            continue
        columns = _columns(sheet)
        listed = True
        with_results = with_results or bool(columns.keys() & {"passed", "score"})
        found += _rows(raw, sheet, columns)
    if not listed:
        raise ListRefused(_("Tệp không có hàng tiêu đề với cột “Họ và tên”."))
    if not with_results:
        raise ListRefused(_("Tệp không có cột “Kết quả” hoặc cột “Điểm”."))
    return found


def _columns(sheet: ParsedSheet) -> dict[str, int]:
    """What stands in which column: by the whole heading, else by its lower part."""
    found: dict[str, int] = {}
    for column in sheet.columns:
        words = {fold(column.header), fold(column.header.rpartition(" – ")[2])}
        for what, headings in HEADINGS.items():
            if what not in found and words & set(headings):
                found[what] = column.index
    return found


def _rows(raw: Sheet, sheet: ParsedSheet, columns: dict[str, int]) -> Iterator[Given]:
    for row in sheet.rows:
        cells = raw.rows[row.row_number - 1]
        texts = {what: _text(cells, index) for what, index in columns.items()}
        yield _given(sheet, row, texts)


def _given(sheet: ParsedSheet, row: ParsedRow, texts: dict[str, str]) -> Given:
    values = row.values
    number = values.personal_number
    return Given(
        place=f"{sheet.name[:100]}: {row.row_number}",
        code=texts.get("code", ""),
        name=values.name.full[:150],
        birth_date=values.birth_date,
        birth_year=values.birth_year,
        phone=values.phone,
        email=values.email.lower(),
        number_hash=personal_number_hash(number) if number else "",
        unit=values.unit[:200],
        passed=texts.get("passed", ""),
        score=texts.get("score", ""),
        on=texts.get("on", ""),
        reference=texts.get("reference", "")[:200],
    )


def _text(cells: list[Cell], index: int) -> str:
    cell = cells[index] if index < len(cells) else None
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return f"{cell:.4f}".rstrip("0").rstrip(".")
    return nfc(str(cell)).strip()
