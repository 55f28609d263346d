"""What the ledger of quotas says: of a unit line by line, on a day, and whether it adds up."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from lantoa.accounts.models import User
from lantoa.kernel.clock import VIETNAM
from lantoa.people.models import Unit
from lantoa.plans.models import QuotaLine, QuotaPosting
from lantoa.plans.models.quotas import Book, moves
from lantoa.plans.permissions import managed_units


@dataclass(frozen=True)
class Entry:
    """A line that concerns a unit. `change`: what it did to the unit's own quota (0: the unit
    passed it down), `balance` what the unit had then."""

    posting: QuotaPosting
    line: QuotaLine
    change: int
    balance: int
    by: str


def lines_of(book: Book, until: date | None = None) -> QuerySet[QuotaLine]:
    """In the order of posting; `until`: posted by the end of that day."""
    lines = QuotaLine.objects.filter(
        posting__plan=book.plan, posting__programme=book.programme, posting__measure=book.measure
    ).order_by("posting__at", "pk")
    if until is None:
        return lines
    over = datetime.combine(until + timedelta(days=1), time.min, tzinfo=VIETNAM)
    return lines.filter(posting__at__lt=over)


def entries_of(book: Book, unit: Unit, until: date | None = None) -> list[Entry]:
    """Newest first. The caller has checked that the unit is in the reader's reach."""
    lines = list(
        lines_of(book, until)
        .filter(Q(giver=unit) | Q(taker=unit))
        .select_related("posting", "posting__reversed_by", "giver", "taker")
    )
    ids = {line.posting.by_id for line in lines if line.posting.by_id is not None}
    names = dict(User.objects.filter(pk__in=ids).values_list("pk", "display_name"))
    balance, entries = 0, []
    for line in lines:
        change = sum(
            more
            for pk, more in moves(line.way, line.giver_id, line.taker_id, line.count)
            if pk == unit.pk
        )
        balance += change
        by = names.get(line.posting.by_id or 0, "")
        entries.append(Entry(line.posting, line, change, balance, by))
    return entries[::-1]


def summed(lines: Iterable[QuotaLine]) -> dict[int, int]:
    """Unit id -> what these lines give it; units left with nothing are not in it."""
    total: Counter[int] = Counter()
    for line in lines:
        for unit, more in moves(line.way, line.giver_id, line.taker_id, line.count):
            if unit is not None:
                total[unit] += more
    return {unit: count for unit, count in total.items() if count}


def may_reverse(user: User, posting: QuotaPosting) -> bool:
    """Who manages every unit that the posting touched."""
    lines = QuotaLine.objects.filter(posting=posting).values_list("giver", "taker")
    units = {unit if unit is not None else posting.plan.unit_id for pair in lines for unit in pair}
    managed = set(managed_units(user).filter(unit_id__in=units).values_list("unit_id", flat=True))
    return units <= managed
