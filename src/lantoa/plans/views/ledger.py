"""The ledger of a unit's quotas: who gave what to whom on which document; moving, returning, taking
an entry back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lantoa.accounts.asking import user_of
from lantoa.plans.actions import borrow_quota, return_quota, reverse_posting
from lantoa.plans.models import QuotaPosting
from lantoa.plans.models.quotas import Book, Measure
from lantoa.plans.queries.ledger import entries_of, may_reverse
from lantoa.plans.queries.plans import Scope, scope_for
from lantoa.plans.queries.quota_tree import levels_of, quota_tree
from lantoa.plans.queries.quotas import quota_table
from lantoa.plans.quota_forms import AsOfForm, BorrowForm, DocumentForm, ReturnForm, ReverseForm
from lantoa.plans.spreadsheets import quota_sheet
from lantoa.plans.views.quotas import book_of, measure_tabs, quotas_url

PER_PAGE = 50
MOST_SHOWN = 100


@login_required
@require_GET
def ledger(request: HttpRequest, plan: int, programme: int, unit: int) -> HttpResponse:
    scope = scope_for(user_of(request), plan, programme, unit)
    book, form = book_of(request, scope), AsOfForm(request.GET)
    on = form.cleaned_data["on"] if form.is_valid() else None
    entries = entries_of(book, scope.unit, on)
    context = {
        "scope": scope,
        "book": book,
        "unit_word": Measure(book.measure).label,
        "tabs": measure_tabs(request.path, book),
        "page": Paginator(entries, PER_PAGE).get_page(request.GET.get("page")),
        "balance": entries[0].balance if entries else 0,
        "on": on,
        "form": form,
    }
    return render(request, "plans/ledger.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def tree(request: HttpRequest, plan: int, programme: int, unit: int) -> HttpResponse:
    """What doesn't add up anywhere under the unit, and the way to all of it."""
    scope = scope_for(user_of(request), plan, programme, unit)
    book = book_of(request, scope)
    rows = quota_tree(book, scope.unit)
    wrong = [row for row in rows if row.is_wrong]
    context = {
        "scope": scope,
        "book": book,
        "unit_word": Measure(book.measure).label,
        "tabs": measure_tabs(request.path, book),
        "levels": levels_of(rows),
        "wrong": wrong[:MOST_SHOWN],
        "count": len(wrong),
        "units": len(rows),
    }
    return render(request, "plans/quota_tree.html", context)


@login_required
@require_GET
def tree_export(request: HttpRequest, plan: int, programme: int, unit: int) -> FileResponse:
    scope = scope_for(user_of(request), plan, programme, unit)
    book = book_of(request, scope)
    return quota_sheet(scope, book, quota_tree(book, scope.unit))


def _managed(request: HttpRequest, plan: int, programme: int, unit: int) -> Scope:
    scope = scope_for(user_of(request), plan, programme, unit)
    if not scope.can_manage:
        raise Http404
    return scope


def _form_page(
    request: HttpRequest,
    scope: Scope,
    book: Book,
    form: DocumentForm | ReverseForm,
    what: str,
    lines: int = 0,
) -> HttpResponse:
    """`lines`: how many the posting to be taken back has."""
    context = {
        "lines": lines,
        "scope": scope,
        "book": book,
        "unit_word": Measure(book.measure).label,
        "form": form,
        "what": what,
        "table": quota_table(book, scope.unit),
        "back": quotas_url(scope, book),
    }
    return render(request, "plans/quota_move.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def borrow(request: HttpRequest, plan: int, programme: int, unit: int) -> HttpResponse:
    """Between two units under this one."""
    scope = _managed(request, plan, programme, unit)
    book = book_of(request, scope)
    form = BorrowForm(request.POST or None, above=scope.unit)
    if form.is_valid():
        data = form.cleaned_data
        try:
            borrow_quota(
                actor=user_of(request),
                book=book,
                giver=data["giver"],
                taker=data["taker"],
                count=data["count"],
                document=form.document(),
            )
        except ValidationError as error:
            form.add_error("count", error)
        else:
            messages.success(request, _("Đã điều chuyển và ghi vào sổ chỉ tiêu."))
            return redirect(quotas_url(scope, book))
    return _form_page(request, scope, book, form, "borrow")


@login_required
@require_http_methods(["GET", "POST"])
def give_back(request: HttpRequest, plan: int, programme: int, unit: int) -> HttpResponse:
    """Of this unit's quota, to the unit above."""
    scope = _managed(request, plan, programme, unit)
    if scope.unit.pk == scope.plan.unit_id:
        raise Http404
    book = book_of(request, scope)
    form = ReturnForm(request.POST or None)
    if form.is_valid():
        try:
            return_quota(
                actor=user_of(request),
                book=book,
                unit=scope.unit,
                count=form.cleaned_data["count"],
                document=form.document(),
            )
        except ValidationError as error:
            form.add_error("count", error)
        else:
            messages.success(request, _("Đã trả lại cấp trên và ghi vào sổ chỉ tiêu."))
            return redirect(quotas_url(scope, book))
    return _form_page(request, scope, book, form, "return")


@login_required
@require_http_methods(["GET", "POST"])
def reverse_entry(
    request: HttpRequest, plan: int, programme: int, unit: int, posting: int
) -> HttpResponse:
    """All that the posting touched must be the user's."""
    scope = _managed(request, plan, programme, unit)
    found = get_object_or_404(
        QuotaPosting.objects.filter(plan=scope.plan, programme=scope.programme)
        .filter(pk=posting)
        .exclude(kind__in=(QuotaPosting.Kind.REVERSAL, QuotaPosting.Kind.OPENING))
    )
    if not may_reverse(user_of(request), found):
        raise Http404
    book = Book(scope.plan, scope.programme, found.measure)
    form = ReverseForm(request.POST or None)
    if form.is_valid():
        try:
            reverse_posting(
                actor=user_of(request), posting=found, reason=form.cleaned_data["reason"]
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Đã hủy lần ghi; cả hai dòng còn trong sổ."))
            return redirect(quotas_url(scope, book))
    return _form_page(request, scope, book, form, "reverse", found.lines.count())
