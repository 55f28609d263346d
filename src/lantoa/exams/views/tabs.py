"""The tabs of a sitting's pages, and of the lists above it."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lantoa.accounts.models import User
from lantoa.exams.models import Sitting
from lantoa.exams.queries.exams import EXAMINER
from lantoa.people.permissions import unit_ids_within

Tab = dict[str, Any]


def sitting_tabs(sitting: Sitting, current: str, user: User | AnonymousUser) -> list[Tab]:
    """Those that the user may open; `current` is a page's name."""
    tabs: list[tuple[str, str]] = []
    if unit_ids_within(user, EXAMINER).filter(unit_id=sitting.exam.unit_id).exists():
        tabs += [
            ("checklist", _("Chuẩn bị")),
            ("candidates", _("Thí sinh")),
            ("rooms", pgettext("tab", "Phòng thi")),
            ("duties", _("Phân công")),
            ("sitting", pgettext("tab", "Kết quả")),
        ]
    return [
        {
            "label": label,
            "url": reverse(f"exams:{name}", args=[sitting.pk]),
            "current": name == current,
        }
        for name, label in tabs
    ]


def section_tabs(current: str) -> list[Tab]:
    return [
        {"label": label, "url": reverse(f"exams:{name}"), "current": name == current}
        for name, label in (("sittings", _("Ca thi")), ("exams", _("Kỳ thi")))
    ]
