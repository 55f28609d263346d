"""The tabs of a sitting's pages: whoever adds a page adds its line."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lantoa.accounts.models import User
from lantoa.exams.models import Sitting
from lantoa.exams.permissions import is_examiner, may_decide

Tab = tuple[str, Any, str, frozenset[str]]
EXAMINER, COUNCIL = "examiner", "council"

TABS: tuple[Tab, ...] = (
    ("sitting", _("Bài làm"), "exams:sitting", frozenset({EXAMINER})),
    ("marking", _("Chấm bài"), "exams:marking_progress", frozenset({EXAMINER, COUNCIL})),
    ("late", _("Câu trả lời muộn"), "exams:late", frozenset({EXAMINER, COUNCIL})),
    ("items", _("Phân tích câu hỏi"), "exams:items", frozenset({EXAMINER, COUNCIL})),
    ("keys", _("Sửa đáp án"), "exams:key_proposals", frozenset({EXAMINER, COUNCIL})),
    ("council", _("Duyệt kết quả"), "exams:council", frozenset({EXAMINER, COUNCIL})),
    ("appeals", _("Phúc khảo"), "exams:appeals", frozenset({EXAMINER, COUNCIL})),
)


def sitting_tabs(sitting: Sitting, current: str, user: User) -> list[dict[str, Any]]:
    """Those that the user may open; they have reached the sitting."""
    held = set()
    if is_examiner(user, sitting):
        held.add(EXAMINER)
    if may_decide(user, sitting):
        held.add(COUNCIL)
    return [
        {"label": label, "url": reverse(name, args=[sitting.pk]), "current": key == current}
        for key, label, name, roles in TABS
        if roles & held
    ]
