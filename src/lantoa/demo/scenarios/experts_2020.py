"""100 experts of e-government, 2020: one for each ministry and each province, heads and deputy
heads of IT; online first, then a class of two days, 11 and 12 June."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from lantoa.classes.actions.classes import open_class
from lantoa.classes.actions.ending import end_class
from lantoa.classes.actions.meetings import NewMeeting, add_meetings
from lantoa.classes.actions.members import place
from lantoa.classes.actions.venues import create_venue
from lantoa.classes.models import Member
from lantoa.demo import content
from lantoa.demo.scenarios.central import central_bodies, provinces_then
from lantoa.demo.scenarios.course import write_course
from lantoa.demo.scenarios.finishing import carry_over, certify
from lantoa.demo.scenarios.lessons import HALF_DAY, attend
from lantoa.demo.scenarios.reform import go_through_reform
from lantoa.demo.scenarios.staging import Alter, Staging
from lantoa.kernel import clock
from lantoa.people.models import Person, Unit
from lantoa.people.rules.persons import PersonFacts
from lantoa.plans.actions import Document, set_quotas
from lantoa.plans.models import Plan
from lantoa.plans.models.quotas import Book, Measure
from lantoa.programmes.actions import NewRequirement
from lantoa.programmes.actions.enrolments import enrol
from lantoa.programmes.models import Cohort, Enrolment, Programme, Requirement

CODE, WHEN = "VN", date(2020, 5, 11)
BEFORE_REFORM = True
EXPERTS = 100
NUMBER = "Kế hoạch 100 chuyên gia (minh họa)"
CLASS_DAYS = (date(2020, 6, 11), date(2020, 6, 12))
ONLINE_DAYS = 20
HEADS = ("Cục trưởng Cục Công nghệ thông tin", "Phó Cục trưởng Cục Công nghệ thông tin")
PROVINCE_HEADS = (
    "Giám đốc Sở Thông tin và Truyền thông", "Phó Giám đốc Sở Thông tin và Truyền thông"
)  # fmt: skip
# Of what the demo teaches, what such experts begin with.
TOPICS = ("t1", "t2", "t5")


def play(staging: Staging) -> None:
    with clock.fixed(staging.at(0)):
        bodies = central_bodies(staging)
        units = [*bodies, *provinces_then()]
        staging.say(f"{len(units)} bộ, ngành, tỉnh: mỗi nơi một chuyên gia")
        people = staging.people([(unit, 1) for unit in units], alter=_heads(len(bodies)))
        topics = [one for one in content.topics() if one.key in TOPICS]
        course = write_course(staging, "CG-2020", "Chuyên gia Chính phủ điện tử", topics)
        programme = staging.programme(
            "CG-2020", "Bồi dưỡng chuyên gia Chính phủ điện tử",
            NewRequirement(course=course),
            NewRequirement(title="Lớp tập trung hai ngày", periods=16, attendance=80),
            certificate_rule=Programme.CertificateRule.APPROVED,
        )  # fmt: skip
        plan = staging.plan("100 chuyên gia Chính phủ điện tử", NUMBER, [programme])
        _quotas(staging, plan, programme, units)
        cohort = staging.cohort(plan, programme, "Khóa tháng 6 năm 2020", 60)
        enrol(cohort=cohort, persons=people, actor=staging.keeper, choice="Mỗi nơi một người")
    staging.settle()
    online, lesson = programme.requirements.order_by("position")
    carry_over(staging, cohort, staging.at(ONLINE_DAYS), share=1, requirements=[online])
    _two_days(staging, cohort, lesson)
    _certificates(staging, cohort)
    go_through_reform(staging)


def _heads(bodies: int) -> Alter:
    def alter(number: int, facts: PersonFacts) -> PersonFacts:
        titles = HEADS if number < bodies else PROVINCE_HEADS
        return replace(
            facts, title=titles[number % 2], is_leader=True,
            category=Person.Category.CIVIL_SERVANT, specialism=Person.Specialism.FULL,
        )  # fmt: skip

    return alter


def _quotas(staging: Staging, plan: Plan, programme: Programme, units: list[Unit]) -> None:
    counts = {staging.province.pk: EXPERTS, **dict.fromkeys((u.pk for u in units), 1)}
    book = Book(plan, programme, Measure.PERSONS)
    set_quotas(actor=staging.keeper, book=book, counts=counts, document=Document(NUMBER, WHEN))


def _two_days(staging: Staging, cohort: Cohort, requirement: Requirement) -> None:
    staging.say("Lớp tập trung 11–12/6/2020")
    ministry = Unit.objects.get(name="Bộ Thông tin và Truyền thông", ended_on=None)
    with clock.fixed(staging.at(ONLINE_DAYS + 2)):
        hall = create_venue(
            actor=staging.keeper,
            unit=ministry,
            fields={"name": "Hội trường (minh họa)", "seats": 120},
        )
        fields = {
            "name": "Lớp chuyên gia",
            "requirement": requirement,
            "capacity": EXPERTS,
            "venue": hall,
        }
        made = open_class(actor=staging.keeper, cohort=cohort, fields=fields)
        mornings = [datetime(d.year, d.month, d.day, 8, tzinfo=clock.VIETNAM) for d in CLASS_DAYS]
        halves = [moment + HALF_DAY * part for moment in mornings for part in (0, 1.5)]
        meetings = add_meetings(
            actor=staging.keeper,
            training_class=made,
            meetings=[NewMeeting(starts, starts + HALF_DAY, 4) for starts in halves],
        )
        rows = list(Enrolment.objects.filter(cohort=cohort).select_related("person"))
        place(actor=staging.keeper, training_class=made, enrolments=rows, quiet=True)
    members = list(Member.objects.filter(training_class=made))
    for meeting in meetings:
        attend(staging, meeting, members, staging.rng(f"class/{meeting.pk}"), here=1)
    with clock.fixed(meetings[-1].ends_at + timedelta(hours=2)):
        end_class(actor=staging.keeper, training_class=made)
    staging.settle()


def _certificates(staging: Staging, cohort: Cohort) -> None:
    done = Enrolment.objects.filter(cohort=cohort, completed_at__isnull=False)
    ids = list(done.order_by("completed_at", "pk").values_list("pk", flat=True))
    last = datetime(2020, 6, 15, 9, tzinfo=clock.VIETNAM)
    certify(staging, ids, last)
