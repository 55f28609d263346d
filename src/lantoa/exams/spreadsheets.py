"""Results as people expect them in Excel."""

from collections.abc import Iterable, Sequence

from django.http import FileResponse
from django.utils.translation import gettext as _

from lantoa.exams.models import Attempt, Exam, Result, Sitting
from lantoa.exams.queries.series import Comparison, Figures
from lantoa.kernel import clock
from lantoa.web import formats
from lantoa.web.sheets import Cell, sheet_response


def results_sheet(sitting: Sitting, attempts: Iterable[Attempt]) -> FileResponse:
    heads = (
        (_("STT"), 6), (_("Họ và tên"), 28), (_("Ngày sinh"), 12), (_("Chức vụ"), 28),
        (_("Đơn vị"), 32), (_("Lần làm"), 9), (_("Bắt đầu"), 17), (_("Nộp bài"), 17),
        (_("Số điểm"), 11), (_("Tỷ lệ (%)"), 9), (_("Kết quả"), 14),
    )  # fmt: skip
    cohort = sitting.exam.cohort
    heading = f"{sitting.name} · {cohort.name}" if cohort else sitting.name
    titles = (
        heading,
        _("Số liệu lúc %(moment)s") % {"moment": formats.moment(clock.now())},
    )
    rows = ((number, *_cells(attempt)) for number, attempt in enumerate(attempts, start=1))
    filename = f"ket-qua-{cohort.name if cohort else sitting.name}"
    return sheet_response(filename, _("Kết quả"), heads, rows, titles=titles)


def points_of(result: Result) -> str:
    """ "13,5/20": points got of points possible."""
    got, possible = result.points / 100, result.points_possible / 100
    return f"{formats.number(got)}/{formats.number(possible)}"


def _cells(attempt: Attempt) -> tuple[Cell, ...]:
    person = attempt.candidate.person
    result = getattr(attempt, "result", None)
    verdict = _("Đang làm")
    if result is not None:
        verdict = _("Đạt") if result.passed else _("Chưa đạt")
    return (
        person.full_name,
        person.birth_date or person.born,
        person.title,
        attempt.candidate.unit.name,
        attempt.number,
        formats.minute(attempt.started_at) if attempt.started_at else "",
        formats.minute(attempt.submitted_at) if attempt.submitted_at else "",
        points_of(result) if result else "",
        result.score if result else None,
        verdict,
    )


def comparison_sheet(exam: Exam, compared: Comparison) -> FileResponse:
    """Quarter beside quarter: no names of people in it."""
    heads: list[tuple[str, int]] = [(_("Cơ quan, đơn vị"), 40)]
    for period in compared.heads:
        heads += [
            (f"{period}: {label}", 12)
            for label in (_("thí sinh"), _("có mặt"), _("đạt"), _("tỷ lệ đạt"), _("trung vị (%)"))
        ]
    rows = [_compared(row.unit.name if row.unit else "", row.figures) for row in compared.rows]
    rows.append(_compared(_("Cộng"), compared.total))
    titles = (
        exam.title,
        _("Số liệu lúc %(moment)s") % {"moment": formats.moment(clock.now())},
    )
    return sheet_response(f"so-sanh-quy-{exam.title}", _("Các quý"), heads, rows, titles=titles)


def _compared(name: str, figures: Sequence[Figures]) -> list[Cell]:
    cells: list[Cell] = [name]
    for one in figures:
        middle = one.median
        cells += [one.candidates, one.present, one.passed, one.pass_share]
        cells.append(None if middle is None else formats.number(middle))
    return cells
