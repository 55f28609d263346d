"""The body of a sheet -> the rows of people in it, and what was passed over."""

from collections.abc import Sequence
from datetime import date
from itertools import islice
from typing import Final, TypeVar

from lantoa.people.rosters.cells import as_text
from lantoa.people.rosters.columns import CERTAIN, meaning
from lantoa.people.rosters.fields import NAME_FIELDS, Field
from lantoa.people.rosters.headers import Header
from lantoa.people.rosters.lines import (
    is_numbering,
    is_section,
    is_signature,
    is_total,
    kind_of_nameless,
    repeats_header,
)
from lantoa.people.rosters.messages import Issue
from lantoa.people.rosters.parsed import ParsedRow, Skipped, SkippedRow
from lantoa.people.rosters.reading import Cell, Sheet
from lantoa.people.rosters.values import ValueReader

_NAME_COLUMNS: Final = (Field.FULL_NAME, Field.FAMILY_MIDDLE, Field.MIDDLE, Field.GIVEN)
_FILLED_DOWN: Final = frozenset({Field.UNIT, Field.TITLE, Field.ETHNICITY, Field.NOTE})
_HEADER_WORDS: Final = 3

T = TypeVar("T")


class BodyReader:
    """Reads the rows below a header one after another; remembers section and footer."""

    def __init__(self, sheet: Sheet, header: Header, as_of: date) -> None:
        self.rows: list[ParsedRow] = []
        self.skipped: list[SkippedRow] = []
        self.issues: list[Issue] = []
        self._sheet = sheet
        self._first_row = header.last + 1
        columns: dict[Field, int] = {
            c.field: c.index for c in header.columns if c.field is not Field.IGNORE
        }
        self._labels = [_texts(row) for row in sheet.rows[max(header.first, 0) : header.last + 1]]
        self._names = [columns[f] for f in _NAME_COLUMNS if f in columns]
        self._ordinal = columns.get(Field.ORDINAL, -1)
        self._others = [
            index
            for field, index in columns.items()
            if field is not Field.ORDINAL and index not in self._names
        ]
        self._section = ""
        self._in_footer = False
        fill_down(sheet, {columns[f] for f in _FILLED_DOWN if f in columns}, self._first_row)
        self._values = ValueReader(sheet, columns, self._names, self._first_row, as_of)

    def read(self) -> None:
        for index, row in islice(enumerate(self._sheet.rows), self._first_row, None):
            if not any(cell is not None for cell in row):
                continue
            if self._plainly_a_person(row):
                self._take(index + 1, row)
                continue
            texts = _texts(row)
            if self._is_other_header(texts):
                self.issues.append(Issue("second_table", "", {"row": index + 1}))
                return
            kind = self._kind(texts)
            if kind is None:
                self._take(index + 1, row)
            else:
                self._pass_over(index + 1, texts, kind)

    def _plainly_a_person(self, row: Sequence[Cell]) -> bool:
        """The short way for nearly all rows: numbered, named, with something else said."""
        ordinal = _at(row, self._ordinal)
        return (
            isinstance(ordinal, int)
            and any(_has_letters(_at(row, index)) for index in self._names)
            and any(_at(row, index) is not None for index in self._others)
        )

    def _kind(self, texts: Sequence[str]) -> Skipped | None:
        """What a row is that is not plainly a person's; None for a person's."""
        if repeats_header(texts, self._labels) or is_numbering(texts):
            return Skipped.HEADER
        ordinal = _at(texts, self._ordinal) or ""
        name = " ".join(_at(texts, index) or "" for index in self._names).strip()
        others = sum(bool(_at(texts, index)) for index in self._others)
        numbered = ordinal.isdecimal()
        if not name:
            kind = kind_of_nameless(
                texts, numbered=numbered, others=others, in_footer=self._in_footer
            )
            # A text alone in the column of numbers is a line merged across: it heads what follows.
            return Skipped.SECTION if kind is Skipped.TEXT and ordinal else kind
        if others > 1 or (numbered and not self._in_footer):
            return None
        if is_total(name) or is_total(ordinal):
            return Skipped.TOTAL
        if not (numbered and others) and (self._in_footer or is_signature(name)):
            return Skipped.FOOTER
        return Skipped.SECTION if not others and is_section(ordinal, name) else None

    def _is_other_header(self, texts: Sequence[str]) -> bool:
        """A header with its columns elsewhere: what follows is not this table."""
        if repeats_header(texts, self._labels):
            return False
        known = [meaning(text) for text in texts if 0 < len(text) <= 40]
        certain = {field for field, confidence in known if confidence == CERTAIN}
        return len(certain) >= _HEADER_WORDS and bool(certain & NAME_FIELDS)

    def _take(self, number: int, row: Sequence[Cell]) -> None:
        self._in_footer = False
        parsed = self._values.read(number, row)
        parsed.section = self._section
        if self._others and not any(_at(row, index) is not None for index in self._others):
            parsed.issues.append(Issue("name_only"))
        self.rows.append(parsed)

    def _pass_over(self, number: int, texts: Sequence[str], kind: Skipped) -> None:
        said = [text for text in texts if text]
        if kind is Skipped.SECTION:
            self._section = " ".join(said)
        self._in_footer = self._in_footer or kind in (Skipped.TOTAL, Skipped.FOOTER)
        self.skipped.append(SkippedRow(number, kind, " | ".join(said)[:300]))


def fill_down(sheet: Sheet, columns: set[int], first_row: int) -> None:
    """Write what stands in cells merged downwards into each of their rows: it is said of all."""
    for (top, column), (bottom, last_column) in sheet.merged:
        if column != last_column or column not in columns or not first_row <= top < bottom:
            continue
        rows = sheet.rows[top : bottom + 1]
        value = _at(rows[0], column) if rows else None
        for row in rows:
            if len(row) > column:
                row[column] = value


def _texts(row: Sequence[Cell]) -> list[str]:
    return [as_text(cell) for cell in row]


def _at(cells: Sequence[T], index: int) -> T | None:
    return cells[index] if 0 <= index < len(cells) else None


def _has_letters(cell: Cell) -> bool:
    return isinstance(cell, str) and any(letter.isalpha() for letter in cell)
