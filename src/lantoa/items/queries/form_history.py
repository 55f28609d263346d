from django.utils.translation import gettext as _

from lantoa.accounts.history import HistoryLine, history_lines
from lantoa.audit.models import Event
from lantoa.audit.queries import history_of
from lantoa.items.models import Blueprint, Form

LINES = 100


def _summary(event: Event) -> str:
    told = event.data
    if event.action == "items.swap_item":
        return _("Đổi câu ở vị trí %(position)s") % {"position": told.get("position", "")}
    if event.action == "items.review_form":
        return _("Thẩm định: đạt") if told.get("fit") else _("Trả lại để sửa")
    return {
        "items.assemble_form": _("Dựng đề %(code)s") % {"code": told.get("code", "")},
        "items.publish_form": _("Ban hành đề"),
        "items.retire_form": _("Ngừng dùng đề"),
        "items.print_form": _("Tải tệp in"),
        "items.create_blueprint": _("Tạo ma trận đề"),
        "items.change_blueprint": _("Sửa ma trận đề"),
        "items.ask_for_forms": _("Dựng đề: %(forms)s") % {"forms": told.get("forms", "")},
        "items.compile_pool": _("Đóng gói ngân hàng để rút đề cho từng thí sinh"),
    }.get(event.action, event.action)


def _note(event: Event) -> str:
    if digest := event.data.get("digest"):
        return _("Mã kiểm tra %(digest)s") % {"digest": digest}
    return str(event.data.get("reason", ""))


def form_history(form: Form) -> list[HistoryLine]:
    """The caller has authorised the form."""
    return history_lines(history_of(form)[:LINES], _summary, _note)


def blueprint_history(blueprint: Blueprint) -> list[HistoryLine]:
    """The caller has authorised the blueprint."""
    return history_lines(history_of(blueprint)[:LINES], _summary, _note)
