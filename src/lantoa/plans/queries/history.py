"""What the history of a plan or a cohort says of each event."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from lantoa.accounts.history import HistoryLine
from lantoa.programmes import history as programmes

WORDS: dict[str, Any] = {
    "plans.create_plan": _("Lập kế hoạch"),
    "plans.change_plan": _("Sửa kế hoạch"),
    "plans.set_quotas": _("Giao chỉ tiêu cho %(units)s đơn vị"),
    "plans.open_planned_cohort": _("Mở đợt"),
    "plans.export_learners": _("Xuất danh sách %(persons)s người"),
    "plans.remind_late": _("Nhắc %(users)s người trễ hạn"),
    **programmes.WORDS,
}


def history(row: Model) -> list[HistoryLine]:
    """Of a plan or a cohort that the caller has authorised."""
    return programmes.history(row, WORDS)
