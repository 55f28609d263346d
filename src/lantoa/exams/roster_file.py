"""A file that a unit sent, as the lines somebody would have pasted from it."""

from lantoa.exams.rules.roster_lines import lines_of
from lantoa.people.rosters.cells import as_text
from lantoa.people.rosters.reading import Cell, Sheet, read_sheets


def pasted_from(data: bytes, filename: str) -> str:
    """Every row with something in it, its cells apart by tabs; titles and headers, which stand
    above the first row that names somebody by a number or an address, are left out. Raises
    RosterRefused."""
    sheets = [sheet for sheet in read_sheets(data, filename) if not sheet.hidden]
    return "\n".join(line for sheet in sheets for line in _lines(sheet))


def _lines(sheet: Sheet) -> list[str]:
    rows = ["\t".join(map(_text, row)).strip() for row in sheet.rows]
    filled = [row for row in rows if row]
    exact = [any(line.is_exact for line in lines_of(row)) for row in filled]
    first = exact.index(True) if True in exact else 0
    return filled[first:]


def _text(cell: Cell) -> str:
    """A phone number that a spreadsheet took for a number has no decimals."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return as_text(cell).replace("\t", " ").replace("\n", " ")
