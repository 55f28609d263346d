"""Why a step was not taken: one class per reason, each with a sentence for the candidate."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from lantoa.exams.rules import State
from lantoa.exams.rules.council import Hindrance
from lantoa.web import formats


class Refused(Exception):
    """Nothing was changed; `sentence` may be shown."""

    @property
    def sentence(self) -> str:
        return str(self)


class MayNotStart(Refused):
    def __init__(self, state: State, opens_at: datetime, closes_at: datetime) -> None:
        self.state = state
        super().__init__(
            {
                State.PASSED: _("Anh/chị đã đạt bài kiểm tra này."),
                State.SUBMITTING: _("Bài trước đã hết giờ và đang được hệ thống nộp."),
                State.EXHAUSTED: _("Anh/chị đã dùng hết số lần làm bài."),
                State.CLOSED: _("Bài kiểm tra đã đóng lúc %(moment)s.")
                % {"moment": formats.moment(closes_at)},
                State.UPCOMING: _("Bài kiểm tra mở lúc %(moment)s.")
                % {"moment": formats.moment(opens_at)},
                State.LOCKED: _("Hãy hoàn thành các khóa học của chương trình trước."),
            }[state]
        )


class Withdrawn(Refused):
    def __init__(self) -> None:
        super().__init__(_("Anh/chị không còn trong danh sách của đợt này."))


class TimeOver(Refused):
    def __init__(self) -> None:
        super().__init__(_("Đã hết giờ làm bài; câu trả lời này đến sau nên không được tính."))


class AlreadySubmitted(Refused):
    def __init__(self) -> None:
        super().__init__(_("Bài này đã nộp, không sửa được nữa."))


class BadAnswer(Refused):
    def __init__(self) -> None:
        super().__init__(_("Câu trả lời gửi lên không đúng dạng."))


class NoFileHere(Refused):
    def __init__(self) -> None:
        super().__init__(_("Câu này không nhận tệp, hoặc chưa chọn tệp nào."))


class TooManyFiles(Refused):
    def __init__(self) -> None:
        super().__init__(_("Đã nộp quá nhiều tệp cho câu này. Tệp nộp sau cùng vẫn được giữ."))


class NotPossible(Refused):
    """A step of an invigilator that makes no sense now."""

    @classmethod
    def nothing_runs(cls) -> "NotPossible":
        return cls(_("Không có bài nào đang làm để thực hiện việc này."))

    @classmethod
    def minutes(cls, most: int) -> "NotPossible":
        return cls(_("Số phút thêm từ 1 đến %(most)d.") % {"most": most})

    @classmethod
    def paused_already(cls) -> "NotPossible":
        return cls(_("Ca thi đang tạm dừng rồi."))

    @classmethod
    def not_paused(cls) -> "NotPossible":
        return cls(_("Ca thi không tạm dừng."))

    @classmethod
    def reason_missing(cls) -> "NotPossible":
        return cls(_("Hãy ghi rõ nội dung."))


class AlreadyMarked(Refused):
    def __init__(self) -> None:
        super().__init__(_("Bài này đã chấm xong hoặc đã chuyển sang lượt chấm khác."))


class NoAppeal(Refused):
    """An appeal can't go this step."""


class BadKey(Refused):
    """A key can't be corrected so."""


class NotReady(Refused):
    """Results can't be approved while these stand."""

    def __init__(self, found: Sequence[Hindrance]) -> None:
        self.found = list(found)
        super().__init__(" ".join(hindrance_words(each) for each in found))


def hindrance_words(hindrance: Hindrance) -> str:
    return {
        Hindrance.NOBODY: _("Chưa có bài làm nào được nộp."),
        Hindrance.UNDER_WAY: _("Còn thí sinh đang làm bài."),
        Hindrance.UNMARKED: _("Còn bài tự luận, thực hành chưa chấm xong."),
        Hindrance.LATE: _("Còn câu trả lời muộn chưa quyết định."),
        Hindrance.CORRECTING: _("Còn đề nghị sửa đáp án chưa xong."),
    }[hindrance]


class HotPathRefused(Refused):
    """What the hot path refused, by the name of its error."""

    def __init__(self, error: str, more: Mapping[str, Any]) -> None:
        self.error = error
        super().__init__(sentence_of(error, more))


def refused(error: str, more: Mapping[str, Any]) -> Refused:
    if error == "submitted":
        return AlreadySubmitted()
    if error == "bad_answer":
        return BadAnswer()
    return HotPathRefused(error, more)


def sentence_of(error: str, more: Mapping[str, Any]) -> str:
    """What the candidate is told: what happened, what was kept, what to do."""
    sentences = {
        "not_started": _("Bài làm chưa bắt đầu."),
        "moved": _(
            "Bài này đang được làm trên thiết bị khác. Câu trả lời trên máy này được giữ riêng."
        ),
        "ask_invigilator": _("Bài này đang làm trên máy khác. Hãy gọi giám thị để được đổi máy."),
        "withdrawn": _("Anh/chị không còn trong danh sách của ca thi này."),
        "wrong_network": _("Ca thi này chỉ làm được từ phòng thi; hãy gọi giám thị."),
        "seb_needed": _("Ca thi này phải làm bằng Safe Exam Browser với cấu hình của kỳ thi."),
        "wrong_code": _("Số báo danh hoặc mã vào thi chưa đúng. Hãy xem lại trên phiếu."),
        "locked": _("Số báo danh này bị khóa vì nhập sai mã quá nhiều lần. Hãy gọi giám thị."),
        "not_prepared": _("Ca thi chưa được mở sẵn. Hãy gọi giám thị."),
        "not_open": _("Chưa đến giờ làm bài."),
        "closed": _("Ca thi đã đóng."),
        "too_late_to_start": _("Đã quá giờ bắt đầu muộn nhất của ca thi."),
        "paused": _("Ca thi đang tạm dừng; đồng hồ không chạy."),
        "submitted": _("Bài này đã nộp, không sửa được nữa."),
        "bad_answer": _("Câu trả lời gửi lên không đúng dạng."),
        "sequence_taken": _("Số thứ tự này đã dùng cho câu trả lời khác."),
        "too_many": _("Đã gửi quá nhiều lần; hãy đợi một lát."),
        "no_such_attempt": _("Không có bài làm này."),
        "no_token": _("Phiên làm bài trên máy này đã hết; hãy vào lại. Câu trả lời vẫn được giữ."),
        "file_late": _("Tệp đến sau khi hết giờ nên không được nhận. Tệp nộp trước vẫn còn."),
        "file_moved": _("Bài đang được làm trên máy khác; tệp này không được nhận."),
        "unavailable": _("Máy chủ chưa ghi được. Câu trả lời được giữ trên máy này và tự gửi lại."),
    }
    return sentences.get(error, _("Chưa làm được; hãy thử lại."))
