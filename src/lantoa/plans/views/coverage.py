"""How far a unit has come, down to its people."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from lantoa.accounts.asking import user_of
from lantoa.kernel import clock
from lantoa.people.queries.over_time import has_past
from lantoa.plans import indicators
from lantoa.plans.actions import note_export, remind_late
from lantoa.plans.indicators import UnitRow
from lantoa.plans.queries.people import STATES, as_learners, learners_of
from lantoa.plans.queries.plans import Scope, scope_for
from lantoa.plans.spreadsheets import coverage_sheet, learners_sheet
from lantoa.plans.views.then import Then
from lantoa.web import formats

SHEET_LIMIT = 30_000
SORTS: dict[str, Any] = {
    "attention": gettext_lazy("Cần chú ý trước"),
    "unit": gettext_lazy("Đơn vị"),
    "quota": gettext_lazy("Chỉ tiêu"),
    "nominated": gettext_lazy("Đã đề cử"),
    "enrolled": gettext_lazy("Đã ghi danh"),
    "completed": gettext_lazy("Hoàn thành"),
    "late": gettext_lazy("Trễ hạn"),
}


def sorted_rows(rows: list[UnitRow], by: str) -> list[UnitRow]:
    """Rows arrive in Vietnamese order and keep it among equals."""

    def share(row: UnitRow) -> float:
        figures = row.figures
        rate = figures.coverage if figures.quota else figures.completion
        # What has nothing to measure is not behind; it comes last.
        return 2.0 if rate is None else rate

    if by == "unit":
        return rows
    if by in ("quota", "nominated", "enrolled", "completed", "late"):
        return sorted(rows, key=lambda r: -(getattr(r.figures, by) or 0))
    return sorted(rows, key=share)


@login_required
@require_GET
def coverage_page(request: HttpRequest, plan: int, programme: int, unit: int) -> HttpResponse:
    user = user_of(request)
    scope = scope_for(user, plan, programme, unit)
    then = Then.asked(request, scope)
    coverage = indicators.coverage_lately(scope.plan, scope.programme, scope.unit, on=then.on)
    asked = request.GET.get("sort", "")
    sort = asked if asked in SORTS else "attention"
    context = {
        "scope": scope,
        "coverage": coverage,
        "rows": sorted_rows(coverage.children, sort),
        "sorts": [
            {"label": label, "url": f"?sort={key}{then.query}", "current": key == sort}
            for key, label in SORTS.items()
        ],
        "figures": coverage.total.figures,
        "then": then,
        "has_past": then.on is not None or has_past(scope.unit),
        "difference": then.difference(scope, coverage),
        "reached": then.reached(user, [row.unit.pk for row in coverage.children]),
    }
    return render(request, "plans/coverage.html", context)


@login_required
@require_GET
def coverage_export(request: HttpRequest, plan: int, programme: int, unit: int) -> FileResponse:
    scope = scope_for(user_of(request), plan, programme, unit)
    on = Then.asked(request, scope).on
    return coverage_sheet(
        scope, indicators.coverage(scope.plan, scope.programme, scope.unit, on=on)
    )


@login_required
@require_GET
def people(request: HttpRequest, plan: int, programme: int, unit: int) -> HttpResponse:
    user = user_of(request)
    scope = scope_for(user, plan, programme, unit)
    state, search = request.GET.get("state", ""), request.GET.get("q", "")
    then = Then.asked(request, scope)
    found = then.people(user, scope, state, search)
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    context = {
        "scope": scope,
        "page": page,
        "learners": as_learners(scope.programme, list(page.object_list)),
        "state": state,
        "q": search,
        "states": STATES.items(),
        "now": clock.now(),
        "then": then,
    }
    return render(request, "plans/people.html", context)


@login_required
@require_GET
def people_export(
    request: HttpRequest, plan: int, programme: int, unit: int
) -> HttpResponse | FileResponse:
    user = user_of(request)
    scope = scope_for(user, plan, programme, unit)
    state, search = request.GET.get("state", ""), request.GET.get("q", "")
    found = Then.asked(request, scope).people(user, scope, state, search)
    enrolments = list(found[: SHEET_LIMIT + 1])
    if len(enrolments) > SHEET_LIMIT:
        messages.error(
            request,
            _("Danh sách quá %(limit)s người. Hãy chọn đơn vị nhỏ hơn hoặc lọc trước khi xuất.")
            % {"limit": formats.number(SHEET_LIMIT)},
        )
        return _to_people(scope)
    learners = as_learners(scope.programme, enrolments)
    note_export(actor=user, plan=scope.plan, unit=scope.unit, persons=len(learners))
    return learners_sheet(scope, learners, formats.moment(clock.now()))


@login_required
@require_POST
def remind(request: HttpRequest, plan: int, programme: int, unit: int) -> HttpResponse:
    """Coordinators remind; a leader reads only."""
    user = user_of(request)
    scope = scope_for(user, plan, programme, unit)
    if not scope.can_manage:
        return render(request, "404.html", status=404)
    late = learners_of(scope.plan, scope.programme, scope.unit, state="late")
    users = [e.person.user for e in late if e.person.user and e.person.user.is_active]
    remind_late(
        plan=scope.plan, programme=scope.programme, unit=scope.unit, users=users, actor=user
    )
    messages.success(
        request,
        ngettext(
            "Đã nhắc %(count)s người trễ hạn. Mỗi người chỉ được nhắc một lần trong ngày.",
            "Đã nhắc %(count)s người trễ hạn. Mỗi người chỉ được nhắc một lần trong ngày.",
            len(users),
        )
        % {"count": formats.number(len(users))},
    )
    return _to_people(scope, "?state=late")


def _to_people(scope: Scope, query: str = "") -> HttpResponse:
    answer = redirect("plans:people", scope.plan.pk, scope.programme.pk, scope.unit.pk)
    answer["Location"] += query
    return answer
