"""Why a step was not taken: one class per reason, each with a sentence for the candidate."""

from datetime import datetime

from django.utils.translation import gettext as _

from lantoa.exams.rules import State
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


class SequenceTaken(Refused):
    """The number was used for another answer (two devices, or a page that lost its memory);
    the client takes `next` and sends again."""

    def __init__(self, next_sequence: int) -> None:
        self.next_sequence = next_sequence
        super().__init__(_("Số thứ tự này đã dùng cho câu trả lời khác."))
