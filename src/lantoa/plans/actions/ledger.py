"""Posting to the ledger of quotas: the lines and the balance they make, in one transaction."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.people.models import Unit
from lantoa.plans.models import Plan, Quota, QuotaLine, QuotaPosting
from lantoa.plans.models.quotas import Book, moves
from lantoa.web.formats import number

Way = QuotaLine.Way
WRITTEN = 1000


@dataclass(frozen=True)
class Line:
    """Ids of units; None: the plan's decision itself."""

    way: str
    giver: int | None
    taker: int | None
    count: int


@dataclass(frozen=True)
class Document:
    """On which an entry rests."""

    number: str = ""
    on: date | None = None
    reason: str = ""


NO_DOCUMENT = Document()


@transaction.atomic
def post(
    *,
    actor: User | None,
    book: Book,
    kind: str,
    lines: Sequence[Line],
    document: Document = NO_DOCUMENT,
    reverses: QuotaPosting | None = None,
    action: str = "plans.set_quotas",
) -> QuotaPosting:
    """Post lines and move the balances; one event. Raises ValidationError when a unit would be left
    with less than nothing."""
    if book.plan.state == Plan.State.CLOSED:
        raise ValidationError(_("Kế hoạch đã kết thúc: sổ chỉ tiêu không ghi thêm."))
    change: Counter[int] = Counter()
    for line in lines:
        for unit, more in moves(line.way, line.giver, line.taker, line.count):
            if unit is not None:
                change[unit] += more
    before = balances(book, change)
    after = {unit: before.get(unit, 0) + more for unit, more in change.items()}
    _no_less_than_nothing(before, after)
    posting = QuotaPosting.objects.create(
        plan=book.plan,
        programme=book.programme,
        measure=book.measure,
        kind=kind,
        document_number=document.number,
        document_date=document.on,
        reason=document.reason,
        reverses=reverses,
        by_id=actor.pk if actor else None,
    )
    QuotaLine.objects.bulk_create(
        (
            QuotaLine(
                posting=posting,
                way=line.way,
                giver_id=line.giver,
                taker_id=line.taker,
                count=line.count,
            )
            for line in lines
        ),
        batch_size=WRITTEN,
    )
    _carry(book, after)
    changed = {str(unit): [before.get(unit), count] for unit, count in after.items()}
    data = {"programme": book.programme.pk, "posting": posting.pk, "units": changed}
    record(actor=actor, action=action, on=book.plan, data=data)
    return posting


def balances(book: Book, units: Iterable[int]) -> dict[int, int]:
    """Unit id -> what it has, locked until the transaction ends."""
    held = Quota.objects.select_for_update().filter(
        plan=book.plan, programme=book.programme, measure=book.measure, unit_id__in=list(units)
    )
    return dict(held.values_list("unit_id", "count"))


def _carry(book: Book, after: dict[int, int]) -> None:
    Quota.objects.bulk_create(
        (
            Quota(
                plan=book.plan,
                programme=book.programme,
                measure=book.measure,
                unit_id=unit,
                count=count,
            )
            for unit, count in after.items()
        ),
        update_conflicts=True,
        unique_fields=["plan", "programme", "measure", "unit"],
        update_fields=["count"],
        batch_size=WRITTEN,
    )
    Quota.objects.filter(
        plan=book.plan, programme=book.programme, measure=book.measure, count=0
    ).delete()


def _no_less_than_nothing(before: dict[int, int], after: dict[int, int]) -> None:
    short = {unit: count for unit, count in after.items() if count < 0}
    if short:
        unit = Unit.objects.filter(pk__in=short).order_by("sort_key")[0]
        held = before.get(unit.pk, 0)
        raise ValidationError(
            _("%(unit)s chỉ có %(held)s, không đủ để lấy đi %(count)s.")
            % {
                "unit": unit.name,
                "held": number(held),
                "count": number(held - short[unit.pk]),
            }
        )
