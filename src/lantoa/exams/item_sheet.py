"""The item report as .xlsx: a row per item, its options beside it."""

from collections.abc import Sequence

from django.http import FileResponse
from django.utils.translation import gettext as _

from lantoa.exams.models import ItemReport, Sitting
from lantoa.exams.queries.item_reports import ItemLine
from lantoa.web import formats
from lantoa.web.sheets import Cell, sheet_response

MOST_OPTIONS = 6


def item_sheet(sitting: Sitting, report: ItemReport, lines: Sequence[ItemLine]) -> FileResponse:
    heads = [
        (_("STT"), 6), (_("Câu hỏi"), 60), (_("Loại"), 18), (_("Số người"), 9),
        (_("Tỷ lệ đúng"), 9), (_("Độ phân biệt"), 10), (_("Tương quan với phần còn lại"), 12),
        (_("Thời gian trung vị (giây)"), 12), (_("Nhận xét"), 44),
        *((_("Chọn %(letter)s") % {"letter": letter}, 9) for letter in "ABCDEF"),
    ]  # fmt: skip
    data = report.data
    titles = (
        _("Phân tích câu hỏi – %(name)s") % {"name": sitting.name},
        _("Số liệu lúc %(moment)s; %(n)s bài; hệ số alpha %(alpha)s; sai số chuẩn %(error)s điểm")
        % {
            "moment": formats.moment(report.at),
            "n": formats.number(data["candidates"]),
            "alpha": formats.number(data["alpha"], 2),
            "error": formats.number(data["measurement_error"], 2),
        },
    )
    rows = (_cells(line) for line in sorted(lines, key=lambda line: line.number))
    return sheet_response(
        f"phan-tich-cau-hoi-{sitting.name}", _("Câu hỏi"), heads, rows, titles=titles
    )


def _cells(line: ItemLine) -> list[Cell]:
    figures = line.figures
    median = figures["median_seconds"]
    options = [option.share for option in line.options[:MOST_OPTIONS]]
    return [
        line.number, line.stem, str(line.kind), figures["candidates"], figures["share_right"],
        _text(figures["discrimination"]), _text(figures["point_biserial"]),
        None if median is None else round(median), " ".join(line.words),
        *options, *([None] * (MOST_OPTIONS - len(options))),
    ]  # fmt: skip


def _text(value: float | None) -> str:
    """A coefficient is no share: the sheet would show it as percent."""
    return "" if value is None else formats.number(value, 2)
