"""The table in which a test's points are typed: each cell with what stood when it was shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from lantoa.classes.actions.scores import Given
from lantoa.classes.forms import points_sentence
from lantoa.classes.models import ClassTest, Member, Score
from lantoa.classes.rules.points import PointsWrong, read_points, shown
from lantoa.kernel.row_ids import row_id

LONGEST = 30


@dataclass
class Cell:
    """`was` and `typed` as people write points; `error` stands beside the cell."""

    member: Member
    was: str
    typed: str
    error: str = ""


def cells_that_stand(members: Iterable[Member], scores: Mapping[int, Score]) -> list[Cell]:
    found = []
    for member in members:
        score = scores.get(member.pk)
        stands = shown(score.points) if score else ""
        found.append(Cell(member, stands, stands))
    return found


def cells_as_typed(
    sent: Mapping[str, str], members: Iterable[Member], test: ClassTest, *, most: int
) -> list[Cell]:
    """`p<member>`: what is typed, `w<member>`: what was shown. Others than members don't count."""
    wanted = {row_id(name[1:]) for name in sent if name.startswith("p")}
    return [
        Cell(member, _was(sent, member, test), str(sent[f"p{member.pk}"]).strip()[:LONGEST])
        for member in members
        if member.pk in wanted and f"p{member.pk}" in sent
    ][:most]


def _was(sent: Mapping[str, str], member: Member, test: ClassTest) -> str:
    """What the page says it showed; what no page shows was nothing."""
    try:
        return shown(read_points(sent.get(f"w{member.pk}", ""), test.greatest))
    except PointsWrong:
        return ""


def read_cells(cells: Iterable[Cell], test: ClassTest) -> list[Given]:
    """What is typed in them; a cell that can't be read gets its error and is left out."""
    given = []
    for cell in cells:
        try:
            points = read_points(cell.typed, test.greatest)
        except PointsWrong as wrong:
            cell.error = points_sentence(wrong, test.greatest)
        else:
            cell.typed = shown(points)
            given.append(Given(cell.member, points, _stood(cell, test)))
    return given


def _stood(cell: Cell, test: ClassTest) -> Decimal | None:
    return read_points(cell.was, test.greatest)
