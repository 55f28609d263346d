"""Batches of results in reach, their rows, and how many of each kind."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from lantoa.accounts.models import User
from lantoa.kernel.text import fold
from lantoa.providers.models import Assignment, ResultImport, ResultRow
from lantoa.providers.permissions import managed_units, staffed, standing

State = ResultRow.State


@dataclass(frozen=True)
class Counts:
    """Rows by state."""

    by_state: dict[str, int]

    def of(self, *states: str) -> int:
        return sum(self.by_state.get(state, 0) for state in states)

    @property
    def all(self) -> int:
        return sum(self.by_state.values())

    @property
    def to_record(self) -> int:
        return self.of(State.NEW, State.CHANGE)

    @property
    def to_mend(self) -> int:
        return self.of(State.WRONG, State.UNKNOWN, State.DOUBT)


def imports_seen(user: User) -> QuerySet[ResultImport]:
    """Those of assignments that the user keeps, or works on."""
    kept = Q(assignment__provider__unit_id__in=managed_units(user))
    mine = Q(assignment__in=standing().filter(provider_id__in=staffed(user)))
    return (
        ResultImport.objects.filter(kept | mine)
        .select_related(
            "assignment__provider",
            "assignment__cohort__programme",
            "assignment__requirement__course",
            "assignment__requirement__blueprint",
            "assignment__training_class",
            "file",
        )
        .order_by("-created_at", "-pk")
    )


def import_for(user: User, pk: int) -> ResultImport:
    """Raises Http404."""
    return get_object_or_404(imports_seen(user), pk=pk)


def import_decided(user: User, pk: int) -> ResultImport:
    """One that the user decides about: a coordinator. Raises Http404."""
    kept = Q(assignment__provider__unit_id__in=managed_units(user))
    return get_object_or_404(imports_seen(user).filter(kept), pk=pk)


def waiting_for(user: User) -> QuerySet[ResultImport]:
    """What a coordinator has to decide."""
    found = imports_seen(user).filter(state=ResultImport.State.WAITING)
    return found.filter(assignment__provider__unit_id__in=managed_units(user))


def imports_of(assignment: Assignment) -> QuerySet[ResultImport]:
    """The caller has authorised. With `to_record`, `recorded` and `mend` rows."""
    return (
        assignment.result_imports.annotate(
            to_record=Count("rows", filter=Q(rows__state__in=[State.NEW, State.CHANGE])),
            mend=Count("rows", filter=Q(rows__state__in=[State.WRONG, State.UNKNOWN, State.DOUBT])),
        )
        .exclude(state=ResultImport.State.DROPPED)
        .order_by("-created_at", "-pk")
    )


def counted(rows: Iterable[ResultRow]) -> Counts:
    """Of rows that are not stored."""
    return Counts(dict(Counter(str(row.state) for row in rows)))


def counts_of(of: ResultImport) -> Counts:
    grouped = of.rows.order_by().values_list("state").annotate(n=Count("pk"))
    return Counts(dict(grouped))


def rows_of(of: ResultImport, state: str = "", search: str = "") -> QuerySet[ResultRow]:
    found = of.rows.select_related("enrolment__person", "enrolment__unit").order_by("position")
    if state in State.values:
        found = found.filter(state=state)
    for word in fold(search).split()[:6]:
        found = found.filter(enrolment__person__search_key__contains=word)
    return found


def row_for(user: User, of: int, position: int) -> ResultRow:
    """Raises Http404."""
    return get_object_or_404(import_for(user, of).rows.all(), position=position)
