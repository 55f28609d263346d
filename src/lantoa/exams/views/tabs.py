"""The tabs of a sitting's pages, and of the lists above it: whoever adds a page adds its line."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from lantoa.accounts.models import User
from lantoa.exams.models import Sitting
from lantoa.exams.permissions import is_examiner, may_decide

Tab = dict[str, Any]
EXAMINER, COUNCIL = "examiner", "council"
EXAMINERS = frozenset({EXAMINER})
BOTH = frozenset({EXAMINER, COUNCIL})

TABS: tuple[tuple[str, Any, str, frozenset[str]], ...] = (
    ("checklist", gettext_lazy("Chuẩn bị"), "exams:checklist", EXAMINERS),
    ("candidates", gettext_lazy("Thí sinh"), "exams:candidates", EXAMINERS),
    ("rooms", pgettext_lazy("tab", "Phòng thi"), "exams:rooms", EXAMINERS),
    ("duties", gettext_lazy("Phân công"), "exams:duties", EXAMINERS),
    ("watch", gettext_lazy("Coi thi"), "exams:watch", EXAMINERS),
    ("sitting", pgettext_lazy("tab", "Kết quả"), "exams:sitting", EXAMINERS),
    ("marking", gettext_lazy("Chấm bài"), "exams:marking_progress", BOTH),
    ("late", gettext_lazy("Câu trả lời muộn"), "exams:late", BOTH),
    ("items", gettext_lazy("Phân tích câu hỏi"), "exams:items", BOTH),
    ("keys", gettext_lazy("Sửa đáp án"), "exams:key_proposals", BOTH),
    ("council", gettext_lazy("Duyệt kết quả"), "exams:council", BOTH),
    ("appeals", gettext_lazy("Phúc khảo"), "exams:appeals", BOTH),
)


def sitting_tabs(sitting: Sitting, current: str, user: User | AnonymousUser) -> list[Tab]:
    """Those that the user may open, who has reached the sitting; `current` is a page's name."""
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


def section_tabs(current: str) -> list[Tab]:
    return [
        {"label": label, "url": reverse(f"exams:{name}"), "current": name == current}
        for name, label in (("sittings", _("Ca thi")), ("exams", _("Kỳ thi")))
    ]
