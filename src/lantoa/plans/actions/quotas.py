"""Giving, moving and returning quotas; each is a posting to the ledger."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.people.models import Unit
from lantoa.plans.actions.ledger import NO_DOCUMENT, Document, Line, Way, balances, post
from lantoa.plans.models import Quota, QuotaLine, QuotaPosting
from lantoa.plans.models.quotas import Book
from lantoa.web.formats import number

Kind = QuotaPosting.Kind
BACK = {Way.DOWN: Way.UP, Way.UP: Way.DOWN, Way.ACROSS: Way.ACROSS}


@transaction.atomic
def set_quotas(
    *,
    actor: User | None,
    book: Book,
    counts: Mapping[int, int | None],
    document: Document = NO_DOCUMENT,
) -> int:
    """Bring units' quotas to these figures (unit id -> how many; None: none), as lines from and to
    the unit above each. Return how many changed.

    Giving more than the unit above has is allowed, as decisions do it, and shown as over-assigned.
    The caller has checked that the units are in the actor's reach.
    """
    held = balances(book, counts)
    parents = dict(Unit.objects.filter(pk__in=counts).values_list("pk", "parent_id"))
    lines = []
    for unit, count in counts.items():
        above = None if unit == book.plan.unit_id else parents[unit]
        more = (count or 0) - held.get(unit, 0)
        if more > 0:
            lines.append(Line(Way.DOWN, above, unit, more))
        elif more < 0:
            lines.append(Line(Way.UP, unit, above, -more))
    if not lines:
        return 0
    book.plan.programmes.add(book.programme)
    post(actor=actor, book=book, kind=Kind.TABLE, lines=lines, document=document)
    return len(lines)


@transaction.atomic
def borrow_quota(
    *,
    actor: User | None,
    book: Book,
    giver: Unit,
    taker: Unit,
    count: int,
    document: Document = NO_DOCUMENT,
) -> QuotaPosting:
    """From a unit to its sibling, out of what the giver has not passed down. Raises
    ValidationError."""
    if giver.parent_id != taker.parent_id or giver.pk == taker.pk:
        raise ValidationError(_("Chỉ điều chuyển giữa hai đơn vị cùng cấp trên."))
    _out_of_kept(book, giver, count)
    lines = [Line(Way.ACROSS, giver.pk, taker.pk, count)]
    return post(
        actor=actor,
        book=book,
        kind=Kind.BORROW,
        lines=lines,
        document=document,
        action="plans.borrow_quota",
    )


@transaction.atomic
def return_quota(
    *,
    actor: User | None,
    book: Book,
    unit: Unit,
    count: int,
    document: Document = NO_DOCUMENT,
) -> QuotaPosting:
    """Back to the unit above, out of what was not passed down. Raises ValidationError."""
    if unit.pk == book.plan.unit_id:
        raise ValidationError(_("Chỉ tiêu của đơn vị ban hành do kế hoạch định, không trả đi đâu."))
    _out_of_kept(book, unit, count)
    return post(
        actor=actor,
        book=book,
        kind=Kind.RETURN,
        lines=[Line(Way.UP, unit.pk, unit.parent_id, count)],
        document=document,
        action="plans.return_quota",
    )


@transaction.atomic
def reverse_posting(*, actor: User | None, posting: QuotaPosting, reason: str) -> QuotaPosting:
    """Take a posting back by its opposite; both stay in the ledger. Raises ValidationError where it
    was taken back already or what it gave has been given on."""
    locked = QuotaPosting.objects.select_for_update().get(pk=posting.pk)
    if locked.kind in (Kind.REVERSAL, Kind.OPENING):
        raise ValidationError(_("Lần ghi này không hủy được."))
    if QuotaPosting.objects.filter(reverses=locked).exists():
        raise ValidationError(_("Lần ghi này đã được hủy."))
    book = Book(locked.plan, locked.programme, locked.measure)
    lines = [
        Line(BACK[Way(line.way)], line.taker_id, line.giver_id, line.count)
        for line in QuotaLine.objects.filter(posting=locked).order_by("pk")
    ]
    return post(
        actor=actor,
        book=book,
        kind=Kind.REVERSAL,
        lines=lines,
        document=Document(locked.document_number, locked.document_date, reason),
        reverses=locked,
        action="plans.reverse_posting",
    )


def _out_of_kept(book: Book, unit: Unit, count: int) -> None:
    held = balances(book, [unit.pk]).get(unit.pk, 0)
    below = Quota.objects.filter(
        plan=book.plan, programme=book.programme, measure=book.measure, unit__parent=unit
    )
    kept = held - (below.aggregate(sum=Sum("count"))["sum"] or 0)
    if count > kept:
        raise ValidationError(
            _("%(unit)s chỉ còn %(kept)s chưa giao tiếp xuống.")
            % {"unit": unit.name, "kept": number(max(0, kept))}
        )
