"""Reads a roster file as units send it: any sheet, any header, nothing guessed silently.

    roster = parse_roster(data, "danh-sach.xlsx", as_of=clock.today())
    for row in roster.rows:
        row.values, row.issues, row.level, row.duplicate_of

Pure: no database, no framework. A file that cannot be taken as a whole raises `RosterRefused`.
Units are matched afterwards by `UnitMatcher`, with the units that the caller may import into.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from lantoa.people.rosters.cells import as_text
from lantoa.people.rosters.columns import Column
from lantoa.people.rosters.doubles import mark_doubles
from lantoa.people.rosters.fields import FIELD_LABELS, Field
from lantoa.people.rosters.headers import find_header
from lantoa.people.rosters.messages import MESSAGES, Issue, Level
from lantoa.people.rosters.parsed import (
    ParsedRoster,
    ParsedRow,
    ParsedSheet,
    SheetOverride,
    SheetReport,
    Skipped,
    SkippedRow,
    Values,
)
from lantoa.people.rosters.reading import Sheet, check_roster, read_sheets
from lantoa.people.rosters.refusals import REFUSALS, RosterRefused
from lantoa.people.rosters.report import settle_report
from lantoa.people.rosters.rows import BodyReader
from lantoa.people.rosters.units import KnownUnit, UnitMatch, UnitMatcher

__all__ = [
    "FIELD_LABELS",
    "MESSAGES",
    "REFUSALS",
    "Column",
    "Field",
    "Issue",
    "KnownUnit",
    "Level",
    "ParsedRoster",
    "ParsedRow",
    "ParsedSheet",
    "RosterRefused",
    "Sheet",
    "SheetOverride",
    "SheetReport",
    "Skipped",
    "SkippedRow",
    "UnitMatch",
    "UnitMatcher",
    "Values",
    "check_roster",
    "parse_roster",
    "parse_sheets",
    "read_sheets",
]


def parse_roster(
    data: bytes,
    filename: str,
    overrides: Mapping[str, SheetOverride] | None = None,
    *,
    as_of: date,
) -> ParsedRoster:
    """Read a roster file.

    `overrides` (sheet name -> SheetOverride) replaces guesses about columns, header row and
    whether to read a sheet. `as_of` is the day against which years of birth are judged.
    Raises RosterRefused.
    """
    return parse_sheets(read_sheets(data, filename), filename, overrides, as_of=as_of)


def parse_sheets(
    sheets: Sequence[Sheet],
    filename: str,
    overrides: Mapping[str, SheetOverride] | None = None,
    *,
    as_of: date,
) -> ParsedRoster:
    """The same of sheets that were read already, for who needs other columns of them too."""
    parsed = [
        _parse_sheet(sheet, (overrides or {}).get(sheet.name, SheetOverride()), as_of)
        for sheet in sheets
    ]
    mark_doubles(row for sheet in parsed for row in sheet.rows)
    for sheet in parsed:
        settle_report(sheet)
    return ParsedRoster(filename, parsed)


def _parse_sheet(sheet: Sheet, override: SheetOverride, as_of: date) -> ParsedSheet:
    parsed = ParsedSheet(sheet.name)
    if not any(cell is not None for row in sheet.rows for cell in row):
        return parsed
    if override.read is False or (sheet.hidden and not override.read):
        code = "sheet_left_out" if override.read is False else "sheet_hidden"
        parsed.issues.append(Issue(code))
        return parsed
    if sheet.encoding:
        encoding = {"encoding": sheet.encoding.upper()}
        parsed.issues.append(Issue("sheet_encoding", "", encoding))
    header = find_header(sheet, override.columns, override.header_row)
    parsed.columns = header.columns
    if not header.names_people:
        parsed.issues.append(Issue("sheet_without_header"))
        return parsed
    body = BodyReader(sheet, header, as_of)
    body.read()
    parsed.header_row = header.first + 1
    parsed.heading = _heading(sheet, max(header.first, 0))
    parsed.rows, parsed.skipped = body.rows, body.skipped
    parsed.issues += [*header.issues, *body.issues]
    return parsed


def _heading(sheet: Sheet, header_row: int) -> tuple[str, ...]:
    texts = (as_text(cell) for row in sheet.rows[:header_row] for cell in row)
    return tuple(text for text in texts if text)
