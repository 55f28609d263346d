from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lantoa.accounts.asking import user_of
from lantoa.accounts.models import User
from lantoa.people.models import RoleGrant
from lantoa.people.permissions import roles_of
from lantoa.plans import indicators
from lantoa.plans.spreadsheets import coverage_sheet
from lantoa.reports import queries

Role = RoleGrant.Role
READERS = {Role.LEADER, Role.COORDINATOR, Role.ADMINISTRATOR}
FIRST = 8


def _reader(request: HttpRequest) -> User:
    user = user_of(request)
    if not roles_of(user) & READERS:
        raise Http404
    return user


@login_required
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    user = _reader(request)
    found = queries.subjects(user)
    if not found:
        return render(request, "reports/nothing.html")
    scope = queries.choose(user, found, request.GET.get("of", ""), request.GET.get("unit", ""))
    coverage = indicators.coverage_lately(scope.plan, scope.programme, scope.unit)
    rows = coverage.children
    by_quota, share = queries.shares(rows)
    behind = [r for r in rows if (s := share[r.unit.pk]) is not None and s < 1]
    behind.sort(key=lambda r: share[r.unit.pk] or 0)
    context = {
        "scope": scope,
        "subjects": found,
        "of": f"{scope.plan.pk}-{scope.programme.pk}",
        "coverage": coverage,
        "figures": coverage.total.figures,
        "rows": rows,
        "first": behind[:FIRST],
        "under_half": sum((share[r.unit.pk] or 0) < 0.5 for r in behind),
        "picture": queries.picture(rows) if rows else None,
        "legend": queries.CLASS_LABELS,
        "by_quota": by_quota,
        "measured": any(s is not None for s in share.values()),
    }
    return render(request, "reports/overview.html", context)


@login_required
@require_GET
def export(request: HttpRequest) -> FileResponse:
    user = _reader(request)
    found = queries.subjects(user)
    if not found:
        raise Http404
    scope = queries.choose(user, found, request.GET.get("of", ""), request.GET.get("unit", ""))
    return coverage_sheet(scope, indicators.coverage(scope.plan, scope.programme, scope.unit))


@login_required
@require_GET
def definitions(request: HttpRequest) -> HttpResponse:
    """How each figure is counted: read by everybody who is shown figures."""
    return render(request, "reports/definitions.html", {"indicators": indicators.INDICATORS})
