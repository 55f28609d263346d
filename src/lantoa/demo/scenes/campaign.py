"""The plan, its quotas, the programme and its two cohorts, and who is in them."""

from collections import Counter
from datetime import date, timedelta

from django.db import transaction

from lantoa.audit.deliveries import drain
from lantoa.demo import cast, content
from lantoa.demo.rules.moments import morning
from lantoa.demo.stage import Campaign, Stage, Teaching
from lantoa.kernel import clock
from lantoa.people.models import Unit
from lantoa.plans.actions import (
    Document,
    PlanFields,
    borrow_quota,
    copy_quotas,
    create_plan,
    issue_plan,
    open_planned_cohort,
    open_review,
    set_quotas,
    state_needs,
)
from lantoa.plans.models import Plan, PlanBudget, Quota
from lantoa.plans.models.plans import TargetGroup
from lantoa.plans.models.quotas import Book
from lantoa.programmes.actions import NewRequirement, create_programme
from lantoa.programmes.actions.enrolments import enrol
from lantoa.programmes.models import Cohort, Programme
from lantoa.programmes.presets import preset

PRESET = "lanh-dao-cap-xa-2022"
HOURS = 16


@transaction.atomic
def decide(stage: Stage, teaching: Teaching) -> Campaign:
    """What the province decided before anybody learned."""
    actor = stage.user(cast.COORDINATOR.key)
    with clock.fixed(morning(stage.moments.decided)):
        programme = _programme(stage, teaching)
        fields = PlanFields(
            title=f"Bồi dưỡng chuyển đổi số cấp xã năm {stage.moments.today.year} (minh họa)",
            decision_number="128/KH-UBND (minh họa)",
            decision_date=stage.moments.decided,
            starts_on=stage.moments.decided,
            ends_on=stage.moments.today + timedelta(days=120),
            legal_basis="Kế hoạch minh họa của tỉnh mẫu",
            programmes=[programme],
            target_groups=[TargetGroup.COMMUNE_LEVEL],
            budget={PlanBudget.Source.LOCAL: 450_000_000},
        )
        plan = create_plan(actor=actor, unit=stage.province, fields=fields)
        decision = Document(plan.decision_number, plan.decision_date)
        book = Book(plan, programme)
        set_quotas(actor=actor, book=book, counts=_quotas(stage), document=decision)
        plan = issue_plan(actor=actor, plan=plan)
        _lend(stage, book)
        _next_year(stage, plan)
        _ask_for_next_year(stage, plan)
        pilot = _cohort(stage, plan, programme, "Đợt thí điểm", pilot=True)
        main = _cohort(stage, plan, programme, "Đợt 1", pilot=False)
        drain()
    return Campaign(plan, programme, pilot, main)


def _lend(stage: Stage, book: Book) -> None:
    """The first commune has too many, the last one asks for them."""
    under = Quota.objects.filter(plan=book.plan, unit__parent=stage.province)
    quotas = under.order_by("unit__sort_key")
    first, last = quotas.first(), quotas.last()
    if first is None or last is None or first.pk == last.pk or first.count < 2:
        return
    borrow_quota(
        actor=stage.user(cast.COORDINATOR.key),
        book=book,
        giver=first.unit,
        taker=last.unit,
        count=1,
        document=Document("15/CV-UBND (minh họa)", stage.moments.decided, "Chuyển công tác"),
    )


def _next_year(stage: Stage, plan: Plan) -> None:
    """A draft that nobody below sees yet."""
    actor = stage.user(cast.COORDINATOR.key)
    year = stage.moments.today.year
    fields = PlanFields(
        title=f"Bồi dưỡng chuyển đổi số cấp xã năm {year + 1} (minh họa)",
        starts_on=date(year + 1, 2, 1),
        ends_on=date(year + 1, 12, 31),
        legal_basis=plan.legal_basis,
        programmes=list(plan.programmes.all()),
        target_groups=plan.target_groups,
    )
    draft = create_plan(actor=actor, unit=plan.unit, fields=fields, made_from=plan)
    copy_quotas(actor=actor, plan=draft, source=plan)


def _ask_for_next_year(stage: Stage, plan: Plan) -> None:
    """A review under way: two units of three have answered."""
    actor = stage.user(cast.COORDINATOR.key)
    year = stage.moments.today.year + 1
    review = open_review(
        actor=actor,
        unit=stage.province,
        title=f"Rà soát nhu cầu đào tạo năm {year} (minh họa)",
        year=year,
        due_on=stage.moments.today + timedelta(days=12),
        programmes=list(plan.programmes.all()),
    )
    programme = plan.programmes.get()
    quotas = Quota.objects.filter(plan=plan, unit__parent=stage.province).order_by("unit__sort_key")
    for place, quota in enumerate(quotas.select_related("unit")):
        if place % 3 == 2:
            continue
        group = TargetGroup.COMMUNE_LEVEL
        counts = {(programme.pk, group.value): quota.count + place % 4}
        state_needs(actor=actor, review=review, unit=quota.unit, counts=counts)


def _programme(stage: Stage, teaching: Teaching) -> Programme:
    model = preset(PRESET)
    assert model is not None
    return create_programme(
        actor=stage.user(cast.COORDINATOR.key),
        unit=stage.province,
        code="BD-LDX",
        title=f"{content.programme().title} (minh họa)",
        requirements=[
            NewRequirement(course=teaching.course),
            NewRequirement(blueprint=teaching.blueprint),
        ],
        preset=model.code,
        description=model.description,
        legal_basis=model.legal_basis,
        grade=model.grade,
        hours=HOURS,
        certificate_title=model.certificate_title,
    )


def _quotas(stage: Stage) -> dict[int, int | None]:
    """By headcount, each unit's with all that stands under it."""
    own = Counter({stage.units[place.code].pk: people for place, people in stage.places})
    above = {unit.pk: unit.parent_id for unit in stage.units.values()}
    asked: Counter[int] = Counter()
    for unit, people in own.items():
        here: int | None = unit
        while here is not None:
            asked[here] += people
            here = above.get(here)
    return dict(asked)


def _cohort(stage: Stage, plan: Plan, programme: Programme, name: str, *, pilot: bool) -> Cohort:
    moments = stage.moments
    window = (
        (moments.pilot_opens, moments.pilot_closes) if pilot else (moments.opens, moments.closes)
    )
    return open_planned_cohort(
        plan=plan,
        programme=programme,
        name=f"{name} năm {moments.today.year}",
        opens_on=window[0],
        closes_on=window[1],
        actor=stage.user(cast.COORDINATOR.key),
    )


def put_in(stage: Stage, campaign: Campaign) -> None:
    """Enrol the pilot's people before it opened, and everybody else days ago, commune coordinators
    sending names one after the other."""
    actor = stage.user(cast.COORDINATOR.key)
    pilot = [one.person for one in stage.people if one.in_pilot]
    main = [one.person for one in stage.people if one.in_main]
    with clock.fixed(morning(stage.moments.pilot_opens) - timedelta(days=2)):
        enrol(cohort=campaign.pilot, persons=pilot, actor=actor, choice="Nhóm thí điểm")
    with clock.fixed(stage.moments.enrolled):
        province: Unit = stage.province
        enrol(cohort=campaign.main, persons=main, actor=actor, choice=f"Toàn bộ {province.name}")
