"""Figures and people as .xlsx, in the order and form that people expect of a list."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format

from lantoa.plans.indicators import BY_CODE, Coverage, Figures
from lantoa.plans.models import Plan
from lantoa.plans.queries.people import STATES, Learner
from lantoa.plans.queries.plans import Scope
from lantoa.programmes.rules import Timing
from lantoa.web import formats

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = (
    "quota",
    "enrolled",
    "activated",
    "begun",
    "completed",
    "certified",
    "late",
    "due_soon",
    "coverage",
)

Cell = str | int | float | None


class Sheet:
    """One sheet with title rows, a frozen header and typed columns. Text that a spreadsheet might
    take for a formula is written as text with the quote mark (formula injection)."""

    def __init__(self, name: str, titles: Sequence[str], heads: Sequence[tuple[str, int]]) -> None:
        self.made = BytesIO()
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self.book = Workbook(self.made, options)
        font = {"font_name": "Times New Roman", "font_size": 12}
        plain = {**font, "border": 1, "valign": "top"}
        self.text = self.book.add_format({**plain, "text_wrap": True})
        self.quoted = self.book.add_format({**plain, "text_wrap": True, "quote_prefix": True})
        self.number = self.book.add_format({**plain, "num_format": "#,##0"})
        self.share = self.book.add_format({**plain, "num_format": "0.0%"})
        self.sheet = self.book.add_worksheet(name[:31])
        title = self.book.add_format({**font, "bold": True})
        head = self.book.add_format(
            {**plain, "bold": True, "align": "center", "text_wrap": True, "valign": "vcenter"}
        )
        for column, (_label, width) in enumerate(heads):
            self.sheet.set_column(column, column, width)
        for row, words in enumerate(titles):
            self.sheet.write_string(row, 0, words, title)
        self.row = len(titles) + 1
        for column, (label, _width) in enumerate(heads):
            self.sheet.write_string(self.row, column, label, head)
        self.sheet.freeze_panes(self.row + 1, 2)
        self.sheet.repeat_rows(self.row)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)

    def add(self, cells: Iterable[Cell]) -> None:
        self.row += 1
        for column, cell in enumerate(cells):
            if cell is None:
                self.sheet.write_blank(self.row, column, None, self.text)
            elif isinstance(cell, str):
                self.sheet.write_string(self.row, column, cell, self._text_format(cell))
            else:
                whole = isinstance(cell, int)
                self.sheet.write_number(
                    self.row, column, cell, self.number if whole else self.share
                )

    def _text_format(self, text: str) -> Format:
        return self.quoted if text.startswith(FORMULA_STARTS) else self.text

    def response(self, filename: str) -> HttpResponse:
        self.book.close()
        answer = HttpResponse(self.made.getvalue(), content_type=MIME)
        answer["Content-Disposition"] = f'attachment; filename="{slugify(filename)}.xlsx"'
        return answer


def _titles(scope: Scope, what: str, moment: str) -> list[str]:
    return [
        scope.plan.unit.name.upper(),
        f"{what}: {scope.unit.name}",
        f"{scope.programme.title} – {scope.plan.title} ({_decision(scope.plan)})",
        _("Số liệu lúc %(moment)s") % {"moment": moment},
    ]


def _decision(plan: Plan) -> str:
    return _("số %(number)s ngày %(date)s") % {
        "number": plan.decision_number,
        "date": formats.day(plan.decision_date),
    }


def figures_row(figures: Figures) -> list[Cell]:
    return [getattr(figures, code) for code in COLUMNS]


def coverage_sheet(scope: Scope, coverage: Coverage) -> HttpResponse:
    heads = [(_("STT"), 6), (_("Đơn vị"), 38)]
    heads += [(f"{BY_CODE[c].label} ({BY_CODE[c].measure})", 13) for c in COLUMNS]
    titles = _titles(scope, _("Tiến độ theo đơn vị"), formats.moment(coverage.at))
    sheet = Sheet(_("Tiến độ"), titles, heads)
    for number, row in enumerate(coverage.children, start=1):
        sheet.add([number, row.unit.name, *figures_row(row.figures)])
    if coverage.own.enrolled:
        sheet.add([None, _("Trực tiếp tại đơn vị"), *figures_row(coverage.own)])
    sheet.add([None, _("Tổng cộng"), *figures_row(coverage.total.figures)])
    return sheet.response(f"tien-do-{scope.unit.code}")


def learners_sheet(scope: Scope, learners: Iterable[Learner], moment: str) -> HttpResponse:
    heads = [
        (_("STT"), 6),
        (_("Họ và tên"), 28),
        (_("Ngày sinh"), 12),
        (_("Chức vụ"), 24),
        (_("Đơn vị"), 30),
        (_("Trạng thái"), 20),
        (_("Phần đã đạt"), 10),
        (_("Hạn"), 12),
        (_("Đúng hạn"), 14),
        (_("Ngày hoàn thành"), 14),
    ]
    sheet = Sheet(_("Học viên"), _titles(scope, _("Danh sách học viên"), moment), heads)
    for number, learner in enumerate(learners, start=1):
        sheet.add([number, *learner_cells(learner)])
    return sheet.response(f"hoc-vien-{scope.unit.code}")


def learner_cells(learner: Learner) -> list[Cell]:
    person, enrolment = learner.person, learner.enrolment
    born = formats.day(person.birth_date) if person.birth_date else str(person.birth_year or "")
    timing = str(STATES[learner.timing.value]) if learner.timing != Timing.ON_TIME else ""
    completed = formats.day(enrolment.completed_at) if enrolment.completed_at else ""
    return [
        person.full_name,
        born,
        person.title,
        enrolment.unit.name,
        str(learner.label),
        f"{learner.passed}/{learner.asked}",
        formats.day(enrolment.cohort.closes_on),
        timing,
        completed,
    ]
