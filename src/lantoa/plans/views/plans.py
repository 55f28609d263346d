from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lantoa.accounts.asking import user_of
from lantoa.kernel import clock
from lantoa.people.permissions import roles_of
from lantoa.plans import indicators
from lantoa.plans.actions import change_plan, create_plan
from lantoa.plans.forms import PlanForm
from lantoa.plans.models import Plan
from lantoa.plans.permissions import Role, managed_units
from lantoa.plans.queries.history import history
from lantoa.plans.queries.plans import (
    cohorts_of,
    plan_for,
    plan_managed,
    plans_visible,
    top_unit,
)
from lantoa.programmes.models import Programme

READERS = {Role.COORDINATOR, Role.LEADER, Role.ADMINISTRATOR}


@dataclass(frozen=True)
class ProgrammeRow:
    programme: Programme
    coverage: indicators.Coverage


@login_required
@require_GET
def plans(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    if not roles_of(user) & READERS:
        raise Http404
    found, today = list(plans_visible(user)), clock.today()
    context = {
        "running": [p for p in found if p.starts_on <= today <= p.ends_on],
        "coming": [p for p in found if p.starts_on > today],
        "ended": [p for p in found if p.ends_on < today],
        "found": found,
        "can_make": managed_units(user).exists(),
    }
    return render(request, "plans/plans.html", context)


@login_required
@require_GET
def plan_page(request: HttpRequest, plan: int) -> HttpResponse:
    user = user_of(request)
    found = plan_for(user, plan)
    unit = top_unit(user, found)
    programmes = found.programmes.order_by("title")
    context = {
        "plan": found,
        "unit": unit,
        "rows": [ProgrammeRow(p, indicators.coverage(found, p, unit)) for p in programmes],
        "cohorts": cohorts_of(found),
        "can_enrol": managed_units(user).filter(unit_id=unit.pk).exists(),
        "history": history(found),
        "now": clock.now(),
        "today": clock.today(),
    }
    return render(request, "plans/plan.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new_plan(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    if not managed_units(user).exists():
        raise Http404
    form = PlanForm(request.POST or None, user=user)
    if form.is_valid():
        try:
            plan = create_plan(actor=user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request, _("Đã lập kế hoạch. Bước tiếp theo: giao chỉ tiêu và mở đợt.")
            )
            return redirect("plans:plan", plan.pk)
    return render(request, "plans/plan_form.html", {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def edit_plan(request: HttpRequest, plan: int) -> HttpResponse:
    user = user_of(request)
    found = plan_managed(user, plan)
    form = PlanForm(request.POST or None, user=user, plan=found, initial=_initial(found))
    if form.is_valid():
        try:
            change_plan(actor=user, plan=found, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Đã lưu kế hoạch."))
            return redirect("plans:plan", found.pk)
    return render(request, "plans/plan_form.html", {"form": form, "plan": found})


def _initial(plan: Plan) -> dict[str, object]:
    names = ("title", "decision_number", "decision_date", "legal_basis", "starts_on", "ends_on")
    return {**{n: getattr(plan, n) for n in names}, "programmes": plan.programmes.all()}
