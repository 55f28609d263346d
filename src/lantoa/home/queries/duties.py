"""What waits for somebody with a role: short links, and the figure of their own unit for those who
have nothing to learn."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lantoa.accounts.models import User
from lantoa.jobs.models import Job
from lantoa.notices.models import Message
from lantoa.people.models import Person, RoleGrant, RosterImport, Unit
from lantoa.people.permissions import keeps_system, roles_of, unit_ids_within
from lantoa.plans.indicators import Coverage, UnitRow, coverage_lately
from lantoa.plans.models import Plan, PlannedCohort
from lantoa.plans.queries.plans import plans_visible, top_unit
from lantoa.programmes.models import Programme

Role = RoleGrant.Role
BEHIND_SHOWN = 5


@dataclass(frozen=True)
class Door:
    """A page that somebody's role opens, and what one does there."""

    label: Any
    text: Any
    url: str


_DOORS: tuple[tuple[frozenset[str], Any, Any, str], ...] = (
    (
        frozenset({Role.LEADER, Role.COORDINATOR}),
        _("Báo cáo"),
        _("Đào tạo đã đến đâu ở từng đơn vị, so với kế hoạch."),
        "reports:overview",
    ),
    (
        frozenset({Role.COORDINATOR}),
        _("Kế hoạch và đợt học"),
        _("Giao chỉ tiêu, mở đợt, ghi danh, theo dõi người trễ hạn."),
        "plans:plans",
    ),
    (
        frozenset({Role.COORDINATOR}),
        pgettext_lazy("menu", "Người"),
        _("Nhập danh sách của đơn vị, cấp mã kích hoạt."),
        "people:persons",
    ),
    (
        frozenset({Role.AUTHOR}),
        _("Khóa học"),
        _("Soạn chuyên đề, bài học; xuất bản bản mới."),
        "courses:courses",
    ),
    (
        frozenset({Role.AUTHOR, Role.EXAMINER}),
        _("Ngân hàng câu hỏi"),
        _("Soạn và duyệt câu hỏi, lập ma trận đề."),
        "items:items",
    ),
    (
        frozenset({Role.EXAMINER}),
        _("Sát hạch"),
        _("Các kỳ kiểm tra đang mở và kết quả."),
        "exams:sittings",
    ),
    (
        frozenset({Role.ADMINISTRATOR}),
        _("Cài đặt hệ thống"),
        _("Cơ quan, thư điện tử, tin nhắn, dòng báo."),
        "installation:settings",
    ),
    (
        frozenset({Role.ADMINISTRATOR}),
        pgettext_lazy("menu", "Vai trò"),
        _("Giao và thu hồi quyền ở các đơn vị."),
        "people:roles",
    ),
)


def doors_of(user: User) -> list[Door]:
    """In the order of what most people come for. No query beyond what the menu asks."""
    held = roles_of(user)
    closed = set() if keeps_system(user) else {"installation:settings"}
    return [
        Door(label, text, reverse(url))
        for roles, label, text, url in _DOORS
        if roles & held and url not in closed
    ]


@dataclass(frozen=True)
class Overview:
    """The figure of the reader's highest unit in the newest cohort's programme."""

    plan: Plan
    programme: Programme
    unit: Unit
    figures: Coverage

    @property
    def url(self) -> str:
        return reverse("plans:coverage", args=[self.plan.pk, self.programme.pk, self.unit.pk])

    @property
    def behind(self) -> list[tuple[UnitRow, str]]:
        """The units directly below that are furthest from their quota, with their pages."""
        rows = [row for row in self.figures.children if (row.figures.coverage or 0) < 1]
        asked = [row for row in rows if row.figures.quota]
        asked.sort(key=lambda row: row.figures.coverage or 0)
        plan, programme = self.plan.pk, self.programme.pk
        return [
            (row, reverse("plans:coverage", args=[plan, programme, row.unit.pk]))
            for row in asked[:BEHIND_SHOWN]
        ]

    @property
    def inactive(self) -> int:
        return self.figures.total.figures.enrolled - self.figures.total.figures.activated

    @property
    def late_url(self) -> str:
        return self._people("late")

    @property
    def due_soon_url(self) -> str:
        return self._people("due_soon")

    @property
    def inactive_url(self) -> str:
        return self._people("inactive")

    def _people(self, state: str) -> str:
        page = reverse("plans:people", args=[self.plan.pk, self.programme.pk, self.unit.pk])
        return f"{page}?state={state}"


def overview_of(user: User) -> Overview | None:
    """For coordinators and leaders, in five queries; None while nothing is planned."""
    if not roles_of(user) & {Role.COORDINATOR, Role.LEADER}:
        return None
    newest = (
        PlannedCohort.objects.filter(plan__in=plans_visible(user).values("pk"))
        .select_related("plan", "cohort__programme")
        .order_by("-cohort__opens_on", "-pk")
        .first()
    )
    if newest is None:
        return None
    plan, programme = newest.plan, newest.cohort.programme
    unit = top_unit(user, plan)
    return Overview(plan, programme, unit, coverage_lately(plan, programme, unit))


def imports_waiting(user: User) -> int:
    """Rosters read and not yet applied, in the coordinator's units."""
    if Role.COORDINATOR not in roles_of(user):
        return 0
    return RosterImport.objects.filter(
        unit_id__in=unit_ids_within(user, Role.COORDINATOR), state=RosterImport.State.READY
    ).count()


@dataclass(frozen=True)
class SystemState:
    people: int
    waiting: int
    failed_messages: int
    failed_jobs: int

    @property
    def is_well(self) -> bool:
        return not (self.failed_messages or self.failed_jobs)


def system_state(user: User) -> SystemState | None:
    """For administrators of everything: what has gone wrong, and how many people there are."""
    if not keeps_system(user):
        return None
    return SystemState(
        people=Person.objects.filter(left_on__isnull=True).count(),
        waiting=User.objects.filter(activated_at__isnull=True, closed_at__isnull=True).count(),
        failed_messages=Message.objects.filter(state=Message.State.FAILED).count(),
        failed_jobs=Job.objects.filter(state=Job.State.FAILED).count(),
    )
