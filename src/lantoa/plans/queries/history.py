"""What the history of a plan or a cohort says of each event."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from lantoa.accounts.history import HistoryLine, history_lines
from lantoa.audit.models import Event
from lantoa.audit.queries import history_of
from lantoa.programmes.words import EVENT_WORDS as PROGRAMME_WORDS
from lantoa.web import formats

LINES = 20

EVENT_WORDS: dict[str, Any] = {
    "plans.create_plan": _("Lập kế hoạch"),
    "plans.change_plan": _("Sửa kế hoạch"),
    "plans.set_quotas": _("Giao chỉ tiêu cho %(units)s đơn vị"),
    "plans.open_planned_cohort": _("Mở đợt"),
    "plans.export_learners": _("Xuất danh sách %(persons)s người"),
    "plans.remind_late": _("Nhắc %(users)s người trễ hạn"),
    **PROGRAMME_WORDS,
}


def history(row: Model) -> list[HistoryLine]:
    """Of a plan or a cohort that the caller has authorised."""
    return history_lines(history_of(row)[:LINES], _summary)


def _summary(event: Event) -> str:
    words = EVENT_WORDS.get(event.action)
    return str(words % _numbers(event.data)) if words else event.action


def _numbers(data: dict[str, Any]) -> dict[str, str]:
    return {
        "units": formats.number(len(data.get("units", {}))),
        "enrolled": formats.number(data.get("enrolled", 0)),
        "withdrawn": formats.number(data.get("withdrawn", 0)),
        "persons": formats.number(data.get("persons", 0)),
        "users": formats.number(data.get("users", 0)),
    }
