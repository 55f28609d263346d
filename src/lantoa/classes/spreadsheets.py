"""A class's list with attendance as .xlsx."""

from collections.abc import Iterator, Sequence

from django.http import FileResponse
from django.utils.translation import gettext as _

from lantoa.classes.models import Meeting, Member, TrainingClass
from lantoa.classes.models.attendance import Standing
from lantoa.classes.queries.attendance import attended_by, held_of, standings_of
from lantoa.web import formats
from lantoa.web.sheets import Cell, sheet_response


def attendance_sheet(found: TrainingClass, members: Sequence[Member]) -> FileResponse:
    meetings = held_of(found)
    heads = [
        (_("STT"), 6),
        (_("Họ và tên"), 28),
        (_("Ngày sinh"), 12),
        (_("Chức vụ, chức danh"), 24),
        (_("Đơn vị"), 30),
        *((formats.minute(meeting.starts_at), 12) for meeting in meetings),
        (_("Số tiết dự"), 10),
        (_("Tỷ lệ"), 10),
    ]
    titles = [
        found.cohort.unit.name.upper(),
        _("Danh sách và điểm danh lớp %(name)s") % {"name": found.name},
        f"{found.cohort.programme.title} – {found.cohort.name}",
    ]
    rows = _rows(found, members)
    return sheet_response(f"lop-{found.name}", _("Điểm danh"), heads, rows, titles=titles)


def _rows(found: TrainingClass, members: Sequence[Member]) -> Iterator[list[Cell]]:
    meetings = held_of(found)
    ids = [member.pk for member in members]
    stood, shares = standings_of(meetings, ids), attended_by(found, ids)
    words = dict(Standing.choices)
    for number, member in enumerate(members, start=1):
        person, share = member.enrolment.person, shares[member.pk]
        cells = [str(words.get(stood.get(member.pk, {}).get(m.pk, ""), "")) for m in meetings]
        part = share.periods / share.of if share.of else None
        yield [
            number,
            person.full_name,
            person.born,
            person.title,
            member.enrolment.unit.name,
            *cells,
            share.periods,
            float(part) if part is not None else None,
        ]


def missing_sheet(meeting: Meeting, members: Sequence[Member]) -> FileResponse:
    """Who was not at a meeting, for making it up."""
    found = meeting.training_class
    heads = [
        (_("STT"), 6),
        (_("Họ và tên"), 28),
        (_("Chức vụ, chức danh"), 24),
        (_("Đơn vị"), 30),
        (_("Điểm cầu"), 30),
    ]
    at = formats.minute(meeting.starts_at)
    titles = [
        found.cohort.unit.name.upper(),
        _("Danh sách học bù: %(name)s, buổi %(at)s") % {"name": found.name, "at": at},
    ]
    rows: Iterator[list[Cell]] = (
        [
            number,
            member.enrolment.person.full_name,
            member.enrolment.person.title,
            member.enrolment.unit.name,
            member.point.venue.name if member.point else "",
        ]
        for number, member in enumerate(members, start=1)
    )
    return sheet_response(f"hoc-bu-{found.name}", _("Học bù"), heads, rows, titles=titles)
