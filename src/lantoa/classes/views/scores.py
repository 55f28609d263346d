"""A class's tests: which there are, points typed in a table, and brought by the template."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lantoa.accounts.asking import user_of
from lantoa.classes.actions import scores as actions
from lantoa.classes.actions.note_export import note_export
from lantoa.classes.forms import TestForm
from lantoa.classes.models import ClassTest
from lantoa.classes.points_file import read_points_file
from lantoa.classes.points_table import Cell, cells_as_typed, cells_that_stand, read_cells
from lantoa.classes.queries.classes import class_managed, class_marked
from lantoa.classes.queries.members import members_of, members_seen
from lantoa.classes.queries.scores import (
    changes_of,
    managed_test,
    marked_test,
    scores_of,
    tests_of,
)
from lantoa.classes.rules.points import shown
from lantoa.classes.spreadsheets import points_sheet
from lantoa.classes.views.access import keepers_only, staff_only
from lantoa.people.rosters import RosterRefused
from lantoa.web import formats

PAGE, MOST_SENT = 100, 1000
MOST_OCTETS = 5 * 1024 * 1024
FIELDS = ("name", "held_on", "greatest", "pass_mark", "required")


@staff_only
@require_http_methods(["GET", "POST"])
def tests(request: HttpRequest, pk: int) -> HttpResponse:
    """Those of a class; coordinators add one."""
    user = user_of(request)
    found = class_managed(user, pk) if request.method == "POST" else class_marked(user, pk)
    form = TestForm(request.POST or None)
    if form.is_valid():
        try:
            actions.add_test(actor=user, training_class=found, fields=form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Đã thêm bài kiểm tra."))
            return redirect("classes:tests", pk)
    context = {"class": found, "tests": list(tests_of(found)), "form": form}
    return render(request, "classes/tests.html", context)


@keepers_only
@require_http_methods(["GET", "POST"])
def edit_test(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    test = managed_test(user, pk)
    if request.POST.get("step") == "remove":
        try:
            actions.remove_test(actor=user, test=test)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("classes:tests", test.training_class_id)
    initial = {name: getattr(test, name) for name in FIELDS}
    initial |= {name: shown(getattr(test, name)) for name in ("greatest", "pass_mark")}
    form = TestForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            actions.change_test(actor=user, test=test, fields=form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Đã lưu bài kiểm tra."))
            return redirect("classes:tests", test.training_class_id)
    context = {"class": test.training_class, "test": test, "form": form}
    return render(request, "classes/test_form.html", context)


@staff_only
@require_http_methods(["GET", "POST"])
def points(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    test = marked_test(user, pk)
    if request.method == "POST":
        return _take(request, test)
    search = request.GET.get("q", "")[:100]
    found = members_seen(user, test.training_class, search)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    members = list(page.object_list)
    cells = cells_that_stand(members, scores_of(test, members))
    more = {"page": page, "q": search, "changes": changes_of(test)}
    return _page(request, test, cells, **more)


def _take(request: HttpRequest, test: ClassTest) -> HttpResponse:
    """All of the page; where one cell is wrong nothing, and everything stays as it was typed."""
    cells = cells_as_typed(request.POST, members_of(test.training_class), test, most=MOST_SENT)
    from_file = "from_file" in request.POST
    given = read_cells(cells, test)
    if not any(cell.error for cell in cells):
        try:
            written = actions.set_points(
                actor=user_of(request), test=test, given=given, from_file=from_file
            )
        except ValidationError as error:
            _say(request, test, cells, error)
        else:
            words = {"count": formats.number(written)}
            messages.success(request, _("Đã ghi điểm của %(count)s người.") % words)
            back = reverse("classes:test_points", args=[test.pk])
            return redirect(f"{back}?{where}" if (where := _where(request)) else back)
    return _page(request, test, cells, from_file=from_file)


def _where(request: HttpRequest) -> str:
    """The page and the search at which somebody types, to come back to."""
    at = {name: request.GET[name][:100] for name in ("page", "q") if request.GET.get(name)}
    return urlencode(at)


def _say(request: HttpRequest, test: ClassTest, cells: list[Cell], error: ValidationError) -> None:
    """Beside the cells that somebody else wrote meanwhile, which now show what they wrote; what
    concerns all stands above."""
    if not hasattr(error, "error_dict"):
        messages.error(request, " ".join(error.messages))
        return
    said = error.message_dict
    scores = scores_of(test, [cell.member for cell in cells])
    for cell in cells:
        if words := said.get(str(cell.member.pk)):
            cell.error, cell.was = " ".join(words), shown(scores[cell.member.pk].points)


def _page(request: HttpRequest, test: ClassTest, cells: list[Cell], **more: Any) -> HttpResponse:
    context = {
        "test": test,
        "class": test.training_class,
        "cells": cells,
        "where": _where(request),
        "wrong": sum(bool(cell.error) for cell in cells),
        **more,
    }
    return render(request, "classes/test_points.html", context)


@staff_only
@require_GET
def points_export(request: HttpRequest, pk: int) -> FileResponse:
    """The template, with names and the points that stand."""
    user = user_of(request)
    test = marked_test(user, pk)
    members = list(members_of(test.training_class))
    note_export(actor=user, training_class=test.training_class, persons=len(members))
    return points_sheet(test, members)


@staff_only
@require_POST
def upload_points(request: HttpRequest, pk: int) -> HttpResponse:
    """What the file would change, in a table to look over and mend; nothing is written yet."""
    test = marked_test(user_of(request), pk)
    members = {member.pk: member for member in members_of(test.training_class)}
    file = request.FILES.get("file")
    if file is None or file.size is None or file.size > MOST_OCTETS:
        messages.error(request, _("Hãy chọn tệp .xlsx, nhiều nhất 5 MB."))
        return redirect("classes:test_points", pk)
    try:
        brought = read_points_file(file.read(), file.name or "", members)
    except RosterRefused as refused:
        messages.error(request, _(refused.template) % refused.params)
        return redirect("classes:test_points", pk)
    chosen = [members[one] for one in members if one in brought.points]
    cells = cells_that_stand(chosen, scores_of(test, chosen))
    for cell in cells:
        cell.typed = brought.points[cell.member.pk]
    read_cells(cells, test)
    changed = [cell for cell in cells if cell.error or cell.typed != cell.was]
    if len(changed) > MOST_SENT:
        words = {"most": formats.number(MOST_SENT), "count": formats.number(len(changed))}
        said = _("Tệp đổi điểm của %(count)s người, mỗi lần ghi %(most)s. Ghi xong, gửi lại tệp.")
        brought.problems.insert(0, said % words)
    more = {
        "from_file": True,
        "preview": True,
        "problems": brought.problems[:PAGE],
        "same": len(cells) - len(changed),
    }
    return _page(request, test, changed[:MOST_SENT], **more)
