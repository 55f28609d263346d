"""Points typed into the template: found by each member's code, never guessed by name."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from lantoa.classes.models import Member
from lantoa.kernel.row_ids import row_id
from lantoa.kernel.text import fold
from lantoa.people.rosters.cells import as_text
from lantoa.people.rosters.reading import Cell, Sheet, read_sheets

CODE, NAME, POINTS = "ma hoc vien", "ho va ten", "diem"
MOST_ROWS = 20_000


@dataclass
class Brought:
    """Points as they were typed, by member; and sentences about rows that name nobody."""

    points: dict[int, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def read_points_file(data: bytes, filename: str, members: Mapping[int, Member]) -> Brought:
    """A blank cell says nothing. Raises RosterRefused."""
    brought = Brought()
    for sheet in read_sheets(data, filename):
        if not sheet.hidden:
            _take(sheet, members, brought)
            if brought.points or brought.problems:
                return brought
    if not brought.problems:
        brought.problems.append(
            _("Không thấy cột “Mã học viên” và cột “Điểm”. Hãy dùng tệp mẫu của bài kiểm tra này.")
        )
    return brought


def _take(sheet: Sheet, members: Mapping[int, Member], brought: Brought) -> None:
    columns: dict[str, int] = {}
    empty = True
    for number, row in enumerate(sheet.rows[:MOST_ROWS], start=1):
        if not columns:
            columns = _columns(row)
            continue
        cell = {name: _text(row, at) for name, at in columns.items()}
        if not cell[CODE] or not cell[POINTS]:
            continue
        empty = False
        problem = _row(cell, members, brought)
        if problem:
            brought.problems.append(_("Dòng %(row)d: %(what)s") % {"row": number, "what": problem})
    if columns and empty:
        brought.problems.append(_("Cột “Điểm” trống: tệp chưa có điểm nào."))


def _row(cell: Mapping[str, str], members: Mapping[int, Member], brought: Brought) -> str:
    pk = row_id(cell[CODE])
    member = members.get(pk) if pk else None
    if pk is None or member is None:
        return _("không ai trong lớp có mã %(code)s.") % {"code": cell[CODE][:30]}
    name = member.enrolment.person.full_name
    if cell.get(NAME) and fold(cell[NAME]) != fold(name):
        words = {"code": pk, "name": name, "given": cell[NAME][:100]}
        return _("mã %(code)d là của %(name)s, tệp ghi %(given)s.") % words
    if pk in brought.points:
        return _("mã %(code)d đã có ở dòng trên.") % {"code": pk}
    brought.points[pk] = cell[POINTS][:30]
    return ""


def _columns(row: list[Cell]) -> dict[str, int]:
    """Where the header names code and points, in either language; empty in any other row."""
    found: dict[str, int] = {}
    codes, names = {CODE, fold(_("Mã học viên"))}, {NAME, fold(_("Họ và tên"))}
    points = (POINTS, fold(_("Điểm")))
    for at, cell in enumerate(row):
        words = fold(as_text(cell))
        if words in codes:
            found.setdefault(CODE, at)
        elif words in names:
            found.setdefault(NAME, at)
        elif any(words == one or words.startswith(f"{one} ") for one in points):
            found.setdefault(POINTS, at)
    return found if CODE in found and POINTS in found else {}


def _text(row: list[Cell], at: int) -> str:
    """Numbers as one types them: 7.5 is "7,5", 8.0 is "8"."""
    cell = row[at] if at < len(row) else None
    if isinstance(cell, float):
        return shown_number(cell)
    return as_text(cell).strip()


def shown_number(number: float) -> str:
    """Without what binary fractions add: 7.1 is "7,1"."""
    return f"{number:.10g}".replace(".", ",")
