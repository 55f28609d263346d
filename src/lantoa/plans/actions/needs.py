"""Opening a review of needs, stating them, and drafting a plan from their sums."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.kernel import clock
from lantoa.kernel.text import clean
from lantoa.people.models import Unit, UnitLink
from lantoa.plans.actions.ledger import Document
from lantoa.plans.actions.plans import PlanFields, create_plan
from lantoa.plans.actions.quotas import set_quotas
from lantoa.plans.models import Need, NeedsReview, NeedStatement, Plan
from lantoa.plans.models.quotas import Book
from lantoa.programmes.models import Programme

Counts = Mapping[tuple[int, str], int]
"""(programme, target group) -> people"""


@transaction.atomic
def open_review(
    *,
    actor: User | None,
    unit: Unit,
    title: str,
    year: int,
    due_on: date,
    programmes: Sequence[Programme],
) -> NeedsReview:
    """Raises ValidationError by field."""
    title = clean(title)
    if not programmes:
        raise ValidationError({"programmes": _("Hãy chọn ít nhất một chương trình.")})
    if NeedsReview.objects.filter(unit=unit, year=year, title=title).exists():
        raise ValidationError({"title": _("Đã có đợt rà soát này cho năm ấy.")})
    review = NeedsReview.objects.create(
        unit=unit,
        title=title,
        year=year,
        due_on=due_on,
        opened_by_id=actor.pk if actor else None,
    )
    review.programmes.set(programmes)
    data = {"year": year, "programmes": [programme.pk for programme in programmes]}
    record(actor=actor, action="plans.open_review", on=review, data=data)
    return review


@transaction.atomic
def state_needs(
    *, actor: User | None, review: NeedsReview, unit: Unit, counts: Counts, note: str = ""
) -> NeedStatement:
    """The unit's whole statement, in the place of an earlier one; the event keeps both. The caller
    has checked the reach."""
    locked = NeedsReview.objects.select_for_update().get(pk=review.pk)
    if locked.closed_at is not None:
        raise ValidationError(_("Đợt rà soát đã khép lại."))
    statement, _made = NeedStatement.objects.get_or_create(review=locked, unit=unit)
    before = {
        f"{programme}.{group}": count
        for programme, group, count in statement.needs.values_list("programme", "group", "count")
    }
    statement.needs.all().delete()
    Need.objects.bulk_create(
        Need(statement=statement, programme_id=programme, group=group, count=count)
        for (programme, group), count in counts.items()
        if count
    )
    statement.note, statement.stated_at = clean(note), clock.now()
    statement.stated_by_id = actor.pk if actor else None
    statement.save()
    after = {f"{programme}.{group}": count for (programme, group), count in counts.items() if count}
    data = {"unit": unit.pk, "needs": [before, after]}
    record(actor=actor, action="plans.state_needs", on=locked, data=data)
    return statement


@transaction.atomic
def close_review(*, actor: User | None, review: NeedsReview) -> NeedsReview:
    locked = NeedsReview.objects.select_for_update().get(pk=review.pk)
    if locked.closed_at is not None:
        raise ValidationError(_("Đợt rà soát đã khép lại."))
    locked.closed_at = clock.now()
    locked.closed_by_id = actor.pk if actor else None
    locked.save()
    record(actor=actor, action="plans.close_review", on=locked, data={})
    return locked


@transaction.atomic
def plan_from_needs(*, actor: User | None, review: NeedsReview) -> Plan:
    """A draft with a proposed quota for each unit that needs something, and for every unit between
    it and the one that asked. Raises ValidationError when there is one already or nobody needs
    anything."""
    locked = NeedsReview.objects.select_for_update().get(pk=review.pk)
    if locked.plan_id is not None:
        raise ValidationError(_("Đã lập bản thảo từ đợt rà soát này."))
    sums = _summed_up(locked)
    if not sums:
        raise ValidationError(_("Chưa đơn vị nào kê khai nhu cầu."))
    programmes = list(locked.programmes.filter(pk__in=sums).order_by("title"))
    groups = Need.objects.filter(statement__review=locked).values_list("group", flat=True)
    fields = PlanFields(
        title=_("Kế hoạch đào tạo năm %(year)s") % {"year": locked.year},
        starts_on=date(locked.year, 1, 1),
        ends_on=date(locked.year, 12, 31),
        programmes=programmes,
        target_groups=sorted(set(groups)),
    )
    plan = create_plan(actor=actor, unit=locked.unit, fields=fields)
    document = Document(reason=(_("Theo %(review)s") % {"review": locked.title})[:300])
    for programme in programmes:
        book = Book(plan, programme)
        set_quotas(actor=actor, book=book, counts=sums[programme.pk], document=document)
    locked.plan = plan
    locked.save()
    return plan


def _summed_up(review: NeedsReview) -> dict[int, Counter[int]]:
    """Programme -> unit -> people of the unit and everything under it, within the review's unit."""
    stated = Need.objects.filter(statement__review=review).values_list(
        "statement__unit", "programme", "count"
    )
    within = UnitLink.objects.filter(ancestor=review.unit_id).values("unit_id")
    above = defaultdict(list)
    links = UnitLink.objects.filter(
        unit__need_statements__review=review, ancestor_id__in=within
    ).values_list("unit_id", "ancestor_id")
    for unit, ancestor in links:
        above[unit].append(ancestor)
    sums: dict[int, Counter[int]] = defaultdict(Counter)
    for unit, programme, count in stated:
        for ancestor in above[unit]:
            sums[programme][ancestor] += count
    return sums
