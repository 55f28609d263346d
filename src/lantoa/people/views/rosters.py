"""Rosters: the list of imports, uploading one, and its dry run."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lantoa.accounts.asking import user_of
from lantoa.files.rules import FileRefused
from lantoa.people.actions.roster_decide import discard_roster
from lantoa.people.actions.roster_imports import (
    RosterBusy,
    receive_roster,
    set_mapping,
    start_applying,
    start_undoing,
)
from lantoa.people.forms.rosters import RosterForm, RowSearch, SheetsForm
from lantoa.people.models import RosterImport
from lantoa.people.queries.rosters import roster_for, rosters_for, rows_of
from lantoa.people.queries.units import top_units
from lantoa.people.rosters import RosterRefused
from lantoa.people.views import roster_shown
from lantoa.people.views.access import keepers_only
from lantoa.web.formats import number

PAGE = 30
State = RosterImport.State


@keepers_only
@require_GET
def rosters(request: HttpRequest) -> HttpResponse:
    found = Paginator(rosters_for(user_of(request)), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": found,
        "rows": roster_shown.imports(found.object_list),
        "trail": roster_shown.trail(to_list=False),
    }
    return render(request, "people/roster_list.html", context)


@keepers_only
@require_http_methods(["GET", "POST"])
def roster_add(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    initial = {"unit": top_units(user).first()}
    form = RosterForm(request.POST or None, request.FILES or None, user=user, initial=initial)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            roster = receive_roster(upload=upload, unit=form.cleaned_data["unit"], actor=user)
        except RosterRefused as refused:
            form.add_error("file", f"{upload.name}: {_(refused.template) % refused.params}")
        except FileRefused as refused:
            form.add_error("file", f"{upload.name}: {refused.message}")
        else:
            return redirect("people:roster", roster.pk)
    context = {"form": form, "trail": roster_shown.trail()}
    return render(request, "people/roster_add.html", context)


@keepers_only
@require_GET
def roster(request: HttpRequest, pk: int) -> HttpResponse:
    """One import: its progress, its dry run, or what it did."""
    user = user_of(request)
    shown = roster_for(user, pk)
    if shown.state == State.REFUSED:
        form = RosterForm(user=user, initial={"unit": shown.unit})
        context = {"form": form, "roster": shown, "trail": roster_shown.trail()}
        return render(request, "people/roster_add.html", context)
    context = {
        "roster": shown,
        "job": roster_shown.job_of(shown, user),
        "trail": roster_shown.trail(),
    }
    if shown.state in (State.READING, State.APPLYING, State.UNDOING):
        return render(request, "people/roster_busy.html", context)
    search = RowSearch(request.GET, roster=shown)
    wanted = search.wanted()
    rows = rows_of(shown, wanted).select_related("unit")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context |= {
        "search": search,
        "wanted": wanted,
        "page": page,
        "tabs": roster_shown.tabs(shown, wanted),
        "rows": roster_shown.rows(shown, list(page.object_list), user),
        "outcome": roster_shown.outcome(shown),
        "concerns": roster_shown.concerns(shown),
        "answer": roster_shown.answer(shown),
        "several": len(shown.summary.get("rows", {})) > 1,
        "filters": roster_shown.filters(wanted, page.number),
    }
    return render(request, "people/roster.html", context)


@keepers_only
@require_http_methods(["GET", "POST"])
def roster_sheets(request: HttpRequest, pk: int) -> HttpResponse:
    """How the file's sheets and columns are read; saving reads it again."""
    user = user_of(request)
    shown = roster_for(user, pk)
    if shown.state != State.READY:
        return redirect("people:roster", pk)
    form = SheetsForm(request.POST or None, roster=shown)
    if request.method == "POST" and form.is_valid():
        try:
            set_mapping(roster=shown, mapping=form.mapping(), actor=user)
        except RosterBusy as busy:
            messages.error(request, str(busy))
        return redirect("people:roster", pk)
    context = {
        "roster": shown,
        "form": form,
        "sheets": roster_shown.sheets(shown, form),
        "trail": roster_shown.trail(roster=shown),
    }
    return render(request, "people/roster_sheets.html", context)


@keepers_only
@require_POST
def roster_apply(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    try:
        start_applying(roster=roster_for(user, pk), actor=user)
    except RosterBusy as busy:
        messages.error(request, str(busy))
    return redirect("people:roster", pk)


@keepers_only
@require_http_methods(["GET", "POST"])
def roster_undo(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    shown = roster_for(user, pk)
    if request.method == "POST":
        try:
            start_undoing(roster=shown, actor=user)
        except RosterBusy as busy:
            messages.error(request, str(busy))
        return redirect("people:roster", pk)
    if shown.state != State.APPLIED:
        return redirect("people:roster", pk)
    applied = shown.summary["applied"]
    context = {
        "question": _("Hoàn tác danh sách này?"),
        "consequence": _(
            "%(created)s người được thêm sẽ bị xóa; người đã có tài khoản, ghi danh hoặc dữ liệu "
            "khác thì ghi thôi việc. %(changed)s người được sửa trở lại như trước, trừ những gì đã "
            "có người sửa tiếp."
        )
        % {"created": number(applied["created"]), "changed": number(applied["changed"])},
        "action_label": _("Hoàn tác"),
        "back_url": reverse("people:roster", args=[pk]),
        "danger": True,
    }
    return render(request, "web/confirm.html", context)


@keepers_only
@require_http_methods(["GET", "POST"])
def roster_discard(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    shown = roster_for(user, pk)
    if request.method == "POST":
        try:
            discard_roster(roster=shown, actor=user)
        except RosterBusy as busy:
            messages.error(request, str(busy))
            return redirect("people:roster", pk)
        messages.success(request, _("Đã bỏ danh sách, tệp đã xóa."))
        return redirect("people:rosters")
    context = {
        "question": _("Bỏ danh sách %s?") % shown.name,
        "consequence": _("Tệp và kết quả đối chiếu bị xóa. Dữ liệu về người không thay đổi."),
        "action_label": _("Bỏ danh sách"),
        "back_url": reverse("people:roster", args=[pk]),
        "danger": True,
    }
    return render(request, "web/confirm.html", context)
