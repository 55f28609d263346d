"""What the history of a class says of each event."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from lantoa.accounts.history import HistoryLine
from lantoa.programmes.history import history as lines

WORDS: dict[str, Any] = {
    "classes.open_class": _("Mở lớp"),
    "classes.change_class": _("Sửa lớp"),
    "classes.cancel_class": _("Hủy lớp"),
    "classes.end_class": _("Kết thúc lớp: %(passed)s trên %(members)s người đạt"),
    "classes.reopen_class": _("Mở lại lớp"),
    "classes.add_meetings": _("Thêm %(meetings)s buổi"),
    "classes.change_meeting": _("Sửa một buổi"),
    "classes.cancel_meeting": _("Hủy một buổi"),
    "classes.set_trainers": _("Phân công giảng viên cho %(meetings)s buổi"),
    "classes.place": _("Xếp %(members)s người vào lớp"),
    "classes.take_out": _("Đưa một người ra khỏi lớp"),
    "classes.mark": _("Điểm danh %(marks)s người"),
    "classes.open_room": _("Mở phòng BigBlueButton của một buổi"),
    "classes.end_room": _("Kết thúc phòng BigBlueButton của một buổi"),
    "classes.set_link": _("Đổi đường dẫn phòng học của một buổi"),
    "classes.dispute": _("Học viên nêu ý kiến về điểm danh"),
    "classes.decide_dispute": _("Trả lời ý kiến về điểm danh"),
    "classes.add_test": _("Thêm một bài kiểm tra"),
    "classes.change_test": _("Sửa một bài kiểm tra"),
    "classes.remove_test": _("Xóa bài kiểm tra %(name)s"),
    "classes.set_points": _("Ghi điểm kiểm tra của %(scores)s người"),
    "classes.ask_proposal": _("Nhờ máy đề xuất xếp lớp"),
    "classes.apply_proposal": _("Áp dụng đề xuất: mở %(classes)s lớp"),
    "classes.add_points": _("Thêm %(points)s điểm cầu"),
    "classes.remove_point": _("Bỏ một điểm cầu"),
    "classes.set_keeper": _("Ghi người phụ trách điểm cầu"),
    "classes.seat_at_points": _("Xếp %(members)s người vào điểm cầu"),
    "classes.set_point": _("Đổi điểm cầu của một người"),
    "classes.export_list": _("Xuất danh sách %(persons)s người"),
}


def history(row: Model) -> list[HistoryLine]:
    return lines(row, WORDS)
