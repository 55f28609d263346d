"""How imports and their rows are put on a page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.forms import BoundField
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from lantoa.accounts.models import User
from lantoa.jobs.models import Job
from lantoa.jobs.queries import jobs_of
from lantoa.people.forms.rosters import ALL, SheetsForm
from lantoa.people.models import Person, RosterImport, RosterRow, Unit
from lantoa.people.queries.roster_reach import Wanted, find_people
from lantoa.people.queries.rosters import LEFT, RowFilter, sentences
from lantoa.people.rosters import FIELD_LABELS, Field
from lantoa.people.rosters.columns import CERTAIN, LIKELY
from lantoa.web import formats

State = RosterRow.State
COLORS: dict[str, str] = {
    RosterImport.State.READY: "warning",
    RosterImport.State.APPLIED: "success",
    RosterImport.State.UNDONE: "neutral",
    RosterImport.State.REFUSED: "danger",
    State.NEW: "success",
    State.CHANGED: "info",
    State.SAME: "neutral",
    State.DOUBTFUL: "warning",
    State.WRONG: "danger",
}
LEVELS = {"wrong": "danger", "doubtful": "warning", "info": "info"}


def trail(*, to_list: bool = True, roster: RosterImport | None = None) -> list[tuple[str, str]]:
    """The way back from a page: the people, the imports, the import."""
    links = [(pgettext("menu", "Người"), reverse("people:persons"))]
    if to_list:
        links.append((_("Danh sách đã nhập"), reverse("people:rosters")))
    if roster is not None:
        links.append((roster.name, reverse("people:roster", args=[roster.pk])))
    return links


@dataclass(frozen=True)
class ImportRow:
    roster: RosterImport
    color: str
    by: str
    words: str


def imports(rosters: Iterable[RosterImport]) -> list[ImportRow]:
    listed = list(rosters)
    ids = {roster.created_by_id for roster in listed if roster.created_by_id}
    names = dict(User.objects.filter(pk__in=ids).values_list("pk", "display_name"))
    return [
        ImportRow(
            roster,
            COLORS.get(roster.state, "info"),
            names.get(roster.created_by_id or 0, ""),
            in_words(roster),
        )
        for roster in listed
    ]


def job_of(roster: RosterImport, user: User) -> Job | None:
    """The job behind it, for whoever started it; others see only the state."""
    return jobs_of(user).filter(pk=roster.job_id).first() if roster.job_id else None


def in_words(roster: RosterImport) -> str:
    """What it did, or what it would do."""
    summary = roster.summary
    if roster.state == RosterImport.State.UNDONE and "undone" in summary:
        return undone_words(summary["undone"])
    if roster.state == RosterImport.State.APPLIED and "applied" in summary:
        return applied_words(summary["applied"])
    if roster.state == RosterImport.State.REFUSED:
        return roster.refusal
    states: Mapping[str, int] = summary.get("states", {})
    if not states:
        return ""
    return _("%(new)s người mới, %(changed)s thay đổi, %(left)s hàng để lại") % {
        "new": formats.number(states[State.NEW]),
        "changed": formats.number(states[State.CHANGED]),
        "left": formats.number(_left(summary)),
    }


def _left(summary: Mapping[str, Any]) -> int:
    states: Mapping[str, int] = summary["states"]
    return states[State.DOUBTFUL] + states[State.WRONG] + int(summary.get("left", 0))


def applied_words(counts: Mapping[str, int]) -> str:
    said = _("Đã thêm %(created)s người, sửa %(changed)s người") % {
        "created": formats.number(counts["created"]),
        "changed": formats.number(counts["changed"]),
    }
    if counts["transferred"]:
        said += _(", trong đó chuyển đơn vị %s") % formats.number(counts["transferred"])
    if counts["left_out"]:
        said += _("; %s hàng để lại vì dữ liệu đã đổi sau khi đọc tệp") % formats.number(
            counts["left_out"]
        )
    return f"{said}."


def undone_words(counts: Mapping[str, int]) -> str:
    said = _("Đã xóa %(removed)s người, trả lại %(restored)s người như trước") % {
        "removed": formats.number(counts["removed"]),
        "restored": formats.number(counts["restored"]),
    }
    if counts["closed"]:
        said += _("; %s người đã có dữ liệu khác nên ghi thôi việc") % formats.number(
            counts["closed"]
        )
    if counts["kept"]:
        said += _("; %s người giữ lại thay đổi về sau") % formats.number(counts["kept"])
    return f"{said}."


def answer(roster: RosterImport) -> str:
    """The page's heading: what happened, or what waits for the coordinator."""
    if roster.state != RosterImport.State.READY:
        return in_words(roster)
    states: Mapping[str, int] = roster.summary["states"]
    waiting = states[State.DOUBTFUL] + states[State.WRONG]
    if waiting:
        said = ngettext("%s hàng cần anh/chị xem lại", "%s hàng cần anh/chị xem lại", waiting)
        return said % formats.number(waiting)
    if states[State.NEW] or states[State.CHANGED]:
        return _("Danh sách đọc được, sẵn sàng áp dụng")
    return _("Danh sách không có gì mới")


def outcome(roster: RosterImport) -> dict[str, Any]:
    """What applying will do, in words; nothing to apply when there is nothing new."""
    states: Mapping[str, int] = roster.summary["states"]
    new, changed, left = states[State.NEW], states[State.CHANGED], _left(roster.summary)
    parts = []
    if new:
        said = ngettext("thêm %s người mới", "thêm %s người mới", new)
        parts.append(said % formats.number(new))
    if changed:
        said = ngettext("sửa thông tin %s người", "sửa thông tin %s người", changed)
        parts.append(said % formats.number(changed))
    words = ""
    if parts:
        words = _("Áp dụng sẽ %s.") % _(" và ").join(parts)
    if left:
        said = ngettext("%s hàng để lại, không nhập.", "%s hàng để lại, không nhập.", left)
        words = f"{words} {said % formats.number(left)}".strip()
    return {"words": words, "anything": bool(new or changed)}


def concerns(roster: RosterImport) -> list[dict[str, str]]:
    """What is said of whole sheets, where somebody should look."""
    told = []
    for sheet in roster.summary.get("sheets", []):
        for issue in sentences(sheet["issues"]):
            if issue["level"] != "info":
                told.append({**issue, "sheet": sheet["name"]})
    return told


def tabs(roster: RosterImport, wanted: RowFilter) -> list[dict[str, Any]]:
    states: Mapping[str, int] = roster.summary["states"]
    url = reverse("people:roster", args=[roster.pk])
    left = int(roster.summary.get("left", 0))
    shown = [(str(state), str(label), states[state]) for state, label in State.choices]
    order = [State.DOUBTFUL, State.WRONG, State.NEW, State.CHANGED, State.SAME]
    shown.sort(key=lambda item: order.index(State(item[0])))
    if left:
        shown.append((LEFT, _("Để lại"), left))
    rest = {"sheet": wanted.sheet, "reason": wanted.reason, "q": wanted.text}
    rest = {name: value for name, value in rest.items() if value}
    total = sum(states.values()) + left
    listed = [(ALL, _("Tất cả"), total), *shown]
    return [
        {
            "label": label,
            "url": f"{url}?{urlencode({'state': state, **rest})}",
            "current": wanted.state == (state if state != ALL else ""),
            "count": count,
        }
        for state, label, count in listed
        if count or state == ALL or wanted.state == state
    ]


def filters(wanted: RowFilter, page: int) -> str:
    """The address's parameters that show these rows again."""
    told = {
        "state": wanted.state or ALL, "sheet": wanted.sheet, "reason": wanted.reason,
        "q": wanted.text, "page": page if page > 1 else "",
    }  # fmt: skip
    return urlencode({name: value for name, value in told.items() if value})


# ---- rows ----


@dataclass(frozen=True)
class ShownRow:
    row: RosterRow
    color: str
    said: str
    changes: list[dict[str, str]]
    issues: list[dict[str, str]]
    persons: list[tuple[int, str]]
    units: list[Unit]
    chosen_person: int | None
    chosen_unit: int | None
    asks_unit: bool
    may_take: bool
    may_leave: bool
    decided: bool
    unit_text: str


def rows(roster: RosterImport, found: Sequence[RosterRow], user: User) -> list[ShownRow]:
    ready = roster.state == RosterImport.State.READY
    person_ids = {pk for row in found for pk in row.choices.get("persons", ())}
    people = find_people(user, Wanted((), (), (), (), person_ids)) if person_ids else None
    described = {pk: people.describe(known) for pk, known in people.by_id.items()} if people else {}
    units = Unit.objects.in_bulk({pk for row in found for pk in row.choices.get("units", ())})
    return [_shown(row, ready, described, units) for row in found]


def _shown(
    row: RosterRow, ready: bool, described: Mapping[int, str], units: Mapping[int, Unit]
) -> ShownRow:
    values, choices, needs = row.values, row.choices, row.choices.get("needs", ())
    day = values.get("birth_date")
    said = [
        formats.day(date.fromisoformat(day)) if day else str(values.get("birth_year", "")),
        values.get("title", ""),
        values.get("phone", ""),
    ]
    if "number_end" in values:
        said.append(_("số định danh %(n)s") % {"n": f"•••{values['number_end']}"})
    decided = "take" in row.decision
    waiting = row.state == State.DOUBTFUL or (row.state == State.WRONG and "unit" in needs)
    return ShownRow(
        row,
        COLORS[State(row.state)],
        " · ".join(part for part in said if part),
        _changes(row),
        [{**issue, "color": LEVELS[issue["level"]]} for issue in sentences(row.issues)],
        [(pk, described[pk]) for pk in choices.get("persons", ()) if pk in described],
        [units[pk] for pk in choices.get("units", ()) if pk in units],
        row.decision.get("person"),
        row.decision.get("unit"),
        ready and waiting and (bool(choices.get("units")) or "unit" in needs),
        ready and row.accepted and waiting,
        ready and row.accepted and row.state != State.SAME,
        ready and decided,
        values.get("unit", ""),
    )


def _changes(row: RosterRow) -> list[dict[str, str]]:
    return [
        {
            "label": _(FIELD_LABELS[Field(name)]),
            "before": _worded(name, before),
            "after": _worded(name, after),
        }
        for name, (before, after) in row.changes.items()
    ]


def _worded(name: str, value: str | None) -> str:
    if not value:
        return _("trống")
    if name == Field.SEX:
        return str(Person.Sex(value).label)
    if name == Field.BIRTH_DATE and "-" in value:
        return formats.day(date.fromisoformat(value))
    return value


# ---- sheets ----


@dataclass(frozen=True)
class ShownColumn:
    letter: str
    header: str
    samples: str
    field: BoundField
    words: str
    color: str


@dataclass(frozen=True)
class ShownSheet:
    told: Mapping[str, Any]
    issues: list[dict[str, str]]
    read: BoundField
    header: BoundField
    unit: BoundField
    sections: BoundField | None
    suggested: str
    columns: list[ShownColumn]


def sheets(roster: RosterImport, form: SheetsForm) -> list[ShownSheet]:
    ids = [sheet["suggested_unit"] for sheet in form.sheets if sheet["suggested_unit"]]
    names = dict(Unit.objects.filter(pk__in=ids).values_list("pk", "name"))
    set_before = roster.mapping.get("sheets", {})
    return [
        ShownSheet(
            sheet,
            [{**issue, "color": LEVELS[issue["level"]]} for issue in sentences(sheet["issues"])],
            form[f"s{number}-read"],
            form[f"s{number}-header"],
            form[f"s{number}-unit"],
            form[f"s{number}-sections"] if f"s{number}-sections" in form.fields else None,
            names.get(sheet["suggested_unit"] or 0, ""),
            [
                _column(column, form[f"s{number}-c{column['letter']}"],
                        set_before.get(sheet["name"], {}).get("columns", {}))
                for column in sheet["columns"]
            ],
        )
        for number, sheet in enumerate(form.sheets)
    ]  # fmt: skip


def _column(column: Mapping[str, Any], field: BoundField, chosen: Mapping[str, str]) -> ShownColumn:
    confidence = column["confidence"]
    if column["letter"] in chosen:
        words, color = _("anh/chị chọn"), "info"
    elif column["field"] == Field.IGNORE:
        words, color = _("không nhập"), "neutral"
    elif confidence >= CERTAIN:
        words, color = _("chắc chắn"), "success"
    elif confidence >= LIKELY:
        words, color = _("có lẽ đúng"), "info"
    else:
        words, color = _("hãy kiểm tra"), "warning"
    samples = " · ".join(column["samples"])
    return ShownColumn(column["letter"], column["header"], samples, field, words, color)
