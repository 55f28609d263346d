"""Items -> a workbook: the form filled in, or empty with examples and a guide."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext_noop
from xlsxwriter import Workbook

from lantoa.items.exchange.markup import files_in
from lantoa.items.exchange.rows import Belongs, Content, Files, Note, Outgoing, Said, Written
from lantoa.items.exchange.spreadsheet import columns
from lantoa.items.exchange.spreadsheet.cells import Cells, to_cells
from lantoa.items.exchange.spreadsheet.examples import EXAMPLES
from lantoa.items.exchange.spreadsheet.guide import GUIDE
from lantoa.web.sheets import FORMATS, FORMULA_SIGNS

BY_NAME = gettext_noop(
    "Ảnh và tệp của câu chỉ đi theo mã; nhập vào hệ thống khác sẽ thiếu. "
    "Muốn mang theo ảnh, hãy dùng Moodle XML."
)
TOO_LONG = gettext_noop("Nội dung dài quá %(limit)s chữ, không vừa một ô; câu không xuất được.")
LONGEST = 32_000
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
ROWS_TO_FILL = 2000
Topics = Sequence[tuple[str, str]]
Line = dict[str, str | int]


def write(items: Iterable[Outgoing], files: Files) -> Written:
    lines: list[Line] = []
    notes: list[Note] = []
    topics: dict[str, str] = {}
    count = 0
    for item in items:
        made = lines_of(item)
        if any(len(cell) > LONGEST for line in made for cell in line.values() if type(cell) is str):
            notes.append(Note(item.label, Said(TOO_LONG, {"limit": LONGEST})))
            continue
        if files_in(item.content):
            notes.append(Note(item.label, Said(BY_NAME)))
        if item.belongs.topic:
            topics[item.belongs.topic] = item.topic_title
        lines += made
        count += 1
    return Written(_book(lines, sorted(topics.items()), list(columns.KINDS)), notes, count)


def template(topics: Topics, kinds: Sequence[str]) -> bytes:
    """The form to fill in, with an example and the way to write each kind that there is."""
    examples = [
        line
        for kind, content in EXAMPLES
        if kind in kinds
        for line in lines_of(Outgoing("Ví dụ", kind, content, Belongs(level="basic")))
    ]
    return _book([], topics, kinds, examples)


def lines_of(item: Outgoing) -> list[Line]:
    """The rows of an item: one, and for a scenario one more for each part."""
    lines = [{**_belongs(item), **_line(item.kind, item.content)}]
    if item.kind == "scenario":
        for part in item.content["parts"]:
            lines.append({**_line(part["kind"], part["content"]), "part": "x"})
    return lines


def _line(kind: str, content: Content) -> Line:
    cells: Cells = to_cells(kind, content)
    options = {
        f"option-{letter}": typed
        for letter, typed in zip(columns.LETTERS, cells.options, strict=False)
    }
    return {"kind": columns.KINDS[kind][0], **cells.at, **options}


def _belongs(item: Outgoing) -> Line:
    belongs = item.belongs
    topic = f"{belongs.topic} | {item.topic_title}" if belongs.topic else ""
    return {
        "label": item.label,
        "topic": topic,
        "competence": belongs.competence,
        "level": columns.LEVELS.get(belongs.level, ""),
        "difficulty": columns.DIFFICULTIES.get(belongs.difficulty, ""),
        "purpose": columns.PURPOSES.get(belongs.purpose, ""),
        "seconds": belongs.seconds or "",
        "source": belongs.source,
        "notes": belongs.notes,
    }


def _keys(lines: Sequence[Line]) -> list[str]:
    """The columns, with as many options as the longest row has."""
    wide = max((sum(key.startswith("option-") for key in line) for line in lines), default=0)
    letters = columns.LETTERS[: max(columns.USUAL_OPTIONS, wide)]
    return [*columns.BEFORE, *(f"option-{letter}" for letter in letters), *columns.AFTER]


def _book(
    lines: Sequence[Line], topics: Topics, kinds: Sequence[str], examples: Sequence[Line] = ()
) -> bytes:
    file = io.BytesIO()
    with Workbook(file, OPTIONS) as book:
        formats = {key: book.add_format(look) for key, look in FORMATS.items()}
        sheet = book.add_worksheet(columns.SHEET)
        keys = _keys([*lines, *examples])
        _fill(sheet, keys, lines, formats)
        if examples:
            _fill(book.add_worksheet(columns.EXAMPLES), keys, examples, formats)
        _guide(book.add_worksheet(columns.GUIDE), kinds, formats)
        lists = _lists(book.add_worksheet(columns.LISTS), topics, kinds, formats)
        _ask(sheet, keys, lists, max(ROWS_TO_FILL, len(lines)))
    return file.getvalue()


def _fill(sheet: Any, keys: Sequence[str], lines: Iterable[Line], formats: dict[str, Any]) -> None:
    for at, key in enumerate(keys):
        option = key.startswith("option-")
        header = f"Phương án {key[-1]}" if option else columns.COLUMNS[key][0]
        sheet.set_column(at, at, 26 if option else columns.COLUMNS[key][1])
        sheet.write_string(0, at, header, formats["head"])
    sheet.freeze_panes(1, 0)
    for row, line in enumerate(lines, start=1):
        for at, key in enumerate(keys):
            put(sheet, row, at, line.get(key, ""), formats)


def put(sheet: Any, row: int, at: int, cell: str | int, formats: dict[str, Any]) -> None:
    """A count as a number; words as words, whatever they begin with."""
    if isinstance(cell, int):
        sheet.write_number(row, at, cell, formats["whole"])
    elif cell:
        look = "quoted" if cell.startswith(FORMULA_SIGNS) else "text"
        sheet.write_string(row, at, cell, formats[look])


def _guide(sheet: Any, kinds: Sequence[str], formats: dict[str, Any]) -> None:
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 100)
    shown = [(head, text) for head, text, kind in GUIDE if not kind or kind in kinds]
    for row, (head, text) in enumerate(shown):
        put(sheet, row, 0, head, {"text": formats["text"], "quoted": formats["quoted"]})
        put(sheet, row, 1, text, formats)


def _lists(
    sheet: Any, topics: Topics, kinds: Sequence[str], formats: dict[str, Any]
) -> dict[str, str]:
    """The words that columns choose from, and where each list stands."""
    lists = {
        "topic": [f"{code} | {title}" for code, title in topics],
        "kind": [columns.KINDS[kind][0] for kind in kinds if kind in columns.KINDS],
        "level": list(columns.LEVELS.values()),
        "difficulty": list(columns.DIFFICULTIES.values()),
        "purpose": list(columns.PURPOSES.values()),
        "scoring": list(columns.SCORINGS.values()),
    }
    places = {}
    for at, (key, words) in enumerate(lists.items()):
        sheet.set_column(at, at, 60 if key == "topic" else 24)
        sheet.write_string(0, at, columns.COLUMNS[key][0], formats["head"])
        for row, word in enumerate(words, start=1):
            put(sheet, row, at, word, formats)
        if words:
            letter = columns.LETTERS[at]
            places[key] = f"='{columns.LISTS}'!${letter}$2:${letter}${len(words) + 1}"
    return places


def _ask(sheet: Any, keys: Sequence[str], lists: dict[str, str], rows: int) -> None:
    """Drop-down lists, and a warning beside what isn't in them."""
    for key, place in lists.items():
        at = keys.index(key)
        asked = {
            "validate": "list",
            "source": place,
            "error_type": "warning",
            "error_title": columns.COLUMNS[key][0],
            "error_message": f"Hãy chọn trong danh sách (trang “{columns.LISTS}”).",
        }
        sheet.data_validation(1, at, rows, at, asked)
    at = keys.index("seconds")
    whole = {
        "validate": "integer",
        "criteria": "between",
        "minimum": 1,
        "maximum": 30_000,
        "error_title": columns.COLUMNS["seconds"][0],
        "error_message": "Số giây là số nguyên từ 1 đến 30000.",
    }
    sheet.data_validation(1, at, rows, at, whole)
