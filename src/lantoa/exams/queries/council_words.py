"""What was done with a sitting's results, in words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.audit.models import Event
from lantoa.exams.models import ResultChange

ACTIONS: dict[str, Any] = {
    "exams.approve_results": gettext_lazy("Duyệt và công bố kết quả"),
    "exams.reopen_results": gettext_lazy("Mở lại để xem xét"),
    "exams.verify_sitting": gettext_lazy("Kiểm tra nhật ký và điểm"),
    "exams.rescore": gettext_lazy("Kết quả thay đổi"),
    "exams.decide_late": gettext_lazy("Quyết định câu trả lời muộn"),
    "exams.propose_key": gettext_lazy("Đề nghị sửa đáp án"),
    "exams.correct_key": gettext_lazy("Sửa đáp án"),
    "exams.refuse_key": gettext_lazy("Không chấp nhận sửa đáp án"),
    "exams.decide_appeal": gettext_lazy("Quyết định phúc khảo"),
    "exams.export_results": gettext_lazy("Xuất kết quả"),
    "exams.export_score_list": gettext_lazy("Xuất bảng điểm"),
}


def summary_of(event: Event) -> str:
    label = str(ACTIONS[event.action])
    if event.action == "exams.rescore":
        cause = ResultChange.Cause(event.data["cause"]).label
        return _("%(label)s: %(n)d (%(cause)s); thành đạt %(up)d, thành chưa đạt %(down)d") % {
            "label": label,
            "n": len(event.data["changed"]),
            "cause": cause,
            "up": len(event.data["passed"]),
            "down": len(event.data["failed"]),
        }
    if event.action == "exams.verify_sitting":
        return _("%(label)s: %(n)d bài, %(bad)d bài không khớp") % {
            "label": label,
            "n": event.data["attempts"],
            "bad": len(event.data["unsound"]),
        }
    return label


def note_of(event: Event) -> str:
    told = str(event.data.get("note") or event.data.get("reason") or "")
    if doubted := event.data.get("doubted"):
        told = " ".join(
            (told, _("%(n)d người đã có giấy chứng nhận.") % {"n": len(doubted)})
        ).strip()
    return told
