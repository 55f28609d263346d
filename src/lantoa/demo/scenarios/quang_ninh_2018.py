"""Quảng Ninh, 2018: 266 classes and 10.592 person-times in one programme, 24 classes and 925 in
another, quotas down to the district, remote ones first; and 241 people with qualifications."""

from datetime import date, timedelta

from lantoa.demo.scenarios.lessons import hold, parts
from lantoa.demo.scenarios.staging import Staging
from lantoa.kernel import clock
from lantoa.people.actions.qualifications import note_qualification
from lantoa.people.models import Person, Qualification, Unit
from lantoa.plans.actions import Document, set_quotas
from lantoa.plans.models import Plan
from lantoa.plans.models.quotas import Book, Measure
from lantoa.programmes.actions import NewRequirement
from lantoa.programmes.actions.enrolments import enrol
from lantoa.programmes.models import Cohort, Enrolment, Programme

CODE, WHEN = "22", date(2018, 1, 15)
# The fourteen districts and towns of the time, those of mountains and islands first.
REMOTE = ("Huyện Cô Tô", "Huyện Ba Chẽ", "Huyện Bình Liêu", "Huyện Vân Đồn", "Huyện Tiên Yên",
          "Huyện Đầm Hà", "Huyện Hải Hà")  # fmt: skip
OTHERS = ("Huyện Hoành Bồ", "Thị xã Đông Triều", "Thị xã Quảng Yên", "Thành phố Móng Cái",
          "Thành phố Uông Bí", "Thành phố Cẩm Phả", "Thành phố Hạ Long")  # fmt: skip
PEOPLE = 7000
CLASSES, TIMES, QUARTERS = 266, 10_592, 4
SMALL_CLASSES, SMALL_TIMES = 24, 925
Level = Qualification.Level
QUALIFIED = {Level.MASTER: 7, Level.BACHELOR: 188, Level.COLLEGE: 32, Level.INTERMEDIATE: 14}


def play(staging: Staging) -> None:
    with clock.fixed(staging.at(0)):
        units = [staging.unit(name, is_remote=True) for name in REMOTE]
        units += [staging.unit(name) for name in OTHERS]
        staging.say(f"{PEOPLE} người của 14 huyện, thị xã, thành phố")
        people = staging.people(list(zip(units, parts(PEOPLE, len(units)), strict=True)))
        basic = staging.programme(
            "QN-CNTT", "Bồi dưỡng kỹ năng ứng dụng công nghệ thông tin cấp cơ sở",
            NewRequirement(title="Ứng dụng CNTT trong công việc", periods=8, attendance=80),
        )  # fmt: skip
        special = staging.programme(
            "QN-CQDT", "Tập huấn vận hành chính quyền điện tử",
            NewRequirement(title="Vận hành chính quyền điện tử", periods=8, attendance=80),
        )  # fmt: skip
        plan = staging.plan("Đào tạo CNTT năm 2018", "09/KH-UBND (minh họa)", [basic, special])
        _quotas(staging, plan, basic, units)
    for quarter, times in enumerate(parts(TIMES, QUARTERS)):
        _quarter(staging, plan, basic, people, quarter, times)
    _special(staging, plan, special, people)
    _register(staging, people)


def _quotas(staging: Staging, plan: Plan, programme: Programme, units: list[Unit]) -> None:
    counts = dict(zip([u.pk for u in units], parts(TIMES, len(units)), strict=True))
    counts[staging.province.pk] = TIMES
    set_quotas(
        actor=staging.keeper,
        book=Book(plan, programme, Measure.TIMES),
        counts=counts,
        document=Document("09/KH-UBND (minh họa)", WHEN),
    )


def _quarter(
    staging: Staging,
    plan: Plan,
    programme: Programme,
    people: list[Person],
    quarter: int,
    times: int,
) -> None:
    """Everybody in turn, remote districts first: some come twice in the year."""
    first = staging.at(10 + 88 * quarter)
    begin = quarter * times % len(people)
    chosen = [people[(begin + n) % len(people)] for n in range(times)]
    classes = parts(CLASSES, QUARTERS)[quarter]
    staging.say(f"Quý {quarter + 1}: {classes} lớp, {times} lượt")
    with clock.fixed(first - timedelta(days=3)):
        cohort = staging.cohort(plan, programme, f"Quý {quarter + 1} năm 2018", 86)
        enrol(cohort=cohort, persons=chosen, actor=staging.keeper, choice="Theo chỉ tiêu")
    _hold(staging, cohort, programme, classes, first)


def _special(staging: Staging, plan: Plan, programme: Programme, people: list[Person]) -> None:
    staging.say(f"Chương trình thứ hai: {SMALL_CLASSES} lớp, {SMALL_TIMES} lượt")
    first = staging.at(120)
    with clock.fixed(first - timedelta(days=3)):
        cohort = staging.cohort(plan, programme, "Tập huấn năm 2018", 120)
        enrol(cohort=cohort, persons=people[-SMALL_TIMES:], actor=staging.keeper)
    _hold(staging, cohort, programme, SMALL_CLASSES, first + timedelta(hours=12))


def _hold(
    staging: Staging, cohort: Cohort, programme: Programme, classes: int, first: object
) -> None:
    rows = Enrolment.objects.filter(cohort=cohort).select_related("person").order_by("pk")
    hold(staging, cohort, programme.requirements.get(), list(rows), classes, first)  # type: ignore[arg-type]


def _register(staging: Staging, people: list[Person]) -> None:
    staging.say("Trình độ của 241 cán bộ CNTT")
    levels = [level for level, count in QUALIFIED.items() for _ in range(count)]
    with clock.fixed(staging.at(30)):
        for person, level in zip(people[:: len(people) // len(levels)], levels, strict=False):
            values = {"level": level, "subject": "Công nghệ thông tin", "school": "", "year": 2010}
            note_qualification(actor=staging.keeper, person=person, values=values)
