"""Results as people expect them in Excel: họ tên in Vietnamese order, dd/mm/yyyy, no formulas."""

from collections.abc import Iterable
from tempfile import TemporaryFile
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _

from lantoa.exams.models import Attempt, Sitting
from lantoa.kernel import clock
from lantoa.web import formats

WIDTHS = (6, 28, 12, 28, 32, 9, 17, 17, 11, 9, 14)


def _headings() -> list[str]:
    return [
        _("STT"), _("Họ và tên"), _("Ngày sinh"), _("Chức vụ"), _("Đơn vị"), _("Lần làm"),
        _("Bắt đầu"), _("Nộp bài"), _("Số câu đúng"), _("Tỷ lệ (%)"), _("Kết quả"),
    ]  # fmt: skip


def _row(number: int, attempt: Attempt) -> list[Any]:
    person = attempt.enrolment.person
    result = getattr(attempt, "result", None)
    born = formats.day(person.birth_date) if person.birth_date else str(person.birth_year or "")
    verdict = _("Đang làm")
    if result is not None:
        verdict = _("Đạt") if result.passed else _("Chưa đạt")
    return [
        number,
        person.full_name,
        born,
        person.title,
        attempt.enrolment.unit.name,
        attempt.number,
        formats.minute(attempt.started_at),
        formats.minute(attempt.submitted_at) if attempt.submitted_at else "",
        f"{result.points}/{result.points_possible}" if result else "",
        result.score if result else "",
        verdict,
    ]


def results_workbook(sitting: Sitting, attempts: Iterable[Attempt]) -> IO[bytes]:
    """An open temporary file at its beginning. Text goes in as text, whatever it begins with."""
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet(_("Kết quả"))
        title, head = (
            book.add_format({"bold": True, "font_size": 14}),
            book.add_format({"bold": True, "bottom": 1, "text_wrap": True}),
        )
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        sheet.write_string(0, 0, f"{sitting.blueprint.title} · {sitting.cohort.name}", title)
        moment = formats.moment(clock.now())
        sheet.write_string(1, 0, _("Số liệu lúc %(moment)s") % {"moment": moment})
        for column, heading in enumerate(_headings()):
            sheet.write_string(3, column, heading, head)
        sheet.freeze_panes(4, 2)
        for index, attempt in enumerate(attempts, start=1):
            _write(sheet, 3 + index, _row(index, attempt))
    file.seek(0)
    return file


def _write(sheet: Any, row: int, values: list[Any]) -> None:
    for column, value in enumerate(values):
        if isinstance(value, int):
            sheet.write_number(row, column, value)
        elif value:
            sheet.write_string(row, column, str(value))
