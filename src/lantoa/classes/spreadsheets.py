"""A class's list with attendance as .xlsx."""

from collections.abc import Iterator, Sequence

from django.http import FileResponse
from django.utils.translation import gettext as _

from lantoa.classes.models import ClassTest, Meeting, Member, TrainingClass
from lantoa.classes.models.attendance import Standing
from lantoa.classes.queries.attendance import attended_by, held_of, standings_of
from lantoa.classes.queries.scores import points_by, tests_of
from lantoa.classes.rules.points import shown
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
        *((test.name, 12) for test in tests_of(found)),
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
    tests = list(tests_of(found))
    points = points_by(tests, ids)
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
            *(points.get(member.pk, {}).get(test.pk) for test in tests),
        ]


def points_sheet(test: ClassTest, members: Sequence[Member]) -> FileResponse:
    """To type a test's points into, with those that stand; it comes back by each member's code."""
    heads = [
        (_("STT"), 6),
        (_("Mã học viên"), 14),
        (_("Họ và tên"), 28),
        (_("Ngày sinh"), 12),
        (_("Đơn vị"), 30),
        (_("Điểm (tối đa %(greatest)s)") % {"greatest": shown(test.greatest)}, 16),
    ]
    found = test.training_class
    titles = [found.cohort.unit.name.upper(), f"{test.name} – {found.name}"]
    points = points_by([test], [member.pk for member in members])
    rows: Iterator[list[Cell]] = (
        [
            number,
            str(member.pk),
            member.enrolment.person.full_name,
            member.enrolment.person.born,
            member.enrolment.unit.name,
            points.get(member.pk, {}).get(test.pk),
        ]
        for number, member in enumerate(members, start=1)
    )
    return sheet_response(f"diem-{test.name}", _("Điểm"), heads, rows, titles=titles)


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
