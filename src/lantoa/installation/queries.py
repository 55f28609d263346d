from django.utils.translation import gettext_lazy as _

from lantoa.accounts.history import HistoryLine, history_lines
from lantoa.audit.queries import history_of
from lantoa.installation.models import Installation

EVENTS = {
    "installation.change_agency": _("Đổi thông tin cơ quan"),
    "installation.remove_logo": _("Bỏ biểu trưng"),
    "installation.change_banner": _("Đổi dòng báo"),
    "installation.change_mail": _("Đổi cách gửi thư"),
    "installation.change_sms": _("Đổi cách gửi tin nhắn"),
    "installation.change_conference": _("Đổi máy chủ phòng học trực tuyến"),
    "installation.try_conference": _("Thử kết nối máy chủ phòng học trực tuyến"),
    "installation.test_mail": _("Gửi thư thử"),
    "installation.test_sms": _("Gửi tin nhắn thử"),
}


def this_installation() -> Installation:
    """The installation's row, or an unsaved one with the defaults before it has been set."""
    return Installation.objects.select_related("logo").filter(pk=1).first() or Installation(pk=1)


def recent_changes(limit: int = 10) -> list[HistoryLine]:
    """Who changed what of the settings, newest first."""
    events = history_of(Installation(pk=1))[:limit]
    return history_lines(events, lambda event: str(EVENTS.get(event.action, event.action)))
