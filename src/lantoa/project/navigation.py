"""The header's menu: each entry names the roles that see it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lantoa.installation.queries import this_installation
from lantoa.people.models import RoleGrant
from lantoa.people.permissions import keeps_system, roles_of
from lantoa.project.health import LOW_DISK_BYTES, free_disk_bytes

Role = RoleGrant.Role


@dataclass(frozen=True)
class Entry:
    label: Any
    url_name: str
    roles: frozenset[str] | None  # None: everybody signed in
    also: tuple[str, ...] = ()  # other addresses that belong under it
    of_all: bool = False  # only for who administers everything


ENTRIES = (
    Entry(
        _("Học tập"),
        "home",
        None,
        ("/courses/", "/exams/", "/classes/mine/", "/obligations/mine/", "/surveys/"),
    ),
    Entry(
        pgettext_lazy("menu", "Đơn vị"),
        "people:units",
        frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}),
        ("/people/roles/",),
    ),
    Entry(
        pgettext_lazy("menu", "Người"),
        "people:persons",
        frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}),
        ("/people/rosters/",),
    ),
    Entry(
        _("Kế hoạch"),
        "plans:plans",
        frozenset({Role.COORDINATOR, Role.LEADER}),
        ("/programmes/",),
    ),
    Entry(
        _("Nghĩa vụ"),
        "obligations:rules",
        frozenset({Role.COORDINATOR, Role.LEADER}),
    ),
    Entry(
        _("Lớp học"),
        "classes:classes",
        frozenset({Role.COORDINATOR, Role.LEADER}),
        ("/providers/",),
    ),
    Entry(_("Khóa học"), "courses:courses", frozenset({Role.AUTHOR})),
    Entry(_("Câu hỏi"), "items:items", frozenset({Role.AUTHOR, Role.EXAMINER})),
    Entry(
        _("Sát hạch"),
        "exams:sittings",
        frozenset({Role.EXAMINER}),
        ("/exams/exams/", "/exams/rooms/", "/exams/candidates/", "/exams/duties/"),
    ),
    Entry(_("Chứng nhận"), "certificates:mine", None),
    Entry(_("Sổ cấp"), "certificates:certificates", frozenset({Role.COORDINATOR})),
    Entry(_("Báo cáo"), "reports:overview", frozenset({Role.LEADER, Role.COORDINATOR})),
    Entry(_("Hệ thống"), "installation:settings", frozenset({Role.ADMINISTRATOR}), of_all=True),
)


def _link(entry: Entry) -> dict[str, Any] | None:
    try:
        url = reverse(entry.url_name)
    except NoReverseMatch:
        return None
    return {"label": entry.label, "url": url, "also": entry.also, "current": False}


def _mark_current(links: list[dict[str, Any]], path: str) -> None:
    """The entry whose own address is the longest beginning of where we are; where there is none,
    the one that has the longest among its others."""

    def fit(link: dict[str, Any]) -> tuple[int, int]:
        own = path == link["url"] or (link["url"] != "/" and path.startswith(link["url"]))
        others = [len(beginning) for beginning in link["also"] if path.startswith(beginning)]
        return (len(link["url"]) if own else 0, max(others, default=0))

    if links and max(map(fit, links)) > (0, 0):
        max(links, key=fit)["current"] = True


def menu(request: HttpRequest) -> list[dict[str, Any]]:
    if not request.user.is_authenticated:
        return []
    held = roles_of(request.user)
    seen = [e for e in ENTRIES if e.roles is None or e.roles & held]
    seen = [e for e in seen if not e.of_all or keeps_system(request.user)]
    links = [link for e in seen if (link := _link(e)) is not None]
    if held:  # the first page of who has a role begins with their unit's figures or their work
        links[0]["label"] = _("Trang đầu")
    _mark_current(links, request.path)
    return links


def context(request: HttpRequest) -> dict[str, Any]:
    if not hasattr(request, "user"):
        return {}
    return {
        "navigation": menu(request),
        "installation": this_installation(),
        "disk_is_low": _warns_of_disk(request) and free_disk_bytes() < LOW_DISK_BYTES,
    }


def _warns_of_disk(request: HttpRequest) -> bool:
    return request.user.is_authenticated and keeps_system(request.user)
