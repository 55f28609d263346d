"""A workbook -> its items."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_noop

from lantoa.items.exchange.rows import Belongs, FileWrong, Read, ReadRow, Said
from lantoa.items.exchange.spreadsheet import columns
from lantoa.items.exchange.spreadsheet.cells import READ, Cells, count_of, letters_of, truths_of
from lantoa.items.exchange.spreadsheet.gapcodes import OddCell
from lantoa.kernel.text import fold, nfc
from lantoa.people.rosters.reading import Cell, Sheet, read_sheets
from lantoa.people.rosters.refusals import RosterRefused

LONGEST_CELL = 32_767
HEADER_WITHIN = 20
NO_HEADER = gettext_noop(
    "Không tìm thấy hàng tiêu đề có cột “Nội dung câu hỏi” và “Đáp án”. Hãy dùng mẫu bảng tính."
)
NO_KIND = gettext_noop("Chưa ghi dạng câu, và đáp án không cho biết là dạng nào.")
ODD_KIND = gettext_noop("Không có dạng câu “%(text)s”.")
ODD_WORD = gettext_noop("“%(text)s” không phải giá trị của cột “%(column)s”.")
ALONE = gettext_noop("Câu con nhưng phía trên không có câu tình huống.")
NESTED = gettext_noop("Câu tình huống không thể là câu con.")
OF_PART = gettext_noop("Câu con ở hàng %(row)s: %(problem)s")
REFUSALS = {
    "too_big": gettext_noop("Tệp lớn hơn %(limit)s MB. Hãy chia thành nhiều tệp."),
    "unpacks_too_big": gettext_noop("Tệp bung ra quá lớn. Hãy chép riêng câu hỏi sang tệp mới."),
    "too_many_rows": gettext_noop("Tệp có dữ liệu quá %(limit)s hàng. Hãy chia thành nhiều tệp."),
    "too_many_columns": gettext_noop("Tệp có dữ liệu quá %(limit)s cột. Hãy dùng mẫu bảng tính."),
}
_ASIDE = frozenset(fold(name) for name in (columns.EXAMPLES, columns.GUIDE, columns.LISTS))


def read(data: bytes, filename: str) -> Read:
    try:
        sheets = read_sheets(data, filename, longest_cell=LONGEST_CELL, lone_cells=False)
    except RosterRefused as refused:
        said = REFUSALS.get(refused.code, refused.template)
        raise FileWrong(Said(said, refused.params)) from refused
    rows: list[ReadRow] = []
    found = False
    for sheet in sheets:
        header = None if fold(sheet.name) in _ASIDE else _header(sheet)
        if header:
            found = True
            rows += _gathered(_rows(sheet, *header, several=len(sheets) > 1))
    if not found:
        raise FileWrong(Said(NO_HEADER))
    return Read(rows)


def _header(sheet: Sheet) -> tuple[int, dict[int, str]] | None:
    """The row of headers, and what each column is."""
    for at, row in enumerate(sheet.rows[:HEADER_WITHIN]):
        named = {i: key for i, cell in enumerate(row) if (key := columns.key_of(_text(cell)))}
        keys = set(named.values())
        if "stem" in keys and keys & {"answer", "option-A"}:
            return at, named
    return None


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return nfc(str(cell)).replace("\r\n", "\n").strip()


Found = tuple[ReadRow, bool]


def _rows(sheet: Sheet, header: int, named: dict[int, str], *, several: bool) -> Iterator[Found]:
    """Each row that says something, and whether it is a part of the scenario above."""
    for number, row in enumerate(sheet.rows[header + 1 :], start=header + 2):
        cells = Cells()
        options: dict[str, str] = {}
        for at, key in named.items():
            cell = row[at] if at < len(row) else None
            if not (text := _text(cell)):
                continue
            if key.startswith("option-"):
                options[key] = text
            else:
                cells.at[key] = text
            if key == "answer":
                cells.numeric = isinstance(cell, int | float) and not isinstance(cell, bool)
        cells.options = [options[key] for key in sorted(options)]
        if set(cells.at) - {"label", "topic", "kind", "level"} or options:
            read_row = _row(number, cells)
            read_row.place = sheet.name if several else ""
            yield read_row, fold(cells.get("part")) in columns.YES


def _row(number: int, cells: Cells) -> ReadRow:
    row = ReadRow(number, words=cells.get("stem")[:200])
    row.belongs = _belongs(cells, row)
    try:
        row.kind = _kind(cells)
        row.content = READ[row.kind](cells)
    except OddCell as odd:
        row.problems.append(odd.said)
    return row


def _kind(cells: Cells) -> str:
    if typed := cells.get("kind"):
        if kind := columns.kind_named(typed):
            return kind
        raise OddCell(ODD_KIND, text=typed[:40])
    answer = cells.get("answer")
    for reads, kind in ((letters_of, ""), (truths_of, "true_false")):
        try:
            found = reads(answer)
        except OddCell:
            continue
        if cells.options:
            return kind or ("single_choice" if len(found) == 1 else "multiple_response")
    raise OddCell(NO_KIND)


def _belongs(cells: Cells, row: ReadRow) -> Belongs:
    belongs = Belongs(
        topic=columns.topic_code(cells.get("topic")),
        competence=columns.topic_code(cells.get("competence")),
        source=cells.get("source")[:300],
        notes=cells.get("notes"),
    )
    for key, labels in (
        ("level", columns.LEVELS),
        ("difficulty", columns.DIFFICULTIES),
        ("purpose", columns.PURPOSES),
    ):
        if typed := cells.get(key):
            setattr(belongs, key, columns.code_named(typed, labels))
            if not getattr(belongs, key):
                told = {"text": typed[:40], "column": columns.COLUMNS[key][0]}
                row.problems.append(Said(ODD_WORD, told))
    try:
        belongs.seconds = count_of(cells.get("seconds"))
    except OddCell as odd:
        row.problems.append(odd.said)
    return belongs


def _gathered(found: Iterator[Found]) -> list[ReadRow]:
    """The items, each part with its scenario."""
    rows: list[ReadRow] = []
    for row, is_part in found:
        if not is_part:
            rows.append(row)
        elif not rows or rows[-1].kind != "scenario":
            row.problems.insert(0, Said(ALONE))
            rows.append(row)
        else:
            _join(rows[-1], row)
    return rows


def _join(scenario: ReadRow, part: ReadRow) -> None:
    if part.kind == "scenario":
        part.problems.append(Said(NESTED))
    for said in part.problems:
        scenario.problems.append(Said(OF_PART, {"row": part.number, "problem": said.sentence}))
    if not scenario.problems:
        scenario.content["parts"].append({"kind": part.kind, "content": part.content})
