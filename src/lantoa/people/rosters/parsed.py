"""What reading a roster gives: sheets of rows, each with its values and what must be told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from lantoa.kernel.names import PersonName
from lantoa.people.rosters.columns import Column
from lantoa.people.rosters.fields import Field
from lantoa.people.rosters.messages import Issue, Level


@dataclass(slots=True)
class Values:
    """The values of a row that can be taken. "" or None: not given, or kept out with an issue."""

    name: PersonName
    birth_date: date | None = None
    birth_year: int | None = None
    sex: str = ""
    """"male", "female" or ""."""
    personal_number: str = ""
    """12 digits or "". Encrypt before it is kept anywhere."""
    phone: str = ""
    """Ten digits from 0, or ""."""
    email: str = ""
    title: str = ""
    unit: str = ""
    """As written; `units.UnitMatcher` finds the unit."""
    ethnicity: str = ""
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain values by name of field; dates in ISO form."""
        return {
            "family": self.name.family,
            "middle": self.name.middle,
            "given": self.name.given,
            "birth_date": self.birth_date.isoformat() if self.birth_date else None,
            "birth_year": self.birth_year,
            "sex": self.sex,
            "personal_number": self.personal_number,
            "phone": self.phone,
            "email": self.email,
            "title": self.title,
            "unit": self.unit,
            "ethnicity": self.ethnicity,
            "note": self.note,
        }


@dataclass(slots=True)
class ParsedRow:
    """A person's row. `row_number` is as the file numbers it, from 1."""

    sheet: str
    row_number: int
    values: Values
    issues: list[Issue] = field(default_factory=list)
    section: str = ""
    """The heading line above it inside the table ("I. Khối Đảng"), if there is one."""
    kept_out: dict[str, str] = field(default_factory=dict)
    """field -> what was typed, where it was not taken; personal numbers masked."""
    duplicate_of: tuple[str, int] | None = None
    """(sheet, row number) of the earlier row that is the same person with the same data."""

    @property
    def level(self) -> Level | None:
        """The gravest level among the issues; None when there are none."""
        levels = {issue.level for issue in self.issues}
        return max(levels, key=lambda level: level.weight) if levels else None


class Skipped(StrEnum):
    TOTAL = "total"
    FOOTER = "footer"
    HEADER = "header"
    SECTION = "section"
    TEXT = "text"
    EMPTY_NUMBERED = "empty_numbered"


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row below the header that is no person, and what it says. Blank rows are not listed."""

    row_number: int
    kind: Skipped
    text: str


@dataclass(frozen=True, slots=True)
class SheetReport:
    """The total that the sheet claims, against what was read."""

    claimed: int | None
    rows_read: int
    duplicates: int

    @property
    def people(self) -> int:
        return self.rows_read - self.duplicates

    @property
    def agrees(self) -> bool:
        return self.claimed in (None, self.rows_read, self.people)


@dataclass(slots=True)
class ParsedSheet:
    """`header_row` is as the file numbers it, from 1; 0 when the table has no header, None when
    the sheet was not read. `columns` are there then too, for the coordinator to choose."""

    name: str
    header_row: int | None = None
    columns: tuple[Column, ...] = ()
    heading: tuple[str, ...] = ()
    """The title lines above the header: often they name the unit."""
    rows: list[ParsedRow] = field(default_factory=list)
    skipped: list[SkippedRow] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    report: SheetReport = SheetReport(None, 0, 0)


@dataclass(slots=True)
class ParsedRoster:
    filename: str
    sheets: list[ParsedSheet]

    @property
    def rows(self) -> Iterator[ParsedRow]:
        return (row for sheet in self.sheets for row in sheet.rows)


@dataclass(frozen=True, slots=True)
class SheetOverride:
    """What the coordinator set for a sheet instead of the guesses."""

    columns: Mapping[str, Field] = field(default_factory=dict)
    """Column letter -> field, for the columns that were set."""
    header_row: int | None = None
    """As the file numbers it, from 1; 0 for a table without a header."""
    read: bool | None = None
    """False leaves the sheet out, True reads it though it is hidden."""
