"""What states are called on pages, and the colour beside the word."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lantoa.exams.rules.watching import Watch

STATES: dict[Watch, tuple[str | Promise, str]] = {
    Watch.LOCKED: (_("bị khóa"), "danger"),
    Watch.OFFLINE: (_("mất liên lạc"), "danger"),
    Watch.OVER: (_("hết giờ, đang nộp"), "warning"),
    Watch.ABSENT: (_("chưa vào"), "neutral"),
    Watch.WAITING: (_("đã vào, chưa bắt đầu"), "info"),
    Watch.PAUSED: (_("tạm dừng"), "warning"),
    Watch.WORKING: (_("đang làm"), "success"),
    Watch.SUBMITTED: (_("đã nộp"), "primary"),
}
