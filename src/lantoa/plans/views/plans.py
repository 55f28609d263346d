from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lantoa.accounts.asking import user_of
from lantoa.files.links import signed_url
from lantoa.kernel import clock
from lantoa.people.permissions import roles_of
from lantoa.plans import indicators
from lantoa.plans.models import Plan
from lantoa.plans.permissions import Role, managed_units
from lantoa.plans.queries.history import history
from lantoa.plans.queries.plans import (
    cohorts_of,
    plan_for,
    plans_visible,
    top_unit,
)
from lantoa.plans.queries.versions import steps_of
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
    standing = [p for p in found if p.state == Plan.State.ISSUED]
    context = {
        "drafts": [p for p in found if p.state == Plan.State.DRAFT],
        "running": [p for p in standing if p.starts_on <= today <= p.ends_on],
        "coming": [p for p in standing if p.starts_on > today],
        "ended": [
            p
            for p in found
            if p.state == Plan.State.CLOSED or (p in standing and p.ends_on < today)
        ],
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
        "steps": steps_of(found),
        "budgets": list(found.budgets.order_by("source")),
        "document_url": signed_url(found.document, download=True) if found.document else "",
        "now": clock.now(),
        "today": clock.today(),
    }
    return render(request, "plans/plan.html", context)
