"""What a row's history says of each event."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from lantoa.programmes.words import EVENT_WORDS as PROGRAMME_WORDS

EVENT_WORDS: dict[str, Any] = {
    "plans.create_plan": _("Lập kế hoạch"),
    "plans.change_plan": _("Sửa kế hoạch"),
    "plans.set_quotas": _("Giao chỉ tiêu cho %(units)s đơn vị"),
    "plans.open_planned_cohort": _("Mở đợt"),
    "plans.export_learners": _("Xuất danh sách %(persons)s người"),
    "plans.remind_late": _("Nhắc %(users)s người trễ hạn"),
    **PROGRAMME_WORDS,
}
