"""Finds the header of a sheet among its title rows and guesses what each column means."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from lantoa.kernel.text import fold, nfc
from lantoa.people.rosters.cells import as_text
from lantoa.people.rosters.columns import (
    CERTAIN,
    LIKELY,
    UNSURE,
    Column,
    guess_field,
    meaning,
    names_apart,
)
from lantoa.people.rosters.fields import NAME_FIELDS, Field
from lantoa.people.rosters.header_words import EXACT
from lantoa.people.rosters.messages import Issue
from lantoa.people.rosters.reading import Cell, Sheet

_SEARCHED_ROWS: Final = 60
_SAMPLES: Final = 3
_SUB_LABELS: Final = frozenset(
    {"nam", "nu", "ngay", "thang", "ho", "ten", "dem", "ho dem", "so", "x"}
)


@dataclass(frozen=True, slots=True)
class Header:
    """Where the table begins: header rows from `first` to `last`, counted from 0; -1 for none."""

    first: int
    last: int
    columns: tuple[Column, ...]
    issues: tuple[Issue, ...] = ()

    @property
    def names_people(self) -> bool:
        return any(column.field in NAME_FIELDS for column in self.columns)


def find_header(
    sheet: Sheet, chosen: Mapping[str, Field] | None = None, header_row: int | None = None
) -> Header:
    """The header of the sheet. When no row names a column of names, and none is chosen, the
    header names no people and the sheet cannot be read.

    `chosen` (column letter -> field) overrides the guesses; `header_row` (as numbered in the
    file, from 1) says where the header stands, 0 that there is none.
    """
    first = _find_row(sheet) if header_row is None else header_row - 1
    if not 0 <= first < len(sheet.rows):
        first = -1
    last = first + 1 if first >= 0 and _is_second_row(sheet, first) else first
    guesses = _guess_columns(sheet, first, last)
    if chosen:
        guesses = [_overridden(column, chosen) for column in guesses]
    columns, issues = _settle(guesses, chosen or {})
    return Header(first, last, tuple(columns), tuple(issues))


def _find_row(sheet: Sheet) -> int:
    """The row that names the most columns; titles above the table name none or one."""
    best, best_score = -1, 1
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
        field, confidence = guess_field(top, sub, sub_words, filled)
        samples = tuple(as_text(cell)[:60] for cell in filled[:_SAMPLES])
        label = " – ".join(part for part in (top, sub) if part)
        columns.append(Column(index, label, field, confidence, samples))
    return names_apart(columns, body)


def _labels(sheet: Sheet, first: int, last: int) -> tuple[list[str], list[str]]:
    """The upper and lower label of each column. A label over merged columns counts for each."""
    if first < 0:
        return [], []
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
    """Rows of the table to judge the columns by; a cell alone is a title or a signature."""
    rows = [row for row in sheet.rows[start : start + 200] if sum(c is not None for c in row) > 1]
    return rows[:100]
