from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lantoa.accounts.asking import user_of
from lantoa.frameworks.models import Framework
from lantoa.frameworks.queries import frameworks
from lantoa.items import actions
from lantoa.items.forms import BlueprintForm
from lantoa.items.models import Blueprint, Item
from lantoa.items.permissions import APPROVERS, home_units, may_examine
from lantoa.items.queries import blueprint_for, blueprints_within, matrix_of, shortages_of
from lantoa.items.queries.blueprints import framework_of
from lantoa.items.queries.history import blueprint_history
from lantoa.items.views import for_readers, tabs

LEVELS = [level.label for level in Item.Level]


@for_readers
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    rows = [
        (blueprint, shortages_of(blueprint))
        for blueprint in blueprints_within(request.user).order_by("-id")[:100]
    ]
    rows.sort(key=lambda row: not row[1])
    context = {
        "rows": rows,
        "short": sum(1 for _blueprint, shortages in rows if shortages),
        "may_create": home_units(request.user, *APPROVERS).exists(),
        "tabs": tabs("blueprints"),
    }
    return render(request, "items/blueprints.html", context)


def _blueprint(request: HttpRequest, pk: int) -> Blueprint:
    try:
        return blueprint_for(request.user, pk)
    except Blueprint.DoesNotExist:
        raise Http404 from None


def _counts(blueprint: Blueprint) -> dict[tuple[int, str], int]:
    return {(cell.topic_id, cell.level): cell.count for cell in blueprint.cells.all()}


@for_readers
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    blueprint = _blueprint(request, pk)
    framework = framework_of(blueprint) or frameworks().first()
    counts = _counts(blueprint)
    context = {
        "blueprint": blueprint,
        "framework": framework,
        "matrix": matrix_of(framework, blueprint.unit_id, counts) if framework else [],
        "levels": LEVELS,
        "shortages": shortages_of(blueprint),
        "may_change": may_examine(request.user, blueprint.unit_id),
        "history": blueprint_history(blueprint),
    }
    return render(request, "items/blueprint.html", context)


@for_readers
def create(request: HttpRequest) -> HttpResponse:
    units = list(home_units(request.user, *APPROVERS))
    if not units:
        raise Http404
    chosen = {str(unit.pk): unit for unit in units}
    asked = request.POST.get("unit") or request.GET.get("unit") or ""
    unit = chosen.get(asked, units[0])
    every = list(frameworks())
    code = request.POST.get("framework") or request.GET.get("framework")
    framework = next((one for one in every if one.code == code), every[0] if every else None)
    if framework is None:
        return render(request, "items/no_framework.html")
    form = BlueprintForm(
        request.POST if request.method == "POST" else None,
        framework=framework,
        initial={"minutes": 60, "pass_mark": 70, "attempts_allowed": 3},
    )
    if form.is_valid():
        made = actions.create_blueprint(
            actor=user_of(request), unit=unit, fields=form.blueprint_fields(), cells=form.counts
        )
        messages.success(request, _("Đã tạo ma trận đề."))
        return redirect("items:blueprint", made.pk)
    context = {
        "form": form,
        "framework": framework,
        "frameworks": every,
        "unit": unit,
        "units": units,
        **_matrix(form, framework, unit.pk, {}),
    }
    return render(request, "items/blueprint_edit.html", context)


@for_readers
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    blueprint = _blueprint(request, pk)
    framework = framework_of(blueprint) or frameworks().first()
    if framework is None or not may_examine(request.user, blueprint.unit_id):
        raise Http404
    form = BlueprintForm(
        request.POST if request.method == "POST" else None,
        instance=Blueprint.objects.get(pk=pk),
        framework=framework,
    )
    if form.is_valid():
        actions.change_blueprint(
            actor=user_of(request),
            blueprint=blueprint,
            fields=form.blueprint_fields(),
            cells=form.counts,
        )
        messages.success(request, _("Đã lưu; bài bắt đầu từ bây giờ dùng ma trận mới."))
        return redirect("items:blueprint", pk)
    context = {
        "form": form,
        "blueprint": blueprint,
        "framework": framework,
        **_matrix(form, framework, blueprint.unit_id, _counts(blueprint)),
    }
    return render(request, "items/blueprint_edit.html", context)


def _matrix(
    form: BlueprintForm, framework: Framework, unit_id: int, counts: dict[tuple[int, str], int]
) -> dict[str, object]:
    """The matrix as typed, if something was typed; a number that isn't one shows as 0 again and the
    message above names it."""
    shown = form.counts if form.is_bound else counts
    return {"matrix": matrix_of(framework, unit_id, shown), "levels": LEVELS}
