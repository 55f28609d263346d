from collections.abc import Iterable, Iterator

from django.http import FileResponse
from django.utils.translation import gettext as _

from lantoa.kernel import clock
from lantoa.obligations.models import Obligation, Rule
from lantoa.people.models import Unit
from lantoa.web import formats
from lantoa.web.sheets import Cell, sheet_response


def people_sheet(rule: Rule, unit: Unit, rows: Iterable[Obligation]) -> FileResponse:
    heads = [
        (_("STT"), 6),
        (_("Họ và tên"), 28),
        (_("Chức vụ, chức danh"), 24),
        (_("Đơn vị"), 30),
        (_("Hạn"), 12),
        (_("Tình trạng"), 20),
        (_("Ngày hoàn thành"), 14),
    ]
    moment = formats.moment(clock.now())
    titles = [
        unit.name.upper(),
        rule.title,
        rule.legal_basis,
        _("Số liệu lúc %(moment)s") % {"moment": moment},
    ]
    return sheet_response(
        f"nghia-vu-{unit.name}", _("Nghĩa vụ"), heads, _lines(rows), titles=titles
    )


def _lines(rows: Iterable[Obligation]) -> Iterator[list[Cell]]:
    for number, row in enumerate(rows, start=1):
        yield [
            number,
            row.person.full_name,
            row.person.title,
            row.unit.name,
            row.due_on,
            row.get_state_display(),
            row.met_on,
        ]
