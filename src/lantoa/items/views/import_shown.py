"""How imports and their rows are put on a page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lantoa.accounts.models import User
from lantoa.items.exchange import FORMATS
from lantoa.items.exchange_forms import ALL
from lantoa.items.kinds import kind_of, kinds
from lantoa.items.models import Item, ItemImport, ItemImportRow
from lantoa.items.queries.imports import LEFT, RowFilter
from lantoa.jobs.models import Job
from lantoa.jobs.queries import jobs_of
from lantoa.web.formats import number

State = ItemImportRow.State
COLORS: dict[str, str] = {
    ItemImport.State.READY: "warning",
    ItemImport.State.APPLIED: "success",
    ItemImport.State.UNDONE: "neutral",
    ItemImport.State.REFUSED: "danger",
    State.NEW: "success",
    State.SIMILAR: "warning",
    State.SAME: "neutral",
    State.WRONG: "danger",
}
TABS = (State.WRONG, State.SIMILAR, State.NEW, State.SAME)


def trail(*, to_list: bool = True) -> list[tuple[str, str]]:
    """The way back from a page: the bank, the imports."""
    links = [(_("Câu hỏi"), reverse("items:items"))]
    if to_list:
        links.append((_("Tệp đã nhập"), reverse("items:imports")))
    return links


@dataclass(frozen=True)
class ImportShown:
    of: ItemImport
    color: str
    by: str
    words: str


def imports(found: Iterable[ItemImport]) -> list[ImportShown]:
    listed = list(found)
    ids = {of.created_by_id for of in listed if of.created_by_id}
    names = dict(User.objects.filter(pk__in=ids).values_list("pk", "display_name"))
    return [
        ImportShown(
            of, COLORS.get(of.state, "info"), names.get(of.created_by_id or 0, ""), in_words(of)
        )
        for of in listed
    ]


def job_of(of: ItemImport, user: User) -> Job | None:
    """The job behind it, for whoever started it; others see only the state."""
    return jobs_of(user).filter(pk=of.job_id).first() if of.job_id else None


def in_words(of: ItemImport) -> str:
    """What it did, or what it would do."""
    summary = of.summary
    if of.state == ItemImport.State.REFUSED:
        return of.refusal_sentence
    if of.state == ItemImport.State.UNDONE and "undone" in summary:
        return _undone_words(summary["undone"])
    if of.state == ItemImport.State.APPLIED and "applied" in summary:
        return _applied_words(summary["applied"])
    states: Mapping[str, int] = summary.get("states", {})
    if not states:
        return ""
    return _("%(new)s câu mới, %(same)s câu đã có, %(wrong)s câu sai") % {
        "new": number(states[State.NEW] + states[State.SIMILAR]),
        "same": number(states[State.SAME]),
        "wrong": number(states[State.WRONG]),
    }


def _applied_words(counts: Mapping[str, int]) -> str:
    said = ngettext("Đã nhập %s câu nháp", "Đã nhập %s câu nháp", counts["created"])
    said %= number(counts["created"])
    if counts["left_out"]:
        left = ngettext(
            "; %s câu vừa có trong ngân hàng nên để lại",
            "; %s câu vừa có trong ngân hàng nên để lại",
            counts["left_out"],
        )
        said += left % number(counts["left_out"])
    return f"{said}."


def _undone_words(counts: Mapping[str, int]) -> str:
    said = ngettext("Đã xóa %s câu nháp", "Đã xóa %s câu nháp", counts["removed"])
    said %= number(counts["removed"])
    if counts["kept"]:
        kept = ngettext(
            "; giữ lại %s câu đã được sửa hoặc sử dụng",
            "; giữ lại %s câu đã được sửa hoặc sử dụng",
            counts["kept"],
        )
        said += kept % number(counts["kept"])
    return f"{said}."


def answer(of: ItemImport) -> str:
    """The page's heading: what happened, or what waits for the author."""
    if of.state != ItemImport.State.READY:
        return in_words(of)
    states: Mapping[str, int] = of.summary["states"]
    if wrong := states[State.WRONG]:
        said = ngettext("%s câu sai, chưa nhập được", "%s câu sai, chưa nhập được", wrong)
        return said % number(wrong)
    if states[State.NEW] or states[State.SIMILAR]:
        return _("Đọc được cả tệp, sẵn sàng nhập")
    return _("Tệp không có gì mới")


def outcome(of: ItemImport) -> dict[str, Any]:
    """What applying will do, in words; nothing to apply when there is nothing new."""
    states: Mapping[str, int] = of.summary["states"]
    take = states[State.NEW] + states[State.SIMILAR]
    rest = states[State.SAME] + states[State.WRONG] + of.summary["left"]
    parts = []
    if take:
        said = ngettext("Áp dụng sẽ thêm %s câu nháp.", "Áp dụng sẽ thêm %s câu nháp.", take)
        parts.append(said % number(take))
    if rest:
        said = ngettext("%s hàng để lại, không nhập.", "%s hàng để lại, không nhập.", rest)
        parts.append(said % number(rest))
    return {"words": " ".join(parts), "anything": bool(take)}


def chosen(of: ItemImport) -> dict[str, Any]:
    """What was chosen beside the file, for sending another."""
    return {"unit": of.unit_id, "topic": of.topic_id, "level": of.level, "purpose": of.purpose}


def defaults(of: ItemImport) -> list[tuple[str, str]]:
    return [
        (_("Định dạng"), str(FORMATS[of.form].label) if of.form in FORMATS else of.form),
        (_("Chuyên đề khi tệp không ghi"), of.topic.title if of.topic else _("Chưa xếp")),
        (_("Mức khi tệp không ghi"), str(Item.Level(of.level).label)),
        (_("Dùng cho khi tệp không ghi"), str(Item.Purpose(of.purpose).label)),
    ]


def tabs(of: ItemImport, wanted: RowFilter) -> list[dict[str, Any]]:
    states: Mapping[str, int] = of.summary["states"]
    left = int(of.summary["left"])
    shown = [(state.value, str(state.label), states[state.value]) for state in TABS]
    listed = [(ALL, _("Tất cả"), sum(states.values()) + left), *shown]
    if left:
        listed.append((LEFT, _("Bỏ chọn"), left))
    rest = {"kind": wanted.kind, "reason": wanted.reason, "q": wanted.text}
    rest = {name: value for name, value in rest.items() if value}
    url = reverse("items:import", args=[of.pk])
    return [
        {
            "label": label,
            "url": f"{url}?{urlencode({'state': state, **rest})}",
            "current": wanted.state == ("" if state == ALL else state),
            "count": count,
        }
        for state, label, count in listed
        if count or state == ALL or wanted.state == state
    ]


def filters(wanted: RowFilter, page: int) -> str:
    """The address's parameters that show these rows again."""
    told = {"state": wanted.state or ALL, "kind": wanted.kind, "reason": wanted.reason}
    told |= {"q": wanted.text, "page": str(page) if page > 1 else ""}
    return urlencode({name: value for name, value in told.items() if value})


@dataclass(frozen=True)
class RowShown:
    row: ItemImportRow
    color: str
    kind: str
    likeness: str
    review: dict[str, Any] | None
    review_template: str
    may_choose: bool


def rows(found: Iterable[ItemImportRow]) -> list[RowShown]:
    labels = {kind.name: str(kind.label).capitalize() for kind in kinds()}
    return [_row(row, labels) for row in found]


def _row(row: ItemImportRow, labels: Mapping[str, str]) -> RowShown:
    readable = bool(row.content) and row.kind in labels
    of = kind_of(row.kind) if readable else None
    return RowShown(
        row=row,
        color=COLORS.get(row.state, "info"),
        kind=labels.get(row.kind, row.kind),
        likeness=_likeness(row),
        review=of.review(row.content, None) if of else None,
        review_template=of.template("review") if of else "",
        may_choose=row.state in (State.NEW, State.SIMILAR),
    )


def _likeness(row: ItemImportRow) -> str:
    """What the row is alike to; an item of the bank is linked beside."""
    if row.match_row is not None:
        if row.state == State.SAME:
            return _("Trùng hàng %(n)d của tệp này.") % {"n": row.match_row}
        told = {"n": row.match_row, "percent": row.percent}
        return _("Giống %(percent)d%% hàng %(n)d của tệp này.") % told
    if row.state == State.SAME:
        return _("Ngân hàng đã có đúng câu này.")
    if row.state == State.SIMILAR:
        return _("Giống %(percent)d%% một câu đã có.") % {"percent": row.percent}
    return ""
