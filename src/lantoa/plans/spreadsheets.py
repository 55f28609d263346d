"""Figures and people as .xlsx, in the order and form that people expect of a list."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.http import FileResponse
from django.utils.translation import gettext as _

from lantoa.kernel import clock
from lantoa.plans.indicators import BY_CODE, Coverage, Figures
from lantoa.plans.models import Plan
from lantoa.plans.models.quotas import Book, Measure
from lantoa.plans.queries.needs import NeedTable, ReviewScope
from lantoa.plans.queries.people import STATES, Learner
from lantoa.plans.queries.plans import Scope
from lantoa.plans.queries.quota_tree import TreeRow
from lantoa.programmes.rules import Timing
from lantoa.web import formats
from lantoa.web.sheets import Cell, sheet_response

COLUMNS = (
    "quota",
    "nominated",
    "enrolled",
    "activated",
    "begun",
    "completed",
    "certified",
    "late",
    "due_soon",
    "coverage",
)


def _titles(scope: Scope, what: str, moment: str, on: date | None = None) -> list[str]:
    return [
        scope.plan.unit.name.upper(),
        f"{what}: {scope.unit.name}",
        f"{scope.programme.title} – {scope.plan.title} ({_decision(scope.plan)})",
        _("Số liệu lúc %(moment)s") % {"moment": moment},
        *([_("Theo cây đơn vị ngày %(day)s") % {"day": formats.day(on)}] if on else []),
    ]


def _decision(plan: Plan) -> str:
    if plan.decision_date is None:
        return _("bản thảo")
    return _("số %(number)s ngày %(date)s") % {
        "number": plan.decision_number,
        "date": formats.day(plan.decision_date),
    }


def figures_row(figures: Figures) -> list[Cell]:
    return [getattr(figures, code) for code in COLUMNS]


def coverage_sheet(scope: Scope, coverage: Coverage) -> FileResponse:
    heads = [(_("STT"), 6), (_("Đơn vị"), 38)]
    heads += [(f"{BY_CODE[c].label} ({BY_CODE[c].measure})", 13) for c in COLUMNS]
    titles = _titles(scope, _("Tiến độ theo đơn vị"), formats.moment(coverage.at), coverage.on)
    rows = _coverage_rows(coverage)
    return sheet_response(f"tien-do-{scope.unit.code}", _("Tiến độ"), heads, rows, titles=titles)


def _coverage_rows(coverage: Coverage) -> Iterator[list[Cell]]:
    for number, row in enumerate(coverage.children, start=1):
        yield [number, row.name, *figures_row(row.figures)]
    if coverage.own.has_anything:
        yield [None, _("Trực tiếp tại đơn vị"), *figures_row(coverage.own)]
    yield [None, _("Tổng cộng"), *figures_row(coverage.total.figures)]


def quota_sheet(scope: Scope, book: Book, rows: Iterable[TreeRow]) -> FileResponse:
    """Each level one step to the right, as decisions print it."""
    measure = Measure(book.measure).label
    heads = [(_("STT"), 6), (_("Mã"), 10), (_("Đơn vị"), 44)]
    heads += [
        (f"{label} ({measure})", 16)
        for label in (_("Chỉ tiêu"), _("Đã giao xuống"), _("Giữ lại"), _("Giao vượt"))
    ]
    titles = _titles(scope, _("Chỉ tiêu theo đơn vị"), formats.moment(clock.now()))
    cells = (
        [
            number,
            row.unit.code,
            "    " * row.depth + row.unit.name,
            row.count,
            row.passed_down,
            row.kept,
            row.excess or None,
        ]
        for number, row in enumerate(rows, start=1)
    )
    name = f"chi-tieu-{scope.unit.code}"
    return sheet_response(name, _("Chỉ tiêu"), heads, cells, titles=titles)


def needs_sheet(scope: ReviewScope, table: NeedTable) -> FileResponse:
    heads = [(_("STT"), 6), (_("Đơn vị"), 44)]
    heads += [(programme.title, 20) for programme in scope.programmes]
    heads += [(_("Đã kê khai"), 12), (_("Số đơn vị"), 12)]
    rows = [*((n, row) for n, row in enumerate(table.rows, start=1)), (None, table.total)]
    cells: Iterator[list[Cell]] = (
        [
            number,
            row.unit.name if number else _("Tổng cộng"),
            *row.sums,
            row.stated,
            row.units,
        ]
        for number, row in rows
    )
    titles = [
        scope.review.unit.name.upper(),
        f"{scope.review.title}: {scope.unit.name}",
        _("Số liệu lúc %(moment)s") % {"moment": formats.moment(clock.now())},
    ]
    name = f"nhu-cau-{scope.unit.code}"
    return sheet_response(name, _("Nhu cầu"), heads, cells, titles=titles)


def learners_sheet(scope: Scope, learners: Iterable[Learner], moment: str) -> FileResponse:
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
    titles = _titles(scope, _("Danh sách học viên"), moment)
    rows = ([number, *learner_cells(each)] for number, each in enumerate(learners, start=1))
    return sheet_response(f"hoc-vien-{scope.unit.code}", _("Học viên"), heads, rows, titles=titles)


def learner_cells(learner: Learner) -> list[Cell]:
    person, enrolment = learner.person, learner.enrolment
    timing = str(STATES[learner.timing.value]) if learner.timing != Timing.ON_TIME else ""
    completed = formats.day(enrolment.completed_at) if enrolment.completed_at else ""
    return [
        person.full_name,
        person.born,
        person.title,
        enrolment.unit.name,
        str(learner.label),
        f"{learner.passed}/{learner.asked}",
        formats.day(enrolment.cohort.closes_on),
        timing,
        completed,
    ]
