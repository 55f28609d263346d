"""What is said of a row that can't be taken, by its code."""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lantoa.providers.models import ResultRow

SENTENCES: Final = {
    "passed_unread": gettext_noop("Không hiểu kết quả “%(text)s”; hãy ghi Đạt hoặc Chưa đạt."),
    "score_unread": gettext_noop("Không đọc được điểm “%(text)s”."),
    "score_above": gettext_noop("Điểm “%(text)s” cao hơn thang điểm %(greatest)s."),
    "day_unread": gettext_noop("Không đọc được ngày “%(text)s”; hãy ghi dạng 31/12/2025."),
    "day_ahead": gettext_noop("Ngày %(text)s còn ở phía trước."),
    "day_before": gettext_noop("Ngày %(text)s trước khi đợt này mở."),
    "word_against_score": gettext_noop(
        "Ghi “%(word)s” nhưng điểm %(score)s không khớp với mức đạt %(percent)s%%."
    ),
    "code_unknown": gettext_noop("Không có mã học viên “%(code)s” trong danh sách được giao."),
    "code_of_other": gettext_noop("Mã học viên này là của %(person)s."),
    "number_of_other": gettext_noop("Số định danh này là của %(person)s."),
    "nobody": gettext_noop("Không ai trong danh sách được giao có tên và ngày sinh này."),
    "nobody_said": gettext_noop("Hàng này không nói là ai."),
    "several": gettext_noop("Có nhiều người như vậy: %(people)s."),
    "maybe": gettext_noop("Có thể là %(people)s."),
    "twice": gettext_noop("Người này đã có ở %(place)s với kết quả khác."),
}


def sentence_of(row: ResultRow) -> str:
    return _(SENTENCES[row.code]) % row.params if row.code in SENTENCES else ""
