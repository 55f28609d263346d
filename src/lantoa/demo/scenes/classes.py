"""Classes in rooms: the specialists' five courses as a proposal made them, some over, some to come;
a meeting of the whole province by bridge, under way now; and a class by link."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from lantoa.classes.actions import points, proposals
from lantoa.classes.actions.attendance import Statement, mark
from lantoa.classes.actions.classes import open_class
from lantoa.classes.actions.disputes import dispute
from lantoa.classes.actions.ending import end_class
from lantoa.classes.actions.meetings import NewMeeting, add_meetings, set_trainers
from lantoa.classes.actions.members import place, place_first
from lantoa.classes.actions.online import enter, judge
from lantoa.classes.actions.scores import Given, add_test, set_points
from lantoa.classes.actions.venues import create_venue
from lantoa.classes.models import Meeting, Member, Point, Presence, TrainingClass, Venue
from lantoa.classes.models.attendance import Standing
from lantoa.classes.rules.bridge import Kind, Report
from lantoa.classes.rules.proposing import Asked, AskedClasses
from lantoa.classes.solving import Solving
from lantoa.demo import cast
from lantoa.demo.rules.moments import morning
from lantoa.demo.stage import Campaign, Stage
from lantoa.kernel import clock
from lantoa.people.models import Person
from lantoa.plans.actions import PlanFields, create_plan, issue_plan, open_planned_cohort
from lantoa.plans.models.plans import TargetGroup
from lantoa.programmes.actions import NewRequirement, create_programme
from lantoa.programmes.actions.enrolments import enrol
from lantoa.programmes.models import Cohort, Programme

COURSES = (
    "AI và phân tích dữ liệu lớn",
    "Blockchain trong quản lý",
    "Internet vạn vật",
    "Công nghệ thực tại ảo",
    "An toàn, an ninh thông tin",
)
PERIODS, SHARE = 16, 80
MOST, IN_A_CLASS = 250, 90
Told = tuple[Kind, int, int | None, str]
AT_BRIDGE = 2000
ONLINE = 12
STAYS_OPEN = timedelta(days=5)
"""So long after its last meeting a class waits for whoever disagrees with their attendance."""
ROOMS = (("Hội trường A, Trung tâm Thông tin tỉnh", 120), ("Phòng máy 2, Trung tâm Thông tin", 90))
STANDINGS = {
    Standing.PRESENT: 86, Standing.LATE: 6, Standing.EXCUSED: 3, Standing.ABSENT: 5,
}  # fmt: skip


def hold_classes(stage: Stage, campaign: Campaign) -> None:
    _specialists(stage)
    _bridge(stage, campaign)
    _online(stage, campaign)


def _specialists(stage: Stage) -> None:
    actor = stage.user(cast.COORDINATOR.key)
    days = stage.moments.today - timedelta(days=50)
    with clock.fixed(morning(days)):
        cohort = _cohort(stage)
        venues = [_venue(stage, *room) for room in ROOMS]
        _lecturers(stage, cohort.programme)
    with clock.fixed(morning(days + timedelta(days=5))):
        people = _chosen(stage)
        enrol(cohort=cohort, persons=people, actor=actor, choice="Cán bộ chuyên trách CNTT")
        asked = _asked(stage, cohort, venues, len(people))
        proposal = proposals.ask(actor=actor, cohort=cohort, asked=asked)
        proposals.keep(proposal=proposal, outcome=Solving(proposal).solve())
        made = proposals.apply(actor=actor, proposal=proposal)
    for one in made:
        _attend(stage, one)
    _object(stage, made)
    _test(stage, made)


def _cohort(stage: Stage) -> Cohort:
    actor, today = stage.user(cast.COORDINATOR.key), clock.today()
    # Before the commune leaders' plan, which leaders shall see first.
    earlier = stage.moments.decided - timedelta(days=10)
    programme = create_programme(
        actor=actor,
        unit=stage.province,
        code="CS-CNTT",
        title="Bồi dưỡng chuyên sâu công nghệ số cho cán bộ CNTT (minh họa)",
        requirements=[
            NewRequirement(title=title, periods=PERIODS, attendance=SHARE) for title in COURSES
        ],
        hours=PERIODS * len(COURSES),
        certificate_rule=Programme.CertificateRule.NONE,
    )
    fields = PlanFields(
        title=f"Bồi dưỡng chuyên sâu cho cán bộ CNTT năm {today.year} (minh họa)",
        decision_number="96/KH-UBND (minh họa)",
        decision_date=earlier,
        starts_on=earlier,
        ends_on=today + timedelta(days=200),
        legal_basis="Kế hoạch minh họa của tỉnh mẫu",
        programmes=[programme],
        target_groups=[TargetGroup.SPECIALISTS],
    )
    plan = issue_plan(
        actor=actor, plan=create_plan(actor=actor, unit=stage.province, fields=fields)
    )
    return open_planned_cohort(
        plan=plan,
        programme=programme,
        name=f"Đợt chuyên sâu năm {today.year}",
        opens_on=today,
        closes_on=stage.moments.today + timedelta(days=60),
        actor=actor,
    )


def _venue(stage: Stage, name: str, seats: int) -> Venue:
    actor = stage.user(cast.COORDINATOR.key)
    fields = {"name": name, "seats": seats, "zone": "Trung tâm tỉnh"}
    return create_venue(actor=actor, unit=stage.province, fields=fields)


def _lecturers(stage: Stage, programme: Programme) -> None:
    teachers = [stage.cast[one.key] for one in (cast.AUTHOR, cast.EXAMINER)]
    for number, requirement in enumerate(programme.requirements.order_by("position")):
        proposals.set_lecturers(
            actor=stage.user(cast.COORDINATOR.key),
            requirement=requirement,
            persons=[teachers[number % 2]] if number % 3 else teachers,
        )


def _chosen(stage: Stage) -> list[Person]:
    none = Person.Specialism.NONE
    special = [one.person for one in stage.people if one.person.specialism != none]
    learner = stage.cast[cast.LEARNER.key]
    return [learner, *(person for person in special if person.pk != learner.pk)][:MOST]


def _asked(stage: Stage, cohort: Cohort, venues: Sequence[Venue], people: int) -> Asked:
    return Asked(
        first_day=(stage.moments.today - timedelta(days=9)).isoformat(),
        last_day=(stage.moments.today + timedelta(days=50)).isoformat(),
        halves=["morning", "afternoon"],
        weekends=False,
        classes=[
            AskedClasses(one.pk, max(1, min(3, -(-people // 85))), 4)
            for one in cohort.programme.requirements.order_by("position")
        ],
        capacity=IN_A_CLASS,
        least=0,
        venues=[venue.pk for venue in venues],
        at_once=1,
        away=50,
        colleagues="apart",
    )


def _attend(stage: Stage, one: TrainingClass) -> None:
    """What was held is marked; a class that was over days ago has ended."""
    rng = stage.rng(f"classes/{one.name}")
    actor = stage.user(cast.AUTHOR.key)
    members = list(Member.objects.filter(training_class=one).order_by("pk"))
    meetings = list(one.meetings.filter(ends_at__lt=stage.moments.now).order_by("starts_at"))
    for meeting in meetings:
        with clock.fixed(meeting.ends_at):
            mark(
                actor=actor,
                meeting=meeting,
                statements=[_said(rng, meeting, member) for member in members],
                evidence="list",
            )
    held = one.meetings.filter(cancelled_at=None).count()
    over = bool(meetings) and len(meetings) == held
    if over and meetings[-1].ends_at < stage.moments.now - STAYS_OPEN:
        with clock.fixed(meetings[-1].ends_at + STAYS_OPEN):
            end_class(actor=actor, training_class=one)


def _said(rng: Random, meeting: Meeting, member: Member) -> Statement:
    (standing,) = rng.choices(list(STANDINGS), list(STANDINGS.values()))
    return Statement(member, standing, f"demo-{member.pk}", meeting.starts_at)


def _object(stage: Stage, made: Sequence[TrainingClass]) -> None:
    """Somebody who stands as absent in a class that goes on says that they were there."""
    absent = Presence.objects.filter(
        meeting__training_class__in=[one.pk for one in made],
        meeting__training_class__state=TrainingClass.State.OPEN,
        standing__in=(Standing.ABSENT, Standing.EXCUSED),
        member__enrolment__person__user__isnull=False,
    )
    row = absent.select_related("member__enrolment__person__user", "meeting").order_by("pk").first()
    if row is not None and (user := row.member.enrolment.person.user) is not None:
        row.meeting.training_class.refresh_from_db()
        words = "Tôi có mặt cả buổi, ngồi ở hàng ghế cuối."
        dispute(actor=user, meeting=row.meeting, member=row.member, words=words)


def _test(stage: Stage, made: Sequence[TrainingClass]) -> None:
    """The first class that goes on has a test; most of its people have their points."""
    rng, actor = stage.rng("class-test"), stage.user(cast.AUTHOR.key)
    going_on = TrainingClass.objects.filter(pk__in=[one.pk for one in made], state="open")
    found = going_on.order_by("pk").first()
    if found is None:
        return
    fields = {
        "name": "Kiểm tra thực hành",
        "held_on": stage.moments.today,
        "greatest": Decimal(10),
        "pass_mark": Decimal(5),
        "required": True,
    }
    test = add_test(actor=actor, training_class=found, fields=fields)
    given = [
        Given(member, Decimal(rng.randrange(16, 41)) / 4, None)
        for number, member in enumerate(found.members.filter(left_at=None).order_by("pk"))
        if number % 7 != 6
    ]
    set_points(actor=actor, test=test, given=given)


def _bridge(stage: Stage, campaign: Campaign) -> None:
    """One broadcast to a hall in each place; most have opened, one has lost the picture."""
    actor = stage.user(cast.COORDINATOR.key)
    now = stage.moments.now
    with clock.fixed(now - timedelta(days=4)):
        fields = {
            "name": "Tập huấn toàn tỉnh qua cầu truyền hình (minh họa)",
            "mode": TrainingClass.Mode.BRIDGE,
            "capacity": 20_000,
            "note": "Đến trước 15 phút để điểm danh.",
        }
        made = open_class(actor=actor, cohort=campaign.main, fields=fields)
        starts = now - timedelta(hours=1)
        news = [
            NewMeeting(starts, starts + timedelta(hours=3), 4, "Kỹ năng số cho cán bộ cơ sở"),
            NewMeeting(
                starts + timedelta(days=1), starts + timedelta(days=1, hours=3), 4, "Thực hành"
            ),
        ]
        meeting, _next = add_meetings(actor=actor, training_class=made, meetings=news)
        venues = [
            create_venue(
                actor=actor,
                unit=stage.units[one.code],
                fields={"name": f"Hội trường {stage.units[one.code].name}"[:150]},
            )
            for one, _people in stage.places
        ]
        points.add_points(actor=actor, training_class=made, venues=venues)
        place_first(actor=actor, training_class=made, most=AT_BRIDGE)
        points.seat_at_points(actor=actor, training_class=made)
        _keepers(stage, made)
    _reports(stage, made, meeting)


def _keepers(stage: Stage, made: TrainingClass) -> None:
    keeper = stage.cast[cast.COMMUNE_COORDINATOR.key]
    own = made.points.filter(venue__unit=keeper.unit_id).first()
    if own is not None:
        actor = stage.user(cast.COORDINATOR.key)
        points.set_keeper(actor=actor, point=own, keeper=keeper.user)


def _reports(stage: Stage, made: TrainingClass, meeting: Meeting) -> None:
    rng, now = stage.rng("bridge"), stage.moments.now
    every = list(Point.objects.filter(training_class=made).select_related("keeper").order_by("pk"))
    for number, point in enumerate(every):
        if number % 9 == 8:
            continue  # not open yet
        size = point.members.filter(left_at=None).count()
        at = meeting.starts_at - timedelta(minutes=rng.randrange(2, 25))
        told: list[Told] = [(Kind.OPEN, 0, None, ""), (Kind.LINK_UP, 3, None, "")]
        told.append((Kind.HEADCOUNT, 30, max(0, size - rng.randrange(0, 3)), ""))
        if number % 13 == 5:
            told.append((Kind.LINK_DOWN, 40, None, ""))
        elif number % 17 == 3:
            told.append((Kind.PROBLEM, 35, None, "Âm thanh nhỏ, đang chờ loa dự phòng"))
        _tell(point, meeting, at, told, now)


def _tell(
    point: Point,
    meeting: Meeting,
    at: datetime,
    told: Sequence[Told],
    now: datetime,
) -> None:
    reports = [
        Report(kind, at + timedelta(minutes=minutes), number, note, f"demo-{minutes:04}")
        for kind, minutes, number, note in told
    ]
    with clock.fixed(now):
        points.report(actor=point.keeper, point=point, meeting=meeting, reports=reports)


def _online(stage: Stage, campaign: Campaign) -> None:
    """A class by link: who was there yesterday was seen, and the door opens again in two hours."""
    actor, now = stage.user(cast.COORDINATOR.key), stage.moments.now
    with clock.fixed(now - timedelta(days=3)):
        fields = {
            "name": "Hỏi đáp trực tuyến về dịch vụ công (minh họa)",
            "mode": TrainingClass.Mode.ONLINE,
            "capacity": 60,
            "link": "https://hop.example.vn/dich-vu-cong",
        }
        made = open_class(actor=actor, cohort=campaign.main, fields=fields)
        length = timedelta(hours=1)
        starts = (now - timedelta(days=1), now + timedelta(hours=2, minutes=15))
        news = [NewMeeting(at, at + length, 1, "Hỏi đáp") for at in starts]
        held, coming = add_meetings(actor=actor, training_class=made, meetings=news)
        enrolled = campaign.main.enrolments.filter(withdrawn_at=None)
        learner = enrolled.filter(person=stage.cast[cast.LEARNER.key])
        others = enrolled.exclude(pk__in=learner.values("pk")).order_by("-pk")[:ONLINE]
        place(actor=actor, training_class=made, enrolments=[*learner, *others])
        trainer = stage.cast[cast.AUTHOR.key]
        set_trainers(actor=actor, meetings=[held, coming], trainers=[trainer])
    _be_there(stage, made, held)
    with clock.fixed(held.ends_at + timedelta(minutes=1)):
        judge(actor=None, meeting=held)


def _be_there(stage: Stage, made: TrainingClass, meeting: Meeting) -> None:
    rng = stage.rng("online")
    for number, member in enumerate(made.members.order_by("pk")):
        if number % 8 == 7:
            continue  # never came
        first = rng.randrange(-8, 4) if number % 5 else rng.randrange(16, 25)
        last = 59 if number % 6 else rng.randrange(25, 40)
        for minute in range(first, last + 1, 2):
            with clock.fixed(meeting.starts_at + timedelta(minutes=minute)):
                enter(meeting=meeting, member=member)
