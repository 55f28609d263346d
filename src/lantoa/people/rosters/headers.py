"""Finds the header of a sheet among its title rows and guesses what each column means."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from lantoa.kernel.text import fold, nfc
from lantoa.people.rosters import evidence
from lantoa.people.rosters.cells import as_text
from lantoa.people.rosters.fields import NAME_FIELDS, Field
from lantoa.people.rosters.header_words import CONTAINED, EXACT, IGNORED
from lantoa.people.rosters.messages import Issue
from lantoa.people.rosters.reading import Cell, Sheet

CERTAIN, LIKELY, UNSURE = 1.0, 0.8, 0.4
_SEARCHED_ROWS: Final = 60
_SAMPLES: Final = 3
_SUB_LABELS: Final = frozenset(
    {"nam", "nu", "ngay", "thang", "ho", "ten", "dem", "ho dem", "so", "x"}
)
_DATE_PARTS: Final = {"ngay": Field.BIRTH_DAY, "thang": Field.BIRTH_MONTH, "nam": Field.BIRTH_YEAR}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet and what it is taken for. `index` counts from 0."""

    index: int
    header: str
    field: Field
    confidence: float
    samples: tuple[str, ...] = ()

    @property
    def letter(self) -> str:
        return column_letter(self.index)


@dataclass(frozen=True, slots=True)
class Header:
    """Where the table begins: header rows from `first` to `last`, counted from 0."""

    first: int
    last: int
    columns: tuple[Column, ...]
    issues: tuple[Issue, ...] = ()

    def index_of(self, field: Field) -> int | None:
        return next((c.index for c in self.columns if c.field is field), None)


def column_letter(index: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def find_header(
    sheet: Sheet, chosen: Mapping[str, Field] | None = None, header_row: int | None = None
) -> Header | None:
    """The header of the sheet, or None when no row names a column of names.

    `chosen` (column letter -> field) overrides the guesses; `header_row` (as numbered in the
    file, from 1) says where the header stands.
    """
    first = _find_row(sheet) if header_row is None else header_row - 1
    if first is None or not 0 <= first < len(sheet.rows):
        return None
    last = first + 1 if _is_second_row(sheet, first) else first
    guesses = _guess_columns(sheet, first, last)
    if chosen:
        guesses = [_overridden(column, chosen) for column in guesses]
    columns, issues = _settle(guesses, chosen or {})
    if not any(column.field in NAME_FIELDS for column in columns):
        return None
    return Header(first, last, tuple(columns), tuple(issues))


def meaning(label: str) -> tuple[Field, float]:
    """What a header wording means, and how sure that is."""
    words = fold(label)
    if words in EXACT:
        return EXACT[words], CERTAIN
    if IGNORED.search(words):
        return Field.IGNORE, LIKELY
    for pattern, field in CONTAINED:
        if pattern.search(words):
            return field, LIKELY
    return Field.IGNORE, 0.0


def _find_row(sheet: Sheet) -> int | None:
    """The row that names the most columns; titles above the table name none or one."""
    best, best_score = None, 1
    for number, row in enumerate(sheet.rows[:_SEARCHED_ROWS]):
        texts = [as_text(cell) for cell in row]
        named = {field for text in texts if 0 < len(text) <= 80 for field in _named(text)}
        score = len(named)
        if named & NAME_FIELDS and score > best_score:
            best, best_score = number, score
    return best


def _named(text: str) -> set[Field]:
    if fold(text) in ("ten", "ho"):
        return {Field.GIVEN}
    field, confidence = meaning(text)
    return {field} if confidence and field is not Field.IGNORE else set()


def _is_second_row(sheet: Sheet, first: int) -> bool:
    """Whether the row below is header too: only short labels, under merged or blank ones."""
    if first + 1 >= len(sheet.rows):
        return False
    above, row = sheet.rows[first], sheet.rows[first + 1]
    filled = [(i, as_text(cell)) for i, cell in enumerate(row) if cell is not None]
    if not filled or any(not isinstance(row[i], str) for i, _ in filled):
        return False
    if all(_is_sub_label(text) for _, text in filled):
        return True
    under_blank = all(
        i >= len(above) or above[i] is None or _spans(sheet, first, i) for i, _ in filled
    )
    return under_blank and any(meaning(text)[1] for _, text in filled)


def _spans(sheet: Sheet, row: int, column: int) -> bool:
    return any(a == (row, column) and b[1] > column for a, b in sheet.merged)


def _is_sub_label(text: str) -> bool:
    words = fold(text)
    return words in _SUB_LABELS or (words in EXACT and len(text) <= 40)


def _guess_columns(sheet: Sheet, first: int, last: int) -> list[Column]:
    tops, subs = _labels(sheet, first, last)
    body = _sample_body(sheet, last + 1)
    width = max([len(tops), *(len(row) for row in body)])
    sub_words = {nfc(sub).lower() for sub in subs}
    columns: list[Column] = []
    for index in range(width):
        top = tops[index] if index < len(tops) else ""
        sub = subs[index] if index < len(subs) else ""
        cells = [row[index] if index < len(row) else None for row in body]
        filled: list[Cell] = [cell for cell in cells if cell is not None]
        if not top and not sub and not filled:
            continue
        field, confidence = _guess(top, sub, sub_words, filled)
        samples = tuple(as_text(cell)[:60] for cell in filled[:_SAMPLES])
        label = " – ".join(part for part in (top, sub) if part)
        columns.append(Column(index, label, field, confidence, samples))
    return _names_apart(columns, body)


def _labels(sheet: Sheet, first: int, last: int) -> tuple[list[str], list[str]]:
    """The upper and lower label of each column. A label over merged columns counts for each."""
    tops = [as_text(cell) for cell in sheet.rows[first]]
    for index, cell in enumerate(sheet.rows[first - 1] if first else ()):
        above = as_text(cell)  # STT merged over both rows stands in the upper one
        if index < len(tops) and not tops[index] and meaning(above)[1] == CERTAIN:
            tops[index] = above
    if last == first:
        return tops, []
    subs = [as_text(cell) for cell in sheet.rows[last]]
    tops += [""] * (len(subs) - len(tops))
    for index, sub in enumerate(subs):
        if sub and not tops[index] and index and subs[index - 1]:
            tops[index] = tops[index - 1]
    return tops, subs


def _guess(top: str, sub: str, sub_words: set[str], cells: list[Cell]) -> tuple[Field, float]:
    if sub:
        under = _under(meaning(top)[0] if top else Field.IGNORE, sub, sub_words, cells)
        if under is not None:
            return under
    label = sub if sub and meaning(sub)[1] else f"{top} {sub}".strip()
    if fold(label) in ("nam", "nu") and not top:
        return _under(Field.IGNORE, label, {"nữ"}, cells) or (Field.IGNORE, 0.0)
    if fold(label) in ("ten", "ho"):
        return (Field.GIVEN if fold(label) == "ten" else Field.FAMILY_MIDDLE), CERTAIN
    return evidence.weigh(*meaning(label), cells, named=bool(label))


def _under(
    top: Field, sub: str, sub_words: set[str], cells: list[Cell]
) -> tuple[Field, float] | None:
    """Nam and Nữ, or Ngày, Tháng, Năm, below a common label."""
    word = nfc(sub).lower()
    male, female = word == "nam", fold(sub) == "nu"
    if top is Field.BIRTH_DATE and fold(sub) in _DATE_PARTS and not sub_words & {"nữ", "nu"}:
        return _DATE_PARTS[fold(sub)], CERTAIN
    if not male and not female:
        return None
    dates, marks = evidence.share_of_dates(cells), evidence.share_of_marks(cells)
    as_dates = Field.BIRTH_DATE_MALE if male else Field.BIRTH_DATE_FEMALE
    as_marks = Field.MALE_MARK if male else Field.FEMALE_MARK
    if top is Field.BIRTH_DATE:
        return (as_marks, LIKELY) if marks > max(dates, 0.5) else (as_dates, CERTAIN)
    if dates > 0.5:
        return as_dates, LIKELY
    return as_marks, CERTAIN if top is Field.SEX else LIKELY


def _names_apart(columns: list[Column], body: list[list[Cell]]) -> list[Column]:
    """Tên alone is the full name; beside a column of họ đệm it is the tên.

    A name header over two columns (merged, or the second unnamed) is họ đệm and tên. A tên that
    only repeats the last word of the full name is there for sorting, and not needed.
    """
    name = next((c for c in columns if c.field in (Field.FULL_NAME, Field.FAMILY_MIDDLE)), None)
    given = next((c for c in columns if c.field is Field.GIVEN), None)
    if name is None:
        return _changed(columns, given, Field.FULL_NAME)
    if given is None:
        following = next((c for c in columns if c.index == name.index + 1), None)
        if (
            following is None
            or following.header
            or not evidence.single_words(body, following.index)
            or evidence.repeats_last_word(body, name.index, following.index)
        ):
            return columns
        given = following
        columns = _changed(columns, given, Field.GIVEN)
    elif name.field is Field.FULL_NAME and evidence.repeats_last_word(
        body, name.index, given.index
    ):
        return _changed(columns, given, Field.IGNORE)
    return _changed(columns, name, Field.FAMILY_MIDDLE)


def _changed(columns: list[Column], column: Column | None, field: Field) -> list[Column]:
    return [
        replace(c, field=field, confidence=max(c.confidence, LIKELY))
        if column is not None and c.index == column.index
        else c
        for c in columns
    ]


def _overridden(column: Column, chosen: Mapping[str, Field]) -> Column:
    field = chosen.get(column.letter)
    return column if field is None else replace(column, field=field, confidence=CERTAIN)


def _settle(columns: list[Column], chosen: Mapping[str, Field]) -> tuple[list[Column], list[Issue]]:
    """One column per field: the chosen, else the surest, else the first. Tell what is unsure."""
    best: dict[Field, Column] = {}
    for column in columns:
        held = best.get(column.field)
        if held is None or _rank(column, chosen) > _rank(held, chosen):
            best[column.field] = column
    settled, issues = [], []
    for column in columns:
        about = {"column": column.letter, "header": column.header[:60]}
        if column.field is Field.IGNORE:
            if column.letter not in chosen and column.confidence < LIKELY:
                issues.append(Issue("column_not_used", "", about))
        elif best[column.field] is not column:
            issues.append(Issue("column_repeated", "", {**about, "fields": column.field.value}))
            column = replace(column, field=Field.IGNORE, confidence=UNSURE)
        elif column.confidence < LIKELY:
            issues.append(Issue("column_unsure", "", {**about, "fields": column.field.value}))
        settled.append(column)
    return settled, issues


def _rank(column: Column, chosen: Mapping[str, Field]) -> tuple[bool, float]:
    return column.letter in chosen, column.confidence


def _sample_body(sheet: Sheet, start: int) -> list[list[Cell]]:
    """Rows of the table to judge the columns by: those with something in most of their cells."""
    rows = [row for row in sheet.rows[start : start + 200] if sum(c is not None for c in row) > 2]
    return rows[:100]
