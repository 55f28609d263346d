"""Thái Nguyên, October 2021: 14.600 people, four days, 192 bridge venues."""

from datetime import date, timedelta

from lantoa.classes.actions.classes import open_class
from lantoa.classes.actions.ending import end_class
from lantoa.classes.actions.meetings import NewMeeting, add_meetings
from lantoa.classes.actions.members import place
from lantoa.classes.actions.points import add_points, report, seat_at_points
from lantoa.classes.actions.venues import create_venue
from lantoa.classes.models import Meeting, Member, Point
from lantoa.classes.rules.bridge import Kind, Report
from lantoa.demo.scenarios.lessons import attend, parts
from lantoa.demo.scenarios.staging import Staging
from lantoa.kernel import clock
from lantoa.programmes.actions import NewRequirement
from lantoa.programmes.actions.enrolments import enrol
from lantoa.programmes.models import Enrolment

CODE, WHEN = "19", date(2021, 10, 4)
VENUES, PEOPLE, DAYS = 192, 14_600, 4
FIRST_DAY = 14
HALF_DAY = timedelta(hours=4)


def play(staging: Staging) -> None:
    with clock.fixed(staging.at(0)):
        staging.say(f"{PEOPLE} người của {VENUES} đơn vị")
        units = [staging.unit(f"Đơn vị dự cầu số {n:03} (minh họa)") for n in range(1, VENUES + 1)]
        people = staging.people(list(zip(units, parts(PEOPLE, VENUES), strict=True)))
        programme = staging.programme(
            "TN-CAU", "Tập huấn chuyển đổi số cho cán bộ toàn tỉnh",
            NewRequirement(title="Tập huấn qua cầu truyền hình", periods=16, attendance=80),
        )  # fmt: skip
        plan = staging.plan("Tập huấn chuyển đổi số 2021", "151/KH-UBND (minh họa)", [programme])
        cohort = staging.cohort(plan, programme, "Tháng 10 năm 2021", 40)
        enrol(cohort=cohort, persons=people, actor=staging.keeper, choice="Toàn tỉnh")
        staging.settle()
        fields = {"name": "Hội nghị tập huấn toàn tỉnh", "mode": "bridge", "capacity": PEOPLE}
        made = open_class(actor=staging.keeper, cohort=cohort, fields=fields)
        first = staging.at(FIRST_DAY)
        meetings = add_meetings(
            actor=staging.keeper,
            training_class=made,
            meetings=[
                NewMeeting(first + timedelta(days=n), first + timedelta(days=n) + HALF_DAY, 4)
                for n in range(DAYS)
            ],
        )
        venues = [
            create_venue(
                actor=staging.keeper, unit=unit, fields={"name": f"Điểm cầu {n:03}", "seats": 90}
            )
            for n, unit in enumerate(units, start=1)
        ]
        add_points(actor=staging.keeper, training_class=made, venues=venues)
        rows = list(Enrolment.objects.filter(cohort=cohort).select_related("person"))
        place(actor=staging.keeper, training_class=made, enrolments=rows, quiet=True)
        seat_at_points(actor=staging.keeper, training_class=made)
    staging.settle()
    members = list(Member.objects.filter(training_class=made))
    for day, meeting in enumerate(meetings, start=1):
        staging.say(f"Ngày {day}: {VENUES} điểm cầu")
        attend(staging, meeting, members, staging.rng(f"day/{day}"), f"d{day}")
        _report(staging, meeting)
        staging.settle()
    with clock.fixed(staging.at(FIRST_DAY + DAYS)):
        end_class(actor=staging.keeper, training_class=made)


def _report(staging: Staging, meeting: Meeting) -> None:
    """Every point opened and closed; a few lost the picture for a while."""
    rng = staging.rng(f"points/{meeting.pk}")
    with clock.fixed(meeting.ends_at):
        for point in Point.objects.filter(training_class=meeting.training_class_id):
            told = [(Kind.OPEN, -20), (Kind.LINK_UP, -18)]
            if rng.random() < 0.05:
                told += [(Kind.LINK_DOWN, 60), (Kind.LINK_UP, 72)]
            told.append((Kind.CLOSE, 239))
            reports = [
                Report(kind, meeting.starts_at + timedelta(minutes=m), key=f"{m:+04}-{kind}")
                for kind, m in told
            ]
            report(actor=staging.keeper, point=point, meeting=meeting, reports=reports)
