"""The tabs of a sitting's pages."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lantoa.accounts.models import User
from lantoa.exams.models import Sitting
from lantoa.exams.permissions import is_examiner

Tab = dict[str, Any]


def sitting_tabs(sitting: Sitting, current: str, user: User | AnonymousUser) -> list[Tab]:
    """Those that the user may open; `current` is a page's name."""
    tabs: list[tuple[str, str]] = []
    if is_examiner(user, sitting):
        tabs += [("sitting", pgettext("tab", "Kết quả"))]
    # Examiners and the council, who alone ask for tabs, both open these.
    tabs += [
        ("marking_progress", _("Chấm bài")),
        ("late", _("Câu trả lời muộn")),
        ("items", _("Phân tích câu hỏi")),
        ("key_proposals", _("Sửa đáp án")),
        ("council", _("Duyệt kết quả")),
        ("appeals", _("Phúc khảo")),
    ]
    return [
        {
            "label": label,
            "url": reverse(f"exams:{name}", args=[sitting.pk]),
            "current": name == current,
        }
        for name, label in tabs
    ]
