"""Marking by people: the marker's desk and the answer before them; how far it is, for others."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from lantoa.accounts.asking import user_of
from lantoa.exams.actions import marking as actions
from lantoa.exams.actions.markings import open_markings
from lantoa.exams.mark_form import MarkForm
from lantoa.exams.models import Mark
from lantoa.exams.permissions import council_sees, marked_by
from lantoa.exams.queries.mark_sheet import MarkSheet, sheet_for
from lantoa.exams.queries.marking import (
    alias_of,
    differing,
    items_waiting,
    mark_for,
    marks_by,
    progress_by_item,
    progress_by_marker,
    with_marks,
)
from lantoa.exams.refusals import Refused
from lantoa.exams.views.tabs import sitting_tabs
from lantoa.kernel.row_ids import row_id

PER_PAGE = 50


@login_required
@never_cache
@require_GET
def desk(request: HttpRequest, pk: int) -> HttpResponse:
    """What waits for this marker in a sitting, and what they have done."""
    sitting = get_object_or_404(marked_by(request.user), pk=pk)
    user = user_of(request)
    open_markings(sitting=sitting, actor=user)
    items = items_waiting(user, sitting)
    page = Paginator(marks_by(user, sitting), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "sitting": sitting,
        "items": items,
        "waiting": sum(item.waiting for item in items),
        "begun": next((mark for mark in page if mark.marked_at is None), None),
        "page": page,
        "marks": [(mark, alias_of(mark.attempt.public_id)) for mark in page],
    }
    return render(request, "exams/marking.html", context)


@login_required
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    sitting = get_object_or_404(marked_by(request.user), pk=pk)
    return _next(request, sitting.pk, row_id(request.POST.get("version")))


def _next(request: HttpRequest, sitting_id: int, version: int | None) -> HttpResponse:
    """To the next answer, of the same item while there is one."""
    sitting = get_object_or_404(marked_by(request.user), pk=sitting_id)
    mark = actions.take_next(actor=user_of(request), sitting=sitting, version=version)
    if mark is None:
        messages.info(request, _("Không còn bài nào chờ anh/chị ở phần này."))
        return redirect("exams:marking", sitting_id)
    return redirect("exams:mark", mark.pk)


def _mark(request: HttpRequest, pk: int) -> Mark:
    try:
        return mark_for(user_of(request), pk)
    except Mark.DoesNotExist:
        raise Http404 from None


@login_required
@never_cache
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    shown = sheet_for(_mark(request, pk))
    data = request.POST if request.method == "POST" else None
    form = MarkForm(data, shown.criteria, shown.mark.rubric, shown.mark.comment)
    if data is not None and form.is_valid():
        try:
            return _done(request, shown, form)
        except Refused as refusal:
            messages.error(request, refusal.sentence)
            return redirect("exams:marking", shown.mark.attempt.sitting_id)
    context = {
        "sheet": shown,
        "form": form,
        "sitting": shown.mark.attempt.sitting,
        "may_change": shown.mark.marked_at is None or actions.may_change(shown.mark, shown.marking),
    }
    return render(request, "exams/mark.html", context)


def _done(request: HttpRequest, shown: MarkSheet, form: MarkForm) -> HttpResponse:
    comment, actor = form.cleaned_data["comment"], user_of(request)
    if not form.finishes:
        actions.save_mark(actor=actor, mark=shown.mark, rubric=form.rubric, comment=comment)
        messages.success(request, _("Đã lưu nháp; chỉ anh/chị thấy."))
        return redirect("exams:mark", shown.mark.pk)
    actions.finish_mark(actor=actor, mark=shown.mark, rubric=form.points, comment=comment)
    messages.success(request, _("Đã chấm bài %(alias)s.") % {"alias": shown.alias})
    return _next(request, shown.mark.attempt.sitting_id, shown.marking.version_id)


@login_required
@require_POST
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    mine = _mark(request, pk)
    try:
        actions.give_back(actor=user_of(request), mark=mine)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Đã trả bài lại; người chấm khác sẽ nhận."))
    return redirect("exams:marking", mine.attempt.sitting_id)


@login_required
@never_cache
@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """By item and by marker, and where two markers differ."""
    sitting = get_object_or_404(council_sees(request.user), pk=pk)
    user = user_of(request)
    open_markings(sitting=sitting, actor=user)
    items = progress_by_item(sitting)
    page = Paginator(differing(sitting), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "sitting": sitting,
        "tabs": sitting_tabs(sitting, "marking_progress", user),
        "items": items,
        "markers": progress_by_marker(sitting),
        "answers": sum(item.answers for item in items),
        "settled": sum(item.settled for item in items),
        "page": page,
        "differing": with_marks(page),
    }
    return render(request, "exams/marking_progress.html", context)
