from collections.abc import Iterable, Iterator

from django.http import FileResponse
from django.utils.translation import gettext as _

from lantoa.programmes.models import Enrolment
from lantoa.providers.models import Assignment, ResultImport, ResultRow
from lantoa.providers.queries.people import code_of
from lantoa.providers.words import sentence_of
from lantoa.web.sheets import Cell, sheet_response


def people_sheet(assignment: Assignment, people: Iterable[Enrolment]) -> FileResponse:
    """The list of people, and at the same time the form to fill in and send back."""
    heads = [
        (_("STT"), 6),
        (_("Mã học viên"), 14),
        (_("Họ và tên"), 28),
        (_("Ngày sinh"), 12),
        (_("Đơn vị"), 34),
    ]
    if assignment.shows_contacts:
        heads += [(_("Số điện thoại"), 14), (_("Thư điện tử"), 26)]
    heads += [
        (_("Kết quả"), 12),
        (_("Điểm"), 8),
        (_("Ngày hoàn thành"), 16),
        (_("Minh chứng"), 24),
    ]
    titles = [
        assignment.requirement.name,
        f"{assignment.cohort.programme.title} · {assignment.cohort.name}",
    ]
    rows = _people(assignment, people)
    return sheet_response("hoc-vien-duoc-giao", _("Học viên"), heads, rows, titles=titles)


def _people(assignment: Assignment, people: Iterable[Enrolment]) -> Iterator[list[Cell]]:
    for number, enrolment in enumerate(people, start=1):
        person = enrolment.person
        cells: list[Cell] = [
            number, code_of(enrolment.pk), person.full_name, person.born, enrolment.unit.name
        ]  # fmt: skip
        if assignment.shows_contacts:
            cells += [person.phone, person.email]
        yield [*cells, None, None, None, None]


def rows_sheet(of: ResultImport, rows: Iterable[ResultRow]) -> FileResponse:
    """What would happen to each row, for who mends the list."""
    heads = [
        (_("Chỗ trong tệp"), 22),
        (_("Họ và tên"), 28),
        (_("Ngày sinh"), 12),
        (_("Kết quả trong tệp"), 24),
        (_("Đối chiếu"), 26),
        (_("Lý do"), 50),
        (_("Là học viên"), 28),
        (_("Minh chứng"), 24),
    ]
    return sheet_response("doi-chieu-ket-qua", _("Đối chiếu"), heads, _rows(rows), titles=[of.name])


def _rows(rows: Iterable[ResultRow]) -> Iterator[list[Cell]]:
    for row in rows:
        yield [
            row.place,
            row.name,
            row.born,
            row.result,
            row.get_state_display(),
            sentence_of(row),
            row.enrolment.person.full_name if row.enrolment else "",
            row.reference,
        ]
