"""Imports of items in an author's reach, and their rows as they are shown."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from lantoa.accounts.models import User
from lantoa.items.exchange.rows import Said
from lantoa.items.models import ItemImport, ItemImportRow
from lantoa.items.permissions import READERS
from lantoa.kernel.text import fold
from lantoa.people.permissions import unit_ids_within

LEFT = "left"


def imports_within(user: User) -> QuerySet[ItemImport]:
    """Imports for units in reach, newest first."""
    found = ItemImport.objects.filter(unit_id__in=unit_ids_within(user, *READERS))
    return found.select_related("unit", "job", "topic").order_by("-created_at", "-id")


def import_for(user: User, pk: int) -> ItemImport:
    """Raises ItemImport.DoesNotExist when there is none in reach."""
    return imports_within(user).select_related("file").get(pk=pk)


@dataclass(frozen=True)
class RowFilter:
    """Which rows are shown. `state` may be LEFT; `reason` is the code of something said."""

    state: str = ""
    kind: str = ""
    reason: str = ""
    text: str = ""


def rows_of(of: ItemImport, wanted: RowFilter) -> QuerySet[ItemImportRow]:
    """The rows of an import that the caller has authorised, in the order of the file."""
    rows = of.rows.order_by("position")
    if wanted.state == LEFT:
        rows = rows.filter(accepted=False)
    elif wanted.state:
        rows = rows.filter(state=wanted.state, accepted=True)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.reason:
        rows = rows.filter(codes__contains=f" {wanted.reason} ")
    if key := fold(wanted.text):
        found = Q(search_key__contains=key) | Q(words__icontains=wanted.text)
        if key.isdecimal() and len(key) < 8:
            found |= Q(number=int(key))
        rows = rows.filter(found)
    return rows


def codes_of(problems: Sequence[Said], notes: Sequence[Said]) -> str:
    codes = " ".join(dict.fromkeys(said.code for said in [*problems, *notes]))
    return f" {codes} " if codes else ""


def counted(rows: Iterable[ItemImportRow]) -> dict[str, Any]:
    """Counts by state, kind and reason; what somebody leaves out is counted apart."""
    states: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    general: dict[str, list[Any]] = {}
    left = 0
    for row in rows:
        kinds[row.kind] += 1
        for kept in [*row.problems, *row.notes]:
            general.setdefault(Said.from_stored(kept).code, kept)
        reasons.update(row.codes.split())
        if row.accepted:
            states[row.state] += 1
        else:
            left += 1
    return {
        "states": {state: states[state] for state in ItemImportRow.State.values},
        "left": left,
        "kinds": {kind: count for kind, count in kinds.items() if kind},
        "reasons": [[code, general[code], count] for code, count in reasons.most_common()],
    }
