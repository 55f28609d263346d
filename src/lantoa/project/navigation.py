"""The header's menu: each entry names the roles that see it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from lantoa.installation.queries import this_installation
from lantoa.people.models import RoleGrant
from lantoa.people.permissions import roles_of

Role = RoleGrant.Role


@dataclass(frozen=True)
class Entry:
    label: Any
    url_name: str
    roles: frozenset[str] | None  # None: everybody signed in


ENTRIES = (
    Entry(_("Học tập"), "home", None),
    Entry(_("Đơn vị"), "people:units", frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})),
    Entry(_("Danh sách"), "people:persons", frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})),
    Entry(_("Kế hoạch"), "plans:plans", frozenset({Role.COORDINATOR, Role.LEADER})),
    Entry(_("Khóa học"), "courses:courses", frozenset({Role.AUTHOR})),
    Entry(_("Câu hỏi"), "items:items", frozenset({Role.AUTHOR, Role.EXAMINER})),
    Entry(_("Sát hạch"), "exams:sittings", frozenset({Role.EXAMINER})),
    Entry(_("Chứng nhận"), "certificates:certificates", frozenset({Role.COORDINATOR})),
    Entry(_("Báo cáo"), "reports:overview", frozenset({Role.LEADER, Role.COORDINATOR})),
    Entry(_("Hệ thống"), "installation:settings", frozenset({Role.ADMINISTRATOR})),
)


def _link(entry: Entry, path: str) -> dict[str, Any] | None:
    try:
        url = reverse(entry.url_name)
    except NoReverseMatch:
        return None
    current = path == url or (url != "/" and path.startswith(url))
    return {"label": entry.label, "url": url, "current": current}


def menu(request: HttpRequest) -> list[dict[str, Any]]:
    if not request.user.is_authenticated:
        return []
    held = roles_of(request.user)
    seen = [e for e in ENTRIES if e.roles is None or e.roles & held]
    return [link for e in seen if (link := _link(e, request.path)) is not None]


def context(request: HttpRequest) -> dict[str, Any]:
    if not hasattr(request, "user"):
        return {}
    return {"navigation": menu(request), "installation": this_installation()}
