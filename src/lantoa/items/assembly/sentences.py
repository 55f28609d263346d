"""What assembly found that can't be, as sentences for the examiner."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lantoa.items.models import BlueprintCell, Item
from lantoa.items.queries.bank import shortage
from lantoa.stats.papers import Constraint, Finding

Told = dict[str, object]


def sentence(finding: Finding, cells: Sequence[BlueprintCell], names: Sequence[str] = ()) -> str:
    """`names`: the codes of the other forms, which an overlap points at."""
    if finding.constraint is Constraint.CELL:
        assert isinstance(finding.place, int)
        return shortage(cells[finding.place], finding.available).sentence
    return _SAID[finding.constraint](finding, cells, names)


def sentences(
    findings: Sequence[Finding],
    cells: Sequence[BlueprintCell],
    *,
    forms: int,
    least_uses: int | None,
    proven: bool,
) -> list[str]:
    """All that can't be, what would help, and whether it is certain."""
    said = [sentence(finding, cells) for finding in findings]
    if least_uses is not None:
        said.append(
            _("Đủ câu nếu mỗi câu được có mặt trong %(uses)d đề (%(percent)d%% số đề).")
            % {"uses": least_uses, "percent": -(-100 * least_uses // forms)}
        )
    if not proven:
        said.append(
            _("Đã thử nhiều cách mà chưa xếp được; hãy nới một giới hạn, bổ sung câu hỏi hoặc dựng "
              "ít đề hơn.")
        )  # fmt: skip
    return said


def _place(finding: Finding, cells: Sequence[BlueprintCell]) -> Told:
    assert isinstance(finding.place, int)
    cell = cells[finding.place]
    return {"topic": cell.topic.title, "level": str(Item.Level(cell.level).label)}


def _least(finding: Finding, cells: Sequence[BlueprintCell], names: Sequence[str]) -> str:
    return _("Độ khó %(band)s: mỗi đề cần ít nhất %(needed)d câu, chỉ có %(available)d.") % _band(
        finding
    )


def _most(finding: Finding, cells: Sequence[BlueprintCell], names: Sequence[str]) -> str:
    return _(
        "Độ khó %(band)s: mỗi đề được nhiều nhất %(available)d câu, lại có %(needed)d."
    ) % _band(finding)


def _band(finding: Finding) -> Told:
    label = str(Item.Difficulty(str(finding.place)).label)
    return {
        "band": label.lower(),
        "needed": finding.needed,
        "available": finding.available,
    }


def _worn(finding: Finding, cells: Sequence[BlueprintCell], names: Sequence[str]) -> str:
    return _(
        "%(topic)s, mức %(level)s: các đề cần %(needed)d lượt câu, giới hạn số đề có cùng một câu "
        "chỉ cho %(available)d, thiếu %(missing)d."
    ) % {
        **_place(finding, cells),
        "needed": finding.needed,
        "available": finding.available,
        "missing": finding.missing,
    }


def _exposed(finding: Finding, cells: Sequence[BlueprintCell], names: Sequence[str]) -> str:
    return _("Câu %(item)s có mặt trong %(needed)d đề, được nhiều nhất %(available)d.") % {
        "item": finding.place,
        "needed": finding.needed,
        "available": finding.available,
    }


def _enemies(finding: Finding, cells: Sequence[BlueprintCell], names: Sequence[str]) -> str:
    assert isinstance(finding.place, tuple)
    one, other = finding.place
    return _("Câu %(one)d và câu %(other)d không được cùng một đề.") % {"one": one, "other": other}


def _alike(finding: Finding, cells: Sequence[BlueprintCell], names: Sequence[str]) -> str:
    if isinstance(finding.place, int):
        return _("Trùng %(needed)d câu với đề %(code)s, được nhiều nhất %(available)d câu.") % {
            "needed": finding.needed,
            "code": names[finding.place],
            "available": finding.available,
        }
    return ngettext(
        "Hai đề trùng nhau ít nhất %(needed)d câu, được nhiều nhất %(available)d.",
        "Hai đề trùng nhau ít nhất %(needed)d câu, được nhiều nhất %(available)d.",
        finding.needed,
    ) % {"needed": finding.needed, "available": finding.available}


def _twice(finding: Finding, cells: Sequence[BlueprintCell], names: Sequence[str]) -> str:
    return _("Câu %(item)s đã có trong đề.") % {"item": finding.place}


_SAID = {
    Constraint.BAND_LEAST: _least,
    Constraint.BAND_MOST: _most,
    Constraint.USES: _worn,
    Constraint.EXPOSURE: _exposed,
    Constraint.ENEMIES: _enemies,
    Constraint.OVERLAP: _alike,
    Constraint.TWICE: _twice,
}
