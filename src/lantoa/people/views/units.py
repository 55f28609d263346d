"""The tree of units, one unit, and what a coordinator changes of it."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from lantoa.accounts.asking import user_of
from lantoa.people.actions.change_unit import end_unit
from lantoa.people.actions.create_unit import create_unit
from lantoa.people.actions.reshape_unit import reshape_unit
from lantoa.people.forms.fields import label_of
from lantoa.people.forms.units import AgencyForm, EndUnitForm, UnitForm, UnitSearch
from lantoa.people.models import RoleGrant, Unit
from lantoa.people.permissions import is_administrator, units_within
from lantoa.people.queries import units as queries
from lantoa.people.queries.history import unit_history
from lantoa.people.queries.roles import grants_for, holding
from lantoa.people.rules.units import UnitRefused
from lantoa.people.views.access import keepers_only
from lantoa.web import formats

FOUND = 100


@keepers_only
@require_GET
def units(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    search = UnitSearch(request.GET)
    search.is_valid()
    text, kind = search.cleaned_data.get("q", ""), search.cleaned_data.get("kind", "")
    context: dict[str, Any] = {"search": search, "searching": bool(text or kind)}
    if context["searching"]:
        found = queries.find_units(user, text, kind)
        context |= {
            "found": found[:FOUND],
            "found_count": found.count(),
            "former": queries.find_former(user, text)[:FOUND] if text and not kind else [],
        }
    else:
        tops: list[Any] = list(queries.top_units(user))
        context["unit_count"] = units_within(user, RoleGrant.Role.COORDINATOR).count()
        context["people_count"] = sum(top.people_count for top in tops)
        context["tops"] = [(top, queries.children_with_counts(top)) for top in tops]
    return render(request, "people/units.html", context)


@keepers_only
@require_GET
def unit_children(request: HttpRequest, pk: int) -> HttpResponse:
    unit = queries.unit_for(user_of(request), pk)
    context = {"children": queries.children_with_counts(unit)}
    return render(request, "people/unit_branch.html", context)


@keepers_only
@require_GET
def unit_options(request: HttpRequest) -> HttpResponse:
    """What the unit field proposes: the typed text comes under the field's own name."""
    typed = next((str(value) for value in request.GET.values() if value), "")
    within = units_within(user_of(request), RoleGrant.Role.COORDINATOR)
    found = queries.match_unit(within, typed[:100])
    return render(request, "people/unit_options.html", {"labels": [label_of(u) for u in found]})


@keepers_only
@require_GET
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    shown = queries.shown_unit_for(user, pk)
    mine = shown.ended_on is None
    reach = grants_for(user).filter(unit=shown)
    before = shown.predecessors.select_related("predecessor")
    after = shown.successors.select_related("unit")
    context = {
        "unit": shown,
        "facts": _facts(shown),
        "trail": _trail(queries.ancestors_of(shown, user)),
        "counted": queries.with_counts(Unit.objects.filter(pk=shown.pk)).get(),
        "children": queries.children_with_counts(shown) if mine else [],
        "predecessors": before.order_by("-on_date", "predecessor__sort_key"),
        "successors": after.order_by("on_date", "unit__sort_key"),
        "grants": holding(reach, now=True).order_by("role", "granted_at") if mine else [],
        "history": unit_history(shown),
        "may_end": mine and _is_own_to_shape(request, shown),
        "mine": mine,
    }
    return render(request, "people/unit.html", context)


@keepers_only
@require_http_methods(["GET", "POST"])
def unit_add(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    parent = queries.unit_for(user, pk)
    form = AgencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        added = create_unit(actor=user, kind=Unit.Kind.AGENCY, parent=parent, **form.cleaned_data)
        messages.success(request, _("Đã thêm %s.") % added.name)
        return redirect("people:unit", added.pk)
    trail = [*_trail(queries.ancestors_of(parent, user)), (parent.name, _url(parent))]
    context = {"form": form, "parent": parent, "trail": trail}
    return render(request, "people/unit_add.html", context)


def _say(form: Form, refused: UnitRefused) -> None:
    """Beside the field to mend, where the form has it."""
    form.add_error(refused.field if refused.field in form.fields else None, str(refused))


@keepers_only
@require_http_methods(["GET", "POST"])
def unit_edit(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    edited = queries.unit_for(user, pk)
    name = edited.name
    whole = _is_own_to_shape(request, edited)
    form = UnitForm(request.POST or None, user=user, unit=edited, whole=whole)
    if request.method == "POST" and form.is_valid():
        try:
            told = {"name": edited.name, "code": edited.code, **form.cleaned_data}
            reshape_unit(actor=user, unit=edited, **told)
        except UnitRefused as refused:
            _say(form, refused)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("people:unit", edited.pk)
    trail = [*_trail(queries.ancestors_of(edited, user)), (name, _url(edited))]
    context = {"form": form, "unit": edited, "trail": trail, "whole": whole}
    return render(request, "people/unit_edit.html", context)


@keepers_only
@require_http_methods(["GET", "POST"])
def unit_end(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    ending = queries.unit_for(user, pk)
    if not _is_own_to_shape(request, ending):
        raise Http404
    form = EndUnitForm(request.POST or None, user=user, unit=ending)
    if request.method == "POST" and form.is_valid():
        try:
            end_unit(actor=user, unit=ending, **form.cleaned_data)
        except UnitRefused as refused:
            _say(form, refused)
        else:
            messages.success(request, _("%s đã hết hiệu lực.") % ending.name)
            return redirect("people:units")
    context = {
        "form": form,
        "question": _("Kết thúc %s?") % ending.name,
        "consequence": _(
            "Đơn vị không còn trong cây từ ngày này; lịch sử của đơn vị vẫn xem được. Người và đơn "
            "vị trực thuộc chuyển sang đơn vị tiếp nhận."
        ),
        "action_label": _("Kết thúc đơn vị"),
        "back_url": _url(ending),
        "danger": True,
    }
    return render(request, "web/confirm.html", context)


def _is_own_to_shape(request: HttpRequest, unit: Unit) -> bool:
    """Agencies are their coordinators' to shape; provinces and communes only administrators'."""
    return unit.kind == Unit.Kind.AGENCY or is_administrator(request.user)


def _facts(unit: Unit) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = [
        (_("Loại"), unit.get_kind_display()),
        (_("Mã đơn vị"), unit.code or _("chưa có")),
        (_("Có hiệu lực từ"), formats.day(unit.founded_on)),
    ]
    if unit.ended_on:
        facts.append((_("Hết hiệu lực từ"), formats.day(unit.ended_on)))
    if unit.former_place:
        facts.append((_("Trước đây thuộc"), unit.former_place))
    if unit.is_remote:
        facts.append((_("Địa bàn"), _("Vùng sâu, vùng xa")))
    return facts


def _trail(above: Iterable[Unit]) -> list[tuple[str, str]]:
    return [
        (pgettext("menu", "Đơn vị"), reverse("people:units")),
        *((u.name, _url(u)) for u in above),
    ]


def _url(unit: Unit) -> str:
    return reverse("people:unit", args=[unit.pk])
