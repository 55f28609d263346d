"""One row of cells -> the values that can be taken, with an issue for each that cannot."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from lantoa.kernel.encodings import LegacyEncoding
from lantoa.people.rosters.cells import (
    as_text,
    is_marked,
    read_email,
    read_name,
    read_sex,
    read_text,
)
from lantoa.people.rosters.dates import NOTHING, Birth, DateColumn, read_birth, study_column
from lantoa.people.rosters.empty import is_empty
from lantoa.people.rosters.fields import BIRTH_FIELDS, Field
from lantoa.people.rosters.messages import Issue
from lantoa.people.rosters.parsed import ParsedRow, Values
from lantoa.people.rosters.personal_numbers import (
    check_personal_number,
    masked,
    read_personal_number,
)
from lantoa.people.rosters.phones import read_phone
from lantoa.people.rosters.reading import Cell, Sheet

_PLAIN_TEXTS: Final = (Field.TITLE, Field.UNIT, Field.ETHNICITY, Field.NOTE)
_BY_SEX: Final = {"male": Field.BIRTH_DATE_MALE, "female": Field.BIRTH_DATE_FEMALE}
_MARKS: Final = {"male": Field.MALE_MARK, "female": Field.FEMALE_MARK}


class ValueReader:
    """Reads rows of one sheet. `columns` says in which column each field stands."""

    def __init__(
        self,
        sheet: Sheet,
        columns: Mapping[Field, int],
        name_columns: Sequence[int],
        first_row: int,
        as_of: date,
    ) -> None:
        self._sheet = sheet
        self._columns = columns
        self._name_columns = name_columns
        self._as_of = as_of
        self._texts = [field for field in _PLAIN_TEXTS if field in columns]
        self._marks = [(sex, field) for sex, field in _MARKS.items() if field in columns]
        self._dates = {
            field: study_column(row[i] for row in sheet.rows[first_row:] if i < len(row))
            for field, i in columns.items()
            if field in BIRTH_FIELDS
        }

    def read(self, number: int, row: Sequence[Cell]) -> ParsedRow:
        names = [row[i] if i < len(row) else None for i in self._name_columns]
        name, issues = read_name(names, self._old_encoding(number))
        parsed = ParsedRow(self._sheet.name, number, Values(name), issues)
        self._read_birth_and_sex(parsed, row)
        self._read_numbers(parsed, row)
        for field in self._texts:
            text, found = read_text(self._cell(row, field), field)
            setattr(parsed.values, field, text)
            self._note(parsed, row, field, text, found)
        self._warn(parsed, names, len(row))
        return parsed

    def _old_encoding(self, number: int) -> LegacyEncoding | None:
        if not self._sheet.converted:
            return None
        found = (self._sheet.converted.get((number - 1, i)) for i in self._name_columns)
        return next((encoding for encoding in found if encoding), None)

    def _cell(self, row: Sequence[Cell], field: Field) -> Cell:
        index = self._columns.get(field, -1)
        return row[index] if 0 <= index < len(row) else None

    def _note(
        self,
        parsed: ParsedRow,
        row: Sequence[Cell],
        field: Field,
        value: object,
        found: list[Issue],
    ) -> None:
        """Keep the issues, and what was typed where nothing was taken."""
        if not found:
            return
        parsed.issues += found
        if not value:
            typed = as_text(self._cell(row, field))
            parsed.kept_out[field.value] = (
                masked(typed) if field is Field.PERSONAL_NUMBER else typed[:200]
            )

    def _read_numbers(self, parsed: ParsedRow, row: Sequence[Cell]) -> None:
        values = parsed.values
        values.phone, found = read_phone(self._cell(row, Field.PHONE))
        self._note(parsed, row, Field.PHONE, values.phone, found)
        values.email, found = read_email(self._cell(row, Field.EMAIL))
        self._note(parsed, row, Field.EMAIL, values.email, found)
        values.personal_number, found = read_personal_number(self._cell(row, Field.PERSONAL_NUMBER))
        self._note(parsed, row, Field.PERSONAL_NUMBER, values.personal_number, found)

    def _read_birth_and_sex(self, parsed: ParsedRow, row: Sequence[Cell]) -> None:
        by_date: list[str] = []
        if Field.BIRTH_YEAR in self._columns:
            birth = self._birth_in_parts(parsed, row)
        elif Field.BIRTH_DATE in self._columns:
            birth = self._birth(parsed, row, Field.BIRTH_DATE)
        else:
            birth, by_date = self._birth_by_sex(parsed, row)
        parsed.values.birth_date, parsed.values.birth_year = birth
        word = ""
        if Field.SEX in self._columns:
            word, found = read_sex(self._cell(row, Field.SEX))
            self._note(parsed, row, Field.SEX, word, found)
        marked = [sex for sex, field in self._marks if is_marked(self._cell(row, field))]
        said = {word, *by_date, *marked} - {""}
        if len(by_date) == 2 or len(marked) == 2:
            parsed.issues.append(Issue("sex_both", Field.SEX))
        elif len(said) == 2:
            parsed.issues.append(Issue("sex_conflict", Field.SEX))
        elif said:
            parsed.values.sex = said.pop()

    def _birth(self, parsed: ParsedRow, row: Sequence[Cell], field: Field) -> Birth:
        birth, found = read_birth(self._cell(row, field), self._dates[field], self._as_of)
        self._note(parsed, row, field, birth.year, found)
        return birth

    def _birth_by_sex(self, parsed: ParsedRow, row: Sequence[Cell]) -> tuple[Birth, list[str]]:
        """The date stands under Nam or under Nữ, and so says the sex."""
        filled = [
            sex for sex, field in _BY_SEX.items() if not is_empty(as_text(self._cell(row, field)))
        ]
        births = [self._birth(parsed, row, _BY_SEX[sex]) for sex in filled]
        if len(set(births)) > 1:
            parsed.issues.append(Issue("birth_both_columns", Field.BIRTH_DATE))
            return NOTHING, filled
        return (births[0] if births else NOTHING), filled

    def _birth_in_parts(self, parsed: ParsedRow, row: Sequence[Cell]) -> Birth:
        parts = [
            as_text(self._cell(row, field)) or "00"
            for field in (Field.BIRTH_DAY, Field.BIRTH_MONTH, Field.BIRTH_YEAR)
        ]
        if parts[2] == "00":
            return NOTHING
        birth, found = read_birth("/".join(parts), DateColumn(), self._as_of)
        self._note(parsed, row, Field.BIRTH_YEAR, birth.year, found)
        return birth

    def _warn(self, parsed: ParsedRow, names: Sequence[Cell], width: int) -> None:
        """Where the row's own cells speak against each other."""
        values = parsed.values
        parsed.issues += check_personal_number(
            values.personal_number, values.birth_year, values.sex
        )
        if values.sex == "male" and "thị" in values.name.middle.lower().split():
            parsed.issues.append(Issue("sex_against_name", Field.SEX))
        if self._encoding_unclear(parsed.row_number, names, width):
            name = {"name": values.name.full}
            parsed.issues.append(Issue("encoding_unclear", Field.FULL_NAME, name))

    def _encoding_unclear(self, number: int, names: Sequence[Cell], width: int) -> bool:
        """Another cell of the row was in an old encoding; the name could be read both ways."""
        converted = self._sheet.converted
        if not converted or self._sheet.encoding or self._old_encoding(number):
            return False
        if not any((number - 1, index) in converted for index in range(width)):
            return False
        return any(isinstance(name, str) and "\x7f" < max(name) <= "\xff" for name in names if name)
