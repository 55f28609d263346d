"""The list of scores: as a sheet to work with, as a PDF to sign."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typst
from django.http import FileResponse
from django.utils.translation import gettext as _

from lantoa.exams.models import Sitting
from lantoa.exams.queries.council import Figures
from lantoa.exams.spreadsheets import points_of
from lantoa.kernel import clock
from lantoa.web import formats
from lantoa.web.sheets import Cell, sheet_response

LAYOUT = (Path(__file__).parent / "score_list.typ").read_bytes()
Row = dict[str, Any]


def verdict(row: Row) -> str:
    result = row["result"]
    if result is None:
        return _("Đang làm") if row["begun"] else _("Vắng")
    if result.waits_for_marks:
        return _("Chờ chấm")
    return _("Đạt") if result.passed else _("Chưa đạt")


def score_sheet(sitting: Sitting, rows: Sequence[Row]) -> FileResponse:
    heads = (
        (_("STT"), 6), (_("Số báo danh"), 14), (_("Họ và tên"), 28), (_("Ngày sinh"), 12),
        (_("Đơn vị"), 32), (_("Phòng thi"), 12), (_("Số điểm"), 11), (_("Tỷ lệ (%)"), 9),
        (_("Kết quả"), 14),
    )  # fmt: skip
    cells = ((number, *_cells(row)) for number, row in enumerate(rows, start=1))
    titles = (_("Bảng điểm – %(name)s") % {"name": sitting.name}, state_of(sitting))
    return sheet_response(f"bang-diem-{sitting.name}", _("Bảng điểm"), heads, cells, titles=titles)


def _cells(row: Row) -> tuple[Cell, ...]:
    candidate, result = row["candidate"], row["result"]
    person = candidate.person
    return (
        candidate.number,
        person.full_name,
        person.birth_date or person.born,
        candidate.unit.name,
        candidate.room.name if candidate.room else "",
        _points(row),
        None if result is None or result.waits_for_marks else result.score,
        verdict(row),
    )


def _points(row: Row) -> str:
    """Nothing while people have yet to mark: a part of the points would read as all."""
    result = row["result"]
    return "" if result is None or result.waits_for_marks else points_of(result)


def state_of(sitting: Sitting) -> str:
    moment = formats.moment(clock.now())
    if sitting.released_at is None:
        return _("Số liệu lúc %(moment)s, hội đồng chưa duyệt") % {"moment": moment}
    approved = formats.moment(sitting.released_at)
    return _("Hội đồng duyệt lúc %(approved)s; số liệu lúc %(moment)s") % {
        "approved": approved,
        "moment": moment,
    }


def score_pdf(sitting: Sitting, figures: Figures, rows: Sequence[Row]) -> bytes:
    """A4, to be signed; ten thousand rows take 3 seconds."""
    said = {
        "agency": sitting.exam.unit.name,
        "title": _("Bảng điểm"),
        "sitting": sitting.name,
        "state": state_of(sitting),
        "summary": _summary(figures),
        "columns": [
            (_("STT"), 10, True), (_("SBD"), 20, False), (_("Họ và tên"), 0, False),
            (_("Ngày sinh"), 22, False), (_("Điểm"), 20, True), (_("Kết quả"), 20, False),
        ],
        "rows": [_printed(number, row) for number, row in enumerate(rows, start=1)],
        "place_and_day": _("…………, ngày …… tháng …… năm %(year)s") % {"year": clock.today().year},
        "left": _("THƯ KÝ"),
        "right": _("CHỦ TỊCH HỘI ĐỒNG"),
        "sign": _("(Ký, ghi rõ họ tên)"),
    }  # fmt: skip
    made: bytes = typst.compile(LAYOUT, sys_inputs={"said": json.dumps(said)}, format="pdf")
    return made


def _summary(figures: Figures) -> list[str]:
    return [
        _("Thí sinh: %(all)s; có mặt: %(came)s; vắng: %(absent)s.")
        % {
            "all": formats.number(figures.candidates),
            "came": formats.number(figures.started),
            "absent": formats.number(figures.absent),
        },
        _("Đạt: %(passed)s; chưa đạt: %(failed)s.")
        % {"passed": formats.number(figures.passed), "failed": formats.number(figures.failed)},
    ]


def _printed(number: int, row: Row) -> list[str]:
    candidate = row["candidate"]
    born = candidate.person.birth_date
    return [
        str(number),
        candidate.number,
        f"{candidate.person.full_name}, {candidate.unit.name}",
        formats.day(born) if born else str(candidate.person.born or ""),
        _points(row),
        verdict(row),
    ]
