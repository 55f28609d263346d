"""How the rows of a batch are put on a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from lantoa.providers.models import ResultImport, ResultRow
from lantoa.providers.queries.people import people_of
from lantoa.providers.queries.results import Counts
from lantoa.providers.words import sentence_of
from lantoa.web import formats

State = ResultRow.State
COLORS: Final[dict[str, str]] = {
    State.WRONG: "danger",
    State.UNKNOWN: "danger",
    State.DOUBT: "warning",
    State.NEW: "success",
    State.CHANGE: "info",
    State.SAME: "neutral",
    State.BLANK: "neutral",
}


@dataclass(frozen=True)
class RowShown:
    row: ResultRow
    color: str
    sentence: str
    will: str
    may_mean: list[tuple[int, str]]


def shown_rows(of: ResultImport, rows: Iterable[ResultRow]) -> list[RowShown]:
    listed = list(rows)
    wanted = {pk for row in listed if row.state == State.DOUBT for pk in row.choices}
    named = _named(of, wanted)
    return [
        RowShown(
            row,
            COLORS[row.state],
            sentence_of(row),
            _will(row),
            [(pk, named[pk]) for pk in row.choices if pk in named]
            if row.state == State.DOUBT
            else [],
        )
        for row in listed
    ]


def _will(row: ResultRow) -> str:
    if row.passed is None:
        return ""
    said = _result(row.passed, row.score)
    if row.state == State.CHANGE and row.was_passed is not None:
        return _("%(before)s → %(after)s") % {
            "before": _result(row.was_passed, row.was_score),
            "after": said,
        }
    return said


def _result(passed: bool, score: int | None) -> str:
    word = _("Đạt") if passed else _("Chưa đạt")
    return word if score is None else f"{word}, {formats.number(score)}%"


def _named(of: ResultImport, ids: set[int]) -> dict[int, str]:
    if not ids:
        return {}
    found = people_of(of.assignment).filter(pk__in=ids).select_related("person", "unit")
    return {
        e.pk: " · ".join(filter(None, (e.person.full_name, e.person.born, e.unit.name)))
        for e in found
    }


def tabs_of(counts: Counts, current: str) -> list[dict[str, object]]:
    """What must be mended first."""
    listed: list[dict[str, object]] = [
        {"label": _("Tất cả"), "url": "?", "current": not current, "count": counts.all}
    ]
    for state in State:
        if counts.of(state) or state == current:
            listed.append(
                {
                    "label": state.label,
                    "url": f"?state={state}",
                    "current": state == current,
                    "count": counts.of(state),
                }
            )
    return listed
