"""The one definition of every indicator. Pages and exports show these; none counts for itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import Exists, F, FilteredRelation, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lantoa.kernel import clock
from lantoa.people.models import Unit
from lantoa.people.queries.over_time import below_then, names_then
from lantoa.plans import sql
from lantoa.plans.models import Plan
from lantoa.plans.models.quotas import Measure
from lantoa.plans.queries.inherited import inherited, quotas_of_merged
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
        "nominated",
        _("Đã đề cử"),
        _(
            "Số người đơn vị đã đề cử trong danh sách đã gửi hoặc đã duyệt, trừ người không được cử"
            " và người đã rút; tính cho đơn vị lập danh sách."
        ),
        PERSONS,
    ),
    Indicator(
        "nominated_times",
        _("Lượt đề cử"),
        _("Số lần đề cử: một người được đề cử vào hai đợt là hai lượt."),
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
    nominated: int = 0
    nominated_times: int = 0
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
    def has_anything(self) -> bool:
        return self.has_quota or bool(self.enrolled or self.nominated)

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
    """`name`: what the unit is, or was then, called."""

    unit: Unit
    figures: Figures
    name: str


@dataclass(frozen=True)
class Coverage:
    """A unit, its children in Vietnamese order, and the people who stand directly in the unit."""

    total: UnitRow
    children: list[UnitRow]
    own: Figures
    at: datetime
    on: date | None = None
    """The day whose tree it is; none: today's."""


def _units_with_quota(plan: Plan, programme: Programme, units: Q) -> QuerySet[Any]:
    return (
        Unit.objects.filter(units)
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


def _rows(
    plan: Plan, programme: Programme, unit: Unit, on: date | None
) -> list[tuple[Any, str, int | None, int | None]]:
    """Each unit with its name and quotas: as now, with what merged into it; as then, its own."""
    if on is None:
        here = Q(pk=unit.pk) | Q(parent=unit)
        found = list(
            _units_with_quota(plan, programme, here).annotate(
                inherits=Exists(quotas_of_merged(plan, programme, unit))
            )
        )
        more = inherited(plan, programme, unit) if any(u.inherits for u in found) else {}
        persons, times = more.get(Measure.PERSONS, {}), more.get(Measure.TIMES, {})
        return [
            (u, u.name, _sum(u.asked_count, persons.get(u.pk)),
             _sum(u.asked_times_count, times.get(u.pk)))
            for u in found
        ]  # fmt: skip
    ids = below_then(unit, on, depth=1) | {unit.pk}
    found = list(_units_with_quota(plan, programme, Q(pk__in=ids)))
    names = names_then(found, on)
    return [(u, names.get(u.pk, u.name), u.asked_count, u.asked_times_count) for u in found]


def _sum(own: int | None, more: int | None) -> int | None:
    return own if more is None else (own or 0) + more


def coverage(plan: Plan, programme: Programme, unit: Unit, *, on: date | None = None) -> Coverage:
    """The figures of a unit and of each of its children, now, in three queries (four where units
    with quotas have merged); `on`: by the tree of that day and the names of then.

    The caller has checked that the unit is in the reader's reach. A unit that has ended stays while
    it has a quota, names or people.
    """
    now, today = clock.now(), clock.today()
    counted = sql.counts_of_children(
        plan=plan.pk,
        programme=programme.pk,
        unit=unit.pk,
        today=today,
        soon=today + timedelta(days=DUE_SOON_DAYS),
        since=now - timedelta(days=RECENT_DAYS),
        on=on,
    )
    beside = sql.beside_of_children(plan=plan.pk, programme=programme.pk, unit=unit.pk, on=on)
    total, children = UnitRow(unit, Figures(), unit.name), []
    for found, name, persons, times in _rows(plan, programme, unit, on):
        counts = counted.get(found.pk, sql.Counts())
        figures = _figures(counts, beside.get(found.pk, sql.Beside()), persons, times)
        row = UnitRow(found, figures, name)
        if found.pk == unit.pk:
            total = row
        elif on is not None or found.ended_on is None or figures.has_anything:
            children.append(row)
    return Coverage(total, children, _own(total.figures, children), now, on)


def _figures(
    counts: sql.Counts, beside: sql.Beside, persons: int | None, times: int | None
) -> Figures:
    return Figures(
        quota=persons,
        quota_times=times,
        nominated=beside.nominated,
        nominated_times=beside.nominated_times,
        enrolled=counts.persons,
        enrolled_times=counts.times,
        activated=counts.persons - beside.inactive,
        begun=counts.begun,
        completed=counts.completed,
        completed_times=counts.completed_times,
        certified=counts.certified,
        late=counts.late,
        due_soon=counts.due_soon,
        recent=counts.recent,
    )


def coverage_lately(
    plan: Plan, programme: Programme, unit: Unit, *, on: date | None = None
) -> Coverage:
    """`coverage` as it was at most `LANTOA_FIGURES_SECONDS` ago: pages that many open at once count
    25.000 people once in a few seconds, and state the moment (`Coverage.at`)."""
    key = f"plans.coverage:{plan.pk}:{programme.pk}:{unit.pk}:{on or ''}"
    found: Coverage | None = cache.get(key)
    if found is None:
        found = coverage(plan, programme, unit, on=on)
        cache.set(key, found, settings.LANTOA_FIGURES_SECONDS)
    return found
