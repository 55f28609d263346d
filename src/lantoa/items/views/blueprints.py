from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lantoa.accounts.asking import user_of
from lantoa.frameworks.models import Framework
from lantoa.frameworks.queries import frameworks
from lantoa.items import actions
from lantoa.items.blueprint_forms import BlueprintForm
from lantoa.items.form_forms import AssembleForm
from lantoa.items.models import Blueprint, BlueprintCell, Item
from lantoa.items.permissions import APPROVERS, home_units, may_examine
from lantoa.items.presets import all_presets, preset
from lantoa.items.queries import blueprint_for, blueprints_within, matrix_of, shortages_of
from lantoa.items.queries.bank import cells_of
from lantoa.items.queries.blueprints import framework_of, kind_rows, total_points
from lantoa.items.queries.form_history import blueprint_history
from lantoa.items.queries.forms import forms_of
from lantoa.items.views import for_readers, tabs

LEVELS = [level.label for level in Item.Level]
SHOWN_FORMS = 60


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


def blueprint_or_404(request: HttpRequest, pk: int) -> Blueprint:
    try:
        return blueprint_for(request.user, pk)
    except Blueprint.DoesNotExist:
        raise Http404 from None


@for_readers
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    blueprint = blueprint_or_404(request, pk)
    framework, cells = framework_of(blueprint) or frameworks().first(), cells_of(blueprint)
    forms, may_change = forms_of(blueprint), may_examine(request.user, blueprint.unit_id)
    context = {
        "blueprint": blueprint,
        "framework": framework,
        "matrix": _kept_matrix(framework, blueprint, cells) if framework else [],
        "kind_rows": kind_rows(cells, blueprint.unit_id),
        "levels": LEVELS,
        "total_points": total_points(cells),
        "has_points": any(cell.points != 1 for cell in cells),
        "bands": BlueprintForm(instance=blueprint, framework=framework).band_rows()
        if framework and blueprint.bands
        else [],
        "preset": preset(blueprint.preset),
        "shortages": shortages_of(blueprint),
        "may_change": may_change,
        "forms": forms[:SHOWN_FORMS],
        "assemble": AssembleForm() if may_change else None,
        "history": blueprint_history(blueprint),
    }
    return render(request, "items/blueprint.html", context)


def _kept_matrix(
    framework: Framework, blueprint: Blueprint, cells: list[BlueprintCell]
) -> list[object]:
    plain = [cell for cell in cells if not cell.kind]
    return [
        *matrix_of(
            framework,
            blueprint.unit_id,
            {(c.topic_id, c.level): str(c.count) for c in plain},
            {(c.topic_id, c.level): str(c.points) for c in plain},
            {(c.topic_id, c.level, c.kind) for c in cells if c.kind},
        )
    ]


@for_readers
@require_GET
def presets(request: HttpRequest) -> HttpResponse:
    """Where a blueprint begins: from rules of law as data, or from nothing."""
    if not home_units(request.user, *APPROVERS).exists():
        raise Http404
    return render(request, "items/blueprint_presets.html", {"presets": all_presets()})


@for_readers
def create(request: HttpRequest) -> HttpResponse:
    units = list(home_units(request.user, *APPROVERS))
    if not units:
        raise Http404
    asked = request.POST if request.method == "POST" else request.GET
    unit = {str(unit.pk): unit for unit in units}.get(asked.get("unit", ""), units[0])
    every = list(frameworks())
    code = asked.get("framework")
    framework = next((one for one in every if one.code == code), every[0] if every else None)
    if framework is None:
        return render(request, "items/no_framework.html")
    chosen = preset(asked.get("preset", ""))
    form = BlueprintForm(
        request.POST if request.method == "POST" else None,
        framework=framework,
        preset=chosen,
        initial={"minutes": 60, "pass_mark": 70, "attempts_allowed": None if chosen else 3},
    )
    if form.is_valid():
        made = actions.create_blueprint(
            actor=user_of(request), unit=unit, fields=form.blueprint_fields(), cells=form.cells
        )
        messages.success(request, _("Đã tạo ma trận đề."))
        return redirect("items:blueprint", made.pk)
    context = {
        "form": form,
        "framework": framework,
        "frameworks": every,
        "preset": chosen,
        "unit": unit,
        "units": units,
        **_matrix(form, framework, unit.pk),
    }
    return render(request, "items/blueprint_edit.html", context)


@for_readers
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    blueprint = blueprint_or_404(request, pk)
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
            cells=form.cells,
        )
        messages.success(request, _("Đã lưu; đề dựng hoặc rút từ bây giờ theo ma trận mới."))
        return redirect("items:blueprint", pk)
    context = {
        "form": form,
        "blueprint": blueprint,
        "framework": framework,
        "preset": preset(blueprint.preset),
        **_matrix(form, framework, blueprint.unit_id),
    }
    return render(request, "items/blueprint_edit.html", context)


def _matrix(form: BlueprintForm, framework: Framework, unit_id: int) -> dict[str, object]:
    """As it was typed, if something was typed: also what isn't a number."""
    rows, points = form.rows(), form.points()
    named = {(int(r["topic"]), r["level"], r["kind"]) for r in rows if r["topic"].isdecimal()}
    return {
        "matrix": matrix_of(framework, unit_id, form.counts(), points, named),
        "levels": LEVELS,
        "level_choices": Item.Level.choices,
        "rows": rows,
        "has_points": any(value != "1" for value in points.values()),
    }
