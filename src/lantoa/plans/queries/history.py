"""What the history of a plan or a cohort says of each event."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from lantoa.accounts.history import HistoryLine
from lantoa.programmes import history as programmes

WORDS: dict[str, Any] = {
    "plans.create_plan": _("Lập kế hoạch"),
    "plans.change_plan": _("Sửa kế hoạch"),
    "plans.issue_plan": _("Ban hành kế hoạch"),
    "plans.revise_plan": _("Điều chỉnh kế hoạch"),
    "plans.close_plan": _("Kết thúc kế hoạch"),
    "plans.reopen_plan": _("Mở lại kế hoạch"),
    "plans.open_review": _("Mở đợt rà soát nhu cầu"),
    "plans.state_needs": _("Kê khai nhu cầu"),
    "plans.close_review": _("Khép lại đợt rà soát"),
    "plans.ask_for_names": _("Mời các đơn vị đề cử"),
    "plans.name_people": _("Thêm %(persons)s người vào danh sách"),
    "plans.take_off_list": _("Bỏ một người khỏi danh sách"),
    "plans.send_names": _("Gửi danh sách %(persons)s người"),
    "plans.return_names": _("Trả lại danh sách"),
    "plans.decide_names": _("Duyệt %(approved)s trên %(of)s người"),
    "plans.fill_places": _(
        "%(withdrawn)s người rút, %(approved)s người trong danh sách chờ vào thay"
    ),
    "plans.set_quotas": _("Giao chỉ tiêu cho %(units)s đơn vị"),
    "plans.borrow_quota": _("Điều chuyển chỉ tiêu giữa các đơn vị"),
    "plans.return_quota": _("Trả lại chỉ tiêu cho cấp trên"),
    "plans.reverse_posting": _("Hủy một lần ghi chỉ tiêu"),
    "plans.open_planned_cohort": _("Mở đợt"),
    "plans.export_learners": _("Xuất danh sách %(persons)s người"),
    "plans.remind_late": _("Nhắc %(users)s người trễ hạn"),
    **programmes.WORDS,
}


def history(row: Model) -> list[HistoryLine]:
    """Of a plan or a cohort that the caller has authorised."""
    return programmes.history(row, WORDS)
