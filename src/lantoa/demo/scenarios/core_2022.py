"""The core force of the communes, 2022: about 1.000 leaders; 600 core staff as a pilot, whose
answers revise the plan; then 22.000 leaders of communes, 11.000 chairs and 11.000 vice-chairs, in
the communes of the time. Five topics in three parts and a final test, 6 to 22 May."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from lantoa.demo import content
from lantoa.demo.scenarios.central import provinces_then
from lantoa.demo.scenarios.course import write_course
from lantoa.demo.scenarios.finishing import carry_over, certify
from lantoa.demo.scenarios.lessons import parts
from lantoa.demo.scenarios.reform import go_through_reform
from lantoa.demo.scenarios.staging import SAID, Alter, Staging
from lantoa.items.actions.blueprints import BlueprintFields, create_blueprint
from lantoa.items.models import Blueprint
from lantoa.kernel import clock
from lantoa.people.models import Person, Unit, UnitLink
from lantoa.people.rules.persons import PersonFacts
from lantoa.plans.actions import Document, PlanFields, open_planned_cohort, revise_plan, set_quotas
from lantoa.plans.models import Plan
from lantoa.plans.models.quotas import Book, Measure
from lantoa.programmes.actions import NewRequirement
from lantoa.programmes.actions.enrolments import enrol
from lantoa.programmes.models import Programme
from lantoa.programmes.presets import preset

CODE, WHEN = "VN", date(2022, 3, 1)
BEFORE_REFORM = True
LEADERS, CORE = 1_000, 600
CHAIRS = VICE_CHAIRS = 11_000
OPENS, CLOSES = date(2022, 5, 6), date(2022, 5, 22)
NUMBER = "Kế hoạch lực lượng nòng cốt cấp xã (minh họa)"
PRESET = "lanh-dao-cap-xa-2022"
REASON = (
    "Tiếp thu góp ý của 600 cán bộ nòng cốt học thí điểm: rút gọn lý thuyết, thêm việc làm ở xã "
    "(minh họa)"
)


def play(staging: Staging) -> None:
    with clock.fixed(staging.at(0)):
        provinces = provinces_then()
        staging.say(f"{LEADERS} lãnh đạo, {CORE} cán bộ nòng cốt của {len(provinces)} tỉnh")
        leaders, core, communes = _people(staging, provinces)
        course = write_course(
            staging, "NC-2022", "Chuyển đổi số cho lãnh đạo cấp xã", content.topics()
        )
        test = _test(staging)
        asked = (NewRequirement(course=course), NewRequirement(blueprint=test))
        first = _programme(staging, "NC-LD", "Chuyển đổi số cho lãnh đạo", *asked)
        pilot = _programme(staging, "NC-TD", "Chuyển đổi số cho cán bộ nòng cốt (thí điểm)", *asked)
        plan = staging.plan("Bồi dưỡng lực lượng nòng cốt 2022", NUMBER, [first, pilot])
        _quotas(staging, plan, first, provinces, leaders)
        _quotas(staging, plan, pilot, provinces, core)
    _cohort(staging, plan, first, leaders, "Lãnh đạo", date(2022, 3, 7), date(2022, 3, 31), 1)
    _cohort(staging, plan, pilot, core, "Thí điểm 600", date(2022, 4, 4), date(2022, 4, 22), 0.98)
    with clock.fixed(staging.at(55)):
        main = _programme(
            staging, "NC-XA", "Chuyển đổi số cho lãnh đạo cấp xã (mẫu 2022)", *asked, preset=PRESET
        )
        fields = PlanFields(
            title=plan.title,
            decision_number=f"{NUMBER}, sửa đổi",
            decision_date=clock.today(),
            starts_on=plan.starts_on,
            ends_on=plan.ends_on,
            legal_basis=SAID,
            programmes=[first, pilot, main],
        )
        plan = revise_plan(actor=staging.keeper, plan=plan, fields=fields, reason=REASON)
        _quotas(staging, plan, main, provinces, communes)
    staging.say(f"{len(communes)} lãnh đạo xã học từ 6/5 đến 22/5/2022")
    _cohort(staging, plan, main, communes, "Lãnh đạo cấp xã", OPENS, CLOSES, 0.96)
    go_through_reform(staging)


def _people(
    staging: Staging, provinces: Sequence[Unit]
) -> tuple[list[Person], list[Person], list[Person]]:
    communes = list(
        Unit.objects.filter(kind=Unit.Kind.COMMUNE, ended_on=None).order_by("code", "pk")
    )
    counts = [
        *zip(provinces, parts(LEADERS, len(provinces)), strict=True),
        *zip(provinces, parts(CORE, len(provinces)), strict=True),
        *zip(communes, parts(CHAIRS, len(communes)), strict=True),
        *zip(communes, parts(VICE_CHAIRS, len(communes)), strict=True),
    ]
    people = staging.people(counts, alter=_posts())
    staff = LEADERS + CORE
    return people[:LEADERS], people[LEADERS:staff], people[staff:]


def _posts() -> Alter:
    """Some communes send the chair of the people's council too, or a second vice-chair: 10.804
    communes of the catalogue make 11.000 of each."""

    def alter(number: int, facts: PersonFacts) -> PersonFacts:
        if number < LEADERS:
            title = "Lãnh đạo sở, huyện"
        elif number < LEADERS + CORE:
            return replace(facts, title="Cán bộ nòng cốt chuyển đổi số")
        else:
            chairs = number < LEADERS + CORE + CHAIRS
            title = "Chủ tịch UBND" if chairs else "Phó Chủ tịch UBND"
        return replace(facts, title=title, is_leader=True, category=Person.Category.OFFICIAL)

    return alter


def _test(staging: Staging) -> Blueprint:
    found = preset(PRESET)
    assert found is not None
    fields = BlueprintFields(
        title="Bài kiểm tra cuối khóa (ba phần)", minutes=60, pass_mark=50,
        legal_basis=found.legal_basis,
    )  # fmt: skip
    return create_blueprint(actor=staging.keeper, unit=staging.province, fields=fields, cells={})


def _programme(
    staging: Staging, code: str, title: str, *asked: NewRequirement, preset: str = ""
) -> Programme:
    return staging.programme(
        code, title, *asked, certificate_rule=Programme.CertificateRule.APPROVED, preset=preset
    )


def _quotas(
    staging: Staging,
    plan: Plan,
    programme: Programme,
    provinces: Sequence[Unit],
    people: Sequence[Person],
) -> None:
    """Each province as many as it sends."""
    by_unit: dict[int, int] = {}
    for person in people:
        by_unit[person.unit_id] = by_unit.get(person.unit_id, 0) + 1
    links = UnitLink.objects.filter(ancestor__in=provinces, unit__in=by_unit)
    counts = {staging.province.pk: len(people)}
    for province, unit in links.values_list("ancestor_id", "unit_id"):
        counts[province] = counts.get(province, 0) + by_unit[unit]
    book = Book(plan, programme, Measure.PERSONS)
    set_quotas(
        actor=staging.keeper, book=book, counts=counts, document=Document(NUMBER, clock.today())
    )


def _cohort(
    staging: Staging,
    plan: Plan,
    programme: Programme,
    people: Sequence[Person],
    name: str,
    opens: date,
    closes: date,
    share: float,
) -> None:
    with clock.fixed(datetime.combine(opens, time(7), clock.VIETNAM) - timedelta(days=3)):
        cohort = open_planned_cohort(
            plan=plan, programme=programme, name=name, opens_on=opens, closes_on=closes,
            actor=staging.keeper,
        )  # fmt: skip
        enrol(cohort=cohort, persons=people, actor=staging.keeper, choice=name)
    staging.settle()
    last = datetime.combine(closes, time(17), clock.VIETNAM)
    completed = carry_over(staging, cohort, last, share=share)
    certify(staging, completed, last + timedelta(days=3))
    staging.settle()
