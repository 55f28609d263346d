"""The one definition of every indicator. Pages and exports show these; none counts for itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import F, FilteredRelation, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lantoa.kernel import clock
from lantoa.people.models import Unit
from lantoa.plans import sql
from lantoa.plans.models import Plan
from lantoa.plans.models.quotas import Measure
from lantoa.programmes.models import Programme
from lantoa.programmes.rules import DUE_SOON_DAYS

RECENT_DAYS = 7

PERSONS = pgettext_lazy("measure", "người")
TIMES = pgettext_lazy("measure", "lượt")
SHARE = pgettext_lazy("measure", "%")


@dataclass(frozen=True)
class Indicator:
    """`code` never changes: exports and later interfaces name it."""

    code: str
    label: Any
    meaning: Any
    measure: Any


INDICATORS = (
    Indicator(
        "quota",
        _("Chỉ tiêu"),
        _("Số người kế hoạch giao cho đơn vị, gồm mọi đơn vị bên dưới."),
        PERSONS,
    ),
    Indicator(
        "quota_times",
        _("Chỉ tiêu lượt"),
        _("Số lượt người kế hoạch giao cho đơn vị, gồm mọi đơn vị bên dưới."),
        TIMES,
    ),
    Indicator(
        "enrolled",
        _("Đã ghi danh"),
        _("Số người đang có tên trong ít nhất một đợt của chương trình theo kế hoạch."),
        PERSONS,
    ),
    Indicator(
        "enrolled_times",
        _("Lượt ghi danh"),
        _("Số lần ghi danh: một người ở hai đợt là hai lượt."),
        TIMES,
    ),
    Indicator(
        "activated",
        _("Đã kích hoạt"),
        _("Số người đã ghi danh và đã kích hoạt tài khoản."),
        PERSONS,
    ),
    Indicator(
        "begun",
        _("Đã bắt đầu"),
        _("Số người đã mở bài học đầu tiên hoặc đã làm bài kiểm tra."),
        PERSONS,
    ),
    Indicator(
        "completed",
        _("Hoàn thành"),
        _("Số người đã đạt mọi khóa học và bài kiểm tra của chương trình, ở bất kỳ đợt nào."),
        PERSONS,
    ),
    Indicator(
        "completed_times",
        _("Lượt hoàn thành"),
        _("Số lượt ghi danh đã hoàn thành."),
        TIMES,
    ),
    Indicator(
        "certified",
        _("Giấy chứng nhận"),
        _("Số người đã được cấp giấy chứng nhận còn hiệu lực."),
        PERSONS,
    ),
    Indicator(
        "late",
        _("Trễ hạn"),
        _("Số người chưa hoàn thành mà đợt muộn nhất của họ đã kết thúc."),
        PERSONS,
    ),
    Indicator(
        "due_soon",
        _("Sắp đến hạn"),
        _("Số người chưa hoàn thành mà đợt muộn nhất của họ kết thúc trong vòng 7 ngày."),
        PERSONS,
    ),
    Indicator(
        "recent",
        _("Hoàn thành trong tuần"),
        _("Số người hoàn thành trong 7 ngày gần nhất."),
        PERSONS,
    ),
    Indicator(
        "coverage",
        _("Tỷ lệ so với chỉ tiêu"),
        _("Hoàn thành chia cho chỉ tiêu. Không tính khi đơn vị chưa được giao chỉ tiêu."),
        SHARE,
    ),
    Indicator(
        "coverage_times",
        _("Tỷ lệ lượt so với chỉ tiêu"),
        _("Lượt hoàn thành chia cho chỉ tiêu lượt. Không tính khi chưa được giao chỉ tiêu lượt."),
        SHARE,
    ),
    Indicator(
        "completion",
        _("Tỷ lệ trên số ghi danh"),
        _("Hoàn thành chia cho đã ghi danh."),
        SHARE,
    ),
)
BY_CODE = {indicator.code: indicator for indicator in INDICATORS}


@dataclass(frozen=True)
class Figures:
    """One unit's figures; each field and property is the indicator of that code."""

    quota: int | None = None
    quota_times: int | None = None
    enrolled: int = 0
    enrolled_times: int = 0
    activated: int = 0
    begun: int = 0
    completed: int = 0
    completed_times: int = 0
    certified: int = 0
    late: int = 0
    due_soon: int = 0
    recent: int = 0

    @property
    def has_quota(self) -> bool:
        return bool(self.quota or self.quota_times)

    @property
    def coverage(self) -> float | None:
        """A share; more than 1 when more people completed than were asked."""
        return self.completed / self.quota if self.quota else None

    @property
    def coverage_times(self) -> float | None:
        return self.completed_times / self.quota_times if self.quota_times else None

    @property
    def completion(self) -> float | None:
        return self.completed / self.enrolled if self.enrolled else None

    @property
    def not_begun(self) -> int:
        return max(0, self.enrolled - self.begun - (self.enrolled - self.activated))


@dataclass(frozen=True)
class UnitRow:
    unit: Unit
    figures: Figures


@dataclass(frozen=True)
class Coverage:
    """A unit, its children in Vietnamese order, and the people who stand directly in the unit."""

    total: UnitRow
    children: list[UnitRow]
    own: Figures
    at: datetime


def _units_with_quota(plan: Plan, programme: Programme, unit: Unit) -> Iterable[Any]:
    return (
        Unit.objects.filter(Q(pk=unit.pk) | Q(parent=unit))
        .annotate(
            asked=FilteredRelation(
                "quotas",
                condition=Q(
                    quotas__plan=plan,
                    quotas__programme=programme,
                    quotas__measure=Measure.PERSONS,
                ),
            ),
            asked_times=FilteredRelation(
                "quotas",
                condition=Q(
                    quotas__plan=plan, quotas__programme=programme, quotas__measure=Measure.TIMES
                ),
            ),
        )
        .annotate(asked_count=F("asked__count"), asked_times_count=F("asked_times__count"))
        .order_by("sort_key")
    )


def _own(total: Figures, children: Sequence[UnitRow]) -> Figures:
    """What is left of the whole when everything below is taken away; shares no quota."""
    names = [n for n in Figures.__dataclass_fields__ if not n.startswith("quota")]
    left = {n: getattr(total, n) - sum(getattr(c.figures, n) for c in children) for n in names}
    return Figures(**left)


def coverage(plan: Plan, programme: Programme, unit: Unit) -> Coverage:
    """The figures of a unit and of each of its children, now, in three queries.

    The caller has checked that the unit is in the reader's reach. A unit that has ended stays while
    it has a quota or people.
    """
    now, today = clock.now(), clock.today()
    counted = sql.counts_of_children(
        plan=plan.pk,
        programme=programme.pk,
        unit=unit.pk,
        today=today,
        soon=today + timedelta(days=DUE_SOON_DAYS),
        since=now - timedelta(days=RECENT_DAYS),
    )
    inactive = sql.inactive_of_children(plan=plan.pk, programme=programme.pk, unit=unit.pk)
    total, children = UnitRow(unit, Figures()), []
    for found in _units_with_quota(plan, programme, unit):
        counts = counted.get(found.pk, sql.Counts())
        row = UnitRow(
            found,
            Figures(
                quota=found.asked_count,
                quota_times=found.asked_times_count,
                enrolled=counts.persons,
                enrolled_times=counts.times,
                activated=counts.persons - inactive.get(found.pk, 0),
                begun=counts.begun,
                completed=counts.completed,
                completed_times=counts.completed_times,
                certified=counts.certified,
                late=counts.late,
                due_soon=counts.due_soon,
                recent=counts.recent,
            ),
        )
        if found.pk == unit.pk:
            total = row
        elif found.ended_on is None or counts.persons or row.figures.has_quota:
            children.append(row)
    return Coverage(total, children, _own(total.figures, children), now)


def coverage_lately(plan: Plan, programme: Programme, unit: Unit) -> Coverage:
    """`coverage` as it was at most `LANTOA_FIGURES_SECONDS` ago: pages that many open at once count
    25.000 people once in a few seconds, and state the moment (`Coverage.at`)."""
    key = f"plans.coverage:{plan.pk}:{programme.pk}:{unit.pk}"
    found: Coverage | None = cache.get(key)
    if found is None:
        found = coverage(plan, programme, unit)
        cache.set(key, found, settings.LANTOA_FIGURES_SECONDS)
    return found
