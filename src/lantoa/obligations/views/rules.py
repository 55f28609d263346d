"""Rules and how far they are kept."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lantoa.accounts.asking import user_of
from lantoa.kernel import clock
from lantoa.obligations.actions.note_export import note_export
from lantoa.obligations.actions.rules import change_rule, create_rule
from lantoa.obligations.forms import RuleForm, initial_of
from lantoa.obligations.permissions import managed_units
from lantoa.obligations.queries import coverage as queries
from lantoa.obligations.spreadsheets import people_sheet
from lantoa.obligations.views.access import Role, keepers_only, readers_only
from lantoa.obligations.words import asks_words, whom_words
from lantoa.people.permissions import roles_of
from lantoa.web import formats

PAGE, SHOWN = 50, 200


@readers_only
@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    found = list(queries.rules_visible(user)[:SHOWN])
    tops, totals = queries.tops_of(user, found), queries.totals_of(user, found)
    rows = [
        {
            "rule": rule,
            "unit": tops[rule.unit_id],
            "whom": whom_words(rule),
            "asks": asks_words(rule),
            "figures": totals.get(rule.pk, queries.Figures()),
            "over": rule.ends_on is not None and rule.ends_on < clock.today(),
        }
        for rule in found
        if rule.unit_id in tops
    ]
    keeps = bool({Role.COORDINATOR, Role.ADMINISTRATOR} & roles_of(user))
    context = {"rows": rows, "keeps": keeps, "petitions": queries.petitions_waiting(user).count()}
    return render(request, "obligations/rules.html", context)


def _form(request: HttpRequest, form: RuleForm, **context: Any) -> HttpResponse:
    return render(request, "obligations/rule_form.html", {"form": form, **context})


@keepers_only
@require_http_methods(["GET", "POST"])
def new_rule(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    year = clock.today().year
    initial = {"starts_on": clock.today().replace(month=1, day=1)}
    initial["due_on"] = clock.today().replace(year=year, month=12, day=31)
    form = RuleForm(request.POST or None, user=user, initial=initial)
    if form.is_valid():
        try:
            rule = create_rule(actor=user, unit=form.cleaned_data["unit"], fields=form.values())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            count = formats.number(rule.obligations.count())
            messages.success(request, _("Quy định áp dụng cho %(n)s người.") % {"n": count})
            return redirect("obligations:rule", rule.pk, rule.unit_id)
    return _form(request, form)


@keepers_only
@require_http_methods(["GET", "POST"])
def edit_rule(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    rule = queries.rule_managed(user, pk)
    form = RuleForm(request.POST or None, user=user, rule=rule, initial=initial_of(rule))
    if form.is_valid():
        try:
            change_rule(actor=user, rule=rule, fields=form.values())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Đã lưu; nghĩa vụ của mọi người được tính lại."))
            return redirect("obligations:rule", rule.pk, rule.unit_id)
    return _form(request, form, rule=rule)


@readers_only
@require_GET
def rule_page(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    user = user_of(request)
    rule = queries.rule_for(user, pk)
    place = queries.unit_within(user, rule, unit)
    context = {
        "rule": rule,
        "unit": place,
        "whom": whom_words(rule),
        "asks": asks_words(rule),
        "total": queries.total_of(rule, place),
        "children": queries.children_of(rule, place),
        "can_manage": managed_units(user).filter(unit_id=rule.unit_id).exists(),
        "at": clock.now(),
    }
    return render(request, "obligations/rule.html", context)


@readers_only
@require_GET
def people(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    user = user_of(request)
    rule = queries.rule_for(user, pk)
    place = queries.unit_within(user, rule, unit)
    state, search = request.GET.get("state", ""), request.GET.get("q", "")[:100]
    rows = Paginator(queries.people_of(rule, place, state, search), PAGE)
    context = {
        "rule": rule,
        "unit": place,
        "page": rows.get_page(request.GET.get("page")),
        "count": rows.count,
        "state": state,
        "q": search,
        "states": [
            ("late", _("Quá hạn")),
            ("due_soon", _("Sắp đến hạn")),
            ("open", _("Chưa hoàn thành")),
            ("met", _("Đã hoàn thành")),
            ("exempt", _("Được miễn")),
        ],
        "today": clock.today(),
    }
    return render(request, "obligations/people.html", context)


@readers_only
@require_GET
def people_export(request: HttpRequest, pk: int, unit: int) -> FileResponse:
    user = user_of(request)
    rule = queries.rule_for(user, pk)
    place = queries.unit_within(user, rule, unit)
    state, search = request.GET.get("state", ""), request.GET.get("q", "")[:100]
    rows = queries.people_of(rule, place, state, search)
    note_export(actor=user, rule=rule, unit=place, persons=rows.count())
    return people_sheet(rule, place, rows)
