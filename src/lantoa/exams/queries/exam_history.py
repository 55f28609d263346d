"""What the history of an exam or a sitting says of each event."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from lantoa.accounts.history import HistoryLine, history_lines
from lantoa.audit.models import Event
from lantoa.audit.queries import history_of
from lantoa.exams.models import Candidate
from lantoa.web import formats

LINES = 30

WORDS: Mapping[str, Any] = {
    "exams.create_exam": _("Lập kỳ thi"),
    "exams.change_exam": _("Sửa kỳ thi"),
    "exams.remove_sitting": _("Xóa một ca thi chưa ai làm, %(candidates)s thí sinh"),
    "exams.hold_series": _("Lập loạt %(sittings)s ca thi, %(candidates)s thí sinh"),
    "exams.open_sitting": _("Lập ca thi khi mở đợt"),
    "exams.hold_sitting": _("Lập ca thi"),
    "exams.copy_sitting": _("Chép từ ca thi khác, %(candidates)s thí sinh"),
    "exams.change_sitting": _("Sửa ca thi"),
    "exams.move_sitting": _("Dời ca thi theo đợt"),
    "exams.make_up": _("Lập ca thi bù cho %(candidates)s thí sinh vắng"),
    "exams.add_rooms": _("Thêm %(rooms)s phòng thi"),
    "exams.change_room": _("Sửa phòng thi"),
    "exams.remove_room": _("Xóa một phòng thi"),
    "exams.add_candidates": _("Thêm %(fresh)s thí sinh, %(again)s trở lại"),
    "exams.withdraw_candidate": _("Rút một thí sinh"),
    "exams.restore_candidate": _("Đưa một thí sinh trở lại"),
    "exams.give_extra_minutes": _("Thêm %(minutes)s phút cho một thí sinh"),
    "exams.place_candidate": _("Đổi chỗ một thí sinh"),
    "exams.assign_seats": _("Xếp chỗ cho %(seated)s thí sinh"),
    "exams.number_candidates": _("Đánh %(numbers)s số báo danh"),
    "exams.issue_codes": _("Cấp và in %(codes)s mã vào thi"),
    "exams.print_lists": _("In danh sách phòng thi"),
    "exams.give_duty": _("Giao việc cho một người"),
    "exams.withdraw_duty": _("Thôi giao việc cho một người"),
    "exams.prepare_sitting": _("Mở sẵn: %(attempts)s bài làm"),
    "exams.undo_preparation": _("Hủy mở sẵn: bỏ %(attempts)s bài làm"),
    "exams.rehearse_sitting": _("Tổng duyệt với %(candidates)s thí sinh giả định"),
    "exams.export_results": _("Xuất kết quả của %(attempts)s bài làm"),
    "exams.carry_over_attempts": _("Đưa vào %(count)s bài làm cũ"),
}


def history(row: Model) -> list[HistoryLine]:
    """Of an exam or a sitting that the caller has authorised."""
    return _lines(history_of(row))


def candidate_history(candidate: Candidate) -> list[HistoryLine]:
    """What was done about one candidate; it stands among the sitting's events."""
    return _lines(history_of(candidate.sitting).filter(data__candidate=candidate.pk))


def _lines(events: QuerySet[Event]) -> list[HistoryLine]:
    return history_lines(events[:LINES], _summary, _note)


def _summary(event: Event) -> str:
    said = WORDS.get(event.action)
    return str(said % _Numbers(event.data)) if said else event.action


class _Numbers(dict[str, Any]):
    """The event's numbers as they are written; what it doesn't say is a dash."""

    def __getitem__(self, key: str) -> str:
        value = self.get(key)
        return formats.number(value) if isinstance(value, int) else "–"


def _note(event: Event) -> str:
    if digests := event.data.get("digests"):
        return ", ".join(f"{digest[:12]}…" for digest in digests[:6])
    return str(event.data.get("reason", ""))
