"""Imports of rosters in a coordinator's reach, and their rows as they are shown."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext

from lantoa.accounts.models import User
from lantoa.kernel.text import fold
from lantoa.people.models import RoleGrant, RosterImport, RosterRow
from lantoa.people.permissions import unit_ids_within
from lantoa.people.rosters import MESSAGES, Issue, Level

COORDINATOR = RoleGrant.Role.COORDINATOR


def rosters_for(user: User) -> QuerySet[RosterImport]:
    """Imports for units in reach, newest first."""
    within = unit_ids_within(user, COORDINATOR)
    found = RosterImport.objects.filter(unit_id__in=within).select_related("unit", "job")
    return found.order_by("-created_at", "-id")


def roster_for(user: User, pk: int) -> RosterImport:
    """One of them. Raises Http404."""
    roster = rosters_for(user).select_related("file").filter(pk=pk).first()
    if roster is None:
        raise Http404
    return roster


def row_for(roster: RosterImport, pk: int) -> RosterRow:
    """A row of an import that the caller has authorised. Raises Http404."""
    row = roster.rows.select_related("unit", "person").filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


LEFT = "left"


@dataclass(frozen=True)
class RowFilter:
    """Which rows are shown. `state` may be LEFT: left out by a coordinator; `reason` is the code
    of an issue."""

    state: str = ""
    sheet: str = ""
    reason: str = ""
    text: str = ""


def rows_of(roster: RosterImport, wanted: RowFilter) -> QuerySet[RosterRow]:
    """The rows of an import that the caller has authorised, in the order of the file."""
    rows = RosterRow.objects.filter(roster_import=roster).order_by("position")
    if wanted.state == LEFT:
        rows = rows.filter(accepted=False)
    elif wanted.state:
        rows = rows.filter(state=wanted.state, accepted=True)
    if wanted.sheet:
        rows = rows.filter(sheet=wanted.sheet)
    if wanted.reason:
        rows = rows.filter(codes__contains=f" {wanted.reason} ")
    if key := fold(wanted.text):
        found = Q(search_key__contains=key)
        if key.isdecimal() and len(key) < 8:
            found |= Q(row_number=int(key))
        rows = rows.filter(found)
    return rows


def sentences(issues: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Kept issues as sentences in the reader's language."""
    told = []
    for kept in issues:
        issue = Issue.from_json(kept)
        told.append(
            {
                "code": issue.code,
                "level": issue.level.value,
                "field": issue.field,
                "message": issue.text(gettext),
            }
        )
    return told


def reasons_of(roster: RosterImport) -> list[tuple[str, str, int]]:
    """(code, words, how many rows) of what is said of the rows, the gravest first."""
    counts: Mapping[str, int] = roster.summary.get("codes", {})
    order = {Level.WRONG: 0, Level.DOUBTFUL: 1, Level.INFO: 2}
    ranked = sorted(counts.items(), key=lambda item: (order[MESSAGES[item[0]][0]], -item[1]))
    return [(code, reason(code), count) for code, count in ranked]


def reason(code: str) -> str:
    """The sentence with dots where a row's own words stand."""
    return re.sub(r"“?%\(\w+\)s”?", "…", gettext(MESSAGES[code][1]))[:90]
