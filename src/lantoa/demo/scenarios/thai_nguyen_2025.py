"""Thái Nguyên: group A, 250 IT staff in five courses of three classes each, 80 to 90 in a class;
group B, 25.000 officials who learn on a university's system and are tested there every quarter."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from lantoa.classes.actions import proposals
from lantoa.classes.actions.ending import end_class
from lantoa.classes.actions.venues import create_venue
from lantoa.classes.models import Member, TrainingClass, Venue
from lantoa.classes.rules.proposing import Asked, AskedClasses
from lantoa.classes.solving import Solving
from lantoa.demo.scenarios.lessons import attend, parts
from lantoa.demo.scenarios.quarters import hold_quarters
from lantoa.demo.scenarios.staging import Staging
from lantoa.kernel import clock
from lantoa.people.models import Person, Unit
from lantoa.people.rules.persons import PersonFacts
from lantoa.plans.actions import Document, set_quotas
from lantoa.plans.models import Plan
from lantoa.plans.models.quotas import Book, Measure
from lantoa.programmes.actions import NewRequirement
from lantoa.programmes.actions.enrolments import enrol
from lantoa.programmes.models import Cohort, Programme

CODE, WHEN = "19", date(2025, 7, 14)
NUMBER = "58/KH-UBND (minh họa)"
COURSES = (
    "AI và phân tích dữ liệu lớn",
    "Blockchain trong quản lý",
    "Internet vạn vật",
    "Công nghệ thực tại ảo",
    "An toàn, an ninh thông tin",
)
SPECIALISTS, CLASSES, LEAST, MOST = 250, 3, 80, 90
OFFICIALS, AGENCIES = 25_000, 40
ROOMS = ("Hội trường A (minh họa)", "Hội trường B (minh họa)", "Phòng máy 1 (minh họa)")


def play(staging: Staging) -> None:
    with clock.fixed(staging.at(0)):
        agencies = [staging.unit(f"{name} (minh họa)") for name in agency_names()]
        communes = list(
            Unit.objects.filter(
                parent=staging.province, kind=Unit.Kind.COMMUNE, ended_on=None
            ).order_by("code")
        )
        places = [*communes, *agencies]
        staging.say(f"{SPECIALISTS} cán bộ CNTT và {OFFICIALS} người của {len(places)} đơn vị")
        counts = [
            *zip(agencies, parts(SPECIALISTS, len(agencies)), strict=True),
            *zip(places, parts(OFFICIALS, len(places)), strict=True),
        ]
        people = staging.people(counts, alter=_specialist_first)
        specialists, officials = people[:SPECIALISTS], people[SPECIALISTS:]
        deep = staging.programme(
            "TN-A", "Bồi dưỡng chuyên sâu cho cán bộ CNTT",
            *(NewRequirement(title=title, periods=16, attendance=80) for title in COURSES),
        )  # fmt: skip
        wide = staging.programme(
            "TN-B", "Kỹ năng số cho cán bộ, công chức, viên chức",
            *(
                NewRequirement(title=f"Kiểm tra quý {q}", periods=2, attendance=50)
                for q in ("I", "II", "III", "IV")
            ),
        )  # fmt: skip
        plan = staging.plan("Bồi dưỡng chuyển đổi số đến năm 2025", NUMBER, [deep, wide])
        _quotas(staging, plan, wide, places, OFFICIALS)
        _quotas(staging, plan, deep, agencies, SPECIALISTS)
        cohort = staging.cohort(plan, deep, "Nhóm A năm 2025", 150)
        enrol(cohort=cohort, persons=specialists, actor=staging.keeper, choice="Cán bộ CNTT")
    staging.settle()
    _classes(staging, cohort)
    _quarters(staging, plan, wide, officials)


def _specialist_first(number: int, facts: PersonFacts) -> PersonFacts:
    if number >= SPECIALISTS:
        return facts
    return replace(facts, specialism=Person.Specialism.FULL)


def agency_names() -> list[str]:
    """The named groups of group B in agencies: offices, the Party's and the unions' bloc, schools,
    hospitals."""
    blocs = {
        "Sở, ngành số": 14,
        "Cơ quan Đảng, đoàn thể số": 6,
        "Trường học số": 12,
        "Bệnh viện, trung tâm y tế số": 8,
    }
    names = [f"{bloc} {n:02}" for bloc, count in blocs.items() for n in range(1, count + 1)]
    assert len(names) == AGENCIES
    return names


def _quotas(
    staging: Staging, plan: Plan, programme: Programme, units: Sequence[Unit], count: int
) -> None:
    counts = dict(zip([u.pk for u in units], parts(count, len(units)), strict=True))
    counts[staging.province.pk] = count
    book = Book(plan, programme, Measure.PERSONS)
    set_quotas(actor=staging.keeper, book=book, counts=counts, document=Document(NUMBER, WHEN))


def _classes(staging: Staging, cohort: Cohort) -> None:
    staging.say(f"Xếp {len(COURSES) * CLASSES} lớp, mỗi lớp {LEAST}–{MOST} người")
    with clock.fixed(staging.at(7)):
        venues = [
            create_venue(
                actor=staging.keeper, unit=staging.province, fields={"name": name, "seats": 120}
            )
            for name in ROOMS
        ]
        proposal = proposals.ask(
            actor=staging.keeper, cohort=cohort, asked=_asked(staging, cohort, venues)
        )
        proposals.keep(proposal=proposal, outcome=Solving(proposal).solve())
        made = proposals.apply(actor=staging.keeper, proposal=proposal)
    staging.settle()
    for one in made:
        _hold(staging, one)


def _asked(staging: Staging, cohort: Cohort, venues: Sequence[Venue]) -> Asked:
    first = staging.when + timedelta(days=14)
    return Asked(
        first_day=first.isoformat(),
        last_day=(first + timedelta(days=90)).isoformat(),
        halves=["morning", "afternoon"],
        weekends=False,
        classes=[
            AskedClasses(one.pk, CLASSES, 4)
            for one in cohort.programme.requirements.order_by("position")
        ],
        capacity=MOST,
        least=LEAST,
        venues=[venue.pk for venue in venues],
        at_once=2,
        away=50,
        colleagues="apart",
    )


def _hold(staging: Staging, one: TrainingClass) -> None:
    members = list(Member.objects.filter(training_class=one))
    meetings = list(one.meetings.filter(cancelled_at=None).order_by("starts_at"))
    for meeting in meetings:
        attend(staging, meeting, members, staging.rng(f"{one.pk}/{meeting.pk}"))
    with clock.fixed(meetings[-1].ends_at + timedelta(days=1)):
        end_class(actor=staging.keeper, training_class=one)


def _quarters(
    staging: Staging, plan: Plan, programme: Programme, officials: Sequence[Person]
) -> None:
    with clock.fixed(staging.at(10)):
        staging.say(f"Ghi danh {OFFICIALS} người")
        cohort = staging.cohort(plan, programme, "Nhóm B, bốn quý", 365)
        enrol(cohort=cohort, persons=officials, actor=staging.keeper, choice="Toàn tỉnh")
    staging.settle()
    hold_quarters(staging, cohort)
