"""The table of quotas that a unit passes down: typed, pasted, or shared out by headcount."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from lantoa.accounts.asking import user_of
from lantoa.plans import rules
from lantoa.plans.actions import Document, set_quotas
from lantoa.plans.actions.ledger import NO_DOCUMENT
from lantoa.plans.forms import PasteForm
from lantoa.plans.models.quotas import Book, Measure
from lantoa.plans.queries.plans import Scope, scope_for
from lantoa.plans.queries.quotas import quota_table
from lantoa.plans.quota_forms import DocumentForm
from lantoa.web import formats

REMOTE_MORE = 50
"""Percent that a remote unit's people weigh more, where remote units go first."""

REASONS = {
    rules.NO_NUMBER: gettext_lazy("không có số người ở ô cuối"),
    rules.UNKNOWN_UNIT: gettext_lazy("không có đơn vị này trong bảng"),
    rules.AMBIGUOUS: gettext_lazy("có nhiều đơn vị trùng tên, hãy dùng mã"),
    rules.TWICE: gettext_lazy("đơn vị này đã có ở dòng trên"),
}


def _scope(request: HttpRequest, plan: int, programme: int, unit: int) -> Scope:
    """Who reads the unit sees its table; only who manages it gets to write."""
    scope = scope_for(user_of(request), plan, programme, unit)
    if request.method == "POST" and not scope.can_manage:
        raise Http404
    return scope


def book_of(request: HttpRequest, scope: Scope) -> Book:
    """Quotas in persons, or in person-times where the address or the form says so."""
    asked = request.POST.get("measure") or request.GET.get("measure")
    measure = Measure.TIMES if asked == Measure.TIMES else Measure.PERSONS
    return Book(scope.plan, scope.programme, measure)


def quotas_url(scope: Scope, book: Book) -> str:
    url = reverse("plans:quotas", args=[scope.plan.pk, scope.programme.pk, scope.unit.pk])
    return f"{url}?measure={book.measure}" if book.measure != Measure.PERSONS else url


def measure_tabs(url: str, book: Book) -> list[dict[str, Any]]:
    return [
        {
            "label": _("Theo người") if one == Measure.PERSONS else _("Theo lượt"),
            "url": url if one == Measure.PERSONS else f"{url}?measure={one}",
            "current": one == book.measure,
        }
        for one in Measure
    ]


def _own_is_ours(scope: Scope) -> bool:
    """The unit's own quota is set here when nobody above in the plan sets it."""
    return scope.can_manage and scope.unit.pk == scope.plan.unit_id


def _page(
    request: HttpRequest,
    scope: Scope,
    *,
    typed: dict[int, str] | None = None,
    wrong: frozenset[int] = frozenset(),
    paste: PasteForm | None = None,
    document: DocumentForm | None = None,
    proposed: Mapping[int, int] | None = None,
) -> HttpResponse:
    """`wrong`: units whose number can't be read; `paste`: the pasted lines, with what is wrong;
    `proposed`: what each would get, in the fields and beside what it has."""
    book = book_of(request, scope)
    table = quota_table(book, scope.unit)
    if proposed is not None:
        typed = {pk: str(count) for pk, count in proposed.items()}
    rows = [
        {
            "row": row,
            "change": proposed.get(row.unit.pk, 0) - (row.count or 0) if proposed else None,
            "value": typed[row.unit.pk] if typed and row.unit.pk in typed else row.count,
            "wrong": row.unit.pk in wrong,
        }
        for row in table.rows
    ]
    failed = bool(wrong or (paste and paste.errors) or (document and document.errors))
    context = {
        "book": book,
        "unit_word": Measure(book.measure).label,
        "tabs": measure_tabs(request.path.removesuffix("share/").removesuffix("paste/"), book),
        "document": document or DocumentForm(),
        "scope": scope,
        "table": table,
        "rows": rows,
        "own_value": typed.get(scope.unit.pk, table.own) if typed else table.own,
        "own_wrong": scope.unit.pk in wrong,
        "own_is_ours": _own_is_ours(scope),
        "paste": paste or PasteForm(),
        "failed": failed,
        "proposed": proposed is not None,
    }
    return render(request, "plans/quotas.html", context, status=422 if failed else 200)


@login_required
@require_http_methods(["GET", "POST"])
def quotas(request: HttpRequest, plan: int, programme: int, unit: int) -> HttpResponse:
    scope = _scope(request, plan, programme, unit)
    if request.method == "GET":
        return _page(request, scope)
    table = quota_table(book_of(request, scope), scope.unit)
    editable = [row.unit.pk for row in table.rows]
    editable += [scope.unit.pk] if _own_is_ours(scope) else []
    typed = {pk: request.POST[f"u{pk}"].strip() for pk in editable if f"u{pk}" in request.POST}
    read = {pk: rules.read_count(text) if text else None for pk, text in typed.items()}
    wrong = frozenset(pk for pk, text in typed.items() if text and read[pk] is None)
    document = DocumentForm(request.POST)
    if wrong or not document.is_valid():
        return _page(request, scope, typed=typed, wrong=wrong, document=document)
    return _saved(request, scope, read, document.document())


def _saved(
    request: HttpRequest,
    scope: Scope,
    counts: dict[int, int | None],
    document: Document = NO_DOCUMENT,
) -> HttpResponse:
    book = book_of(request, scope)
    changed = set_quotas(actor=user_of(request), book=book, counts=counts, document=document)
    messages.success(
        request,
        _("Đã lưu chỉ tiêu của %(count)s đơn vị.") % {"count": formats.number(changed)}
        if changed
        else _("Chỉ tiêu không có gì thay đổi."),
    )
    return redirect(quotas_url(scope, book_of(request, scope)))


def _sentence(problem: rules.PasteProblem) -> str:
    return _("Dòng %(line)s (“%(text)s”): %(reason)s") % {
        "line": problem.line,
        "text": problem.text,
        "reason": REASONS[problem.reason],
    }


@login_required
@require_POST
def paste(request: HttpRequest, plan: int, programme: int, unit: int) -> HttpResponse:
    """All lines or none: a line that cannot be read stops the table and stays to be mended."""
    scope = _scope(request, plan, programme, unit)
    form = PasteForm(request.POST)
    if not form.is_valid():
        return _page(request, scope, paste=form)
    table = quota_table(book_of(request, scope), scope.unit)
    keys = {
        row.unit.pk: rules.unit_keys(row.unit.code, row.unit.name, row.unit.prefix)
        for row in table.rows
    }
    pasted = rules.read_pasted(form.cleaned_data["pasted"], keys)
    for problem in pasted.problems:
        form.add_error("pasted", _sentence(problem))
    if not pasted.counts and not pasted.problems:
        form.add_error("pasted", _("Không đọc được dòng nào."))
    if form.errors:
        return _page(request, scope, paste=form)
    return _saved(request, scope, dict(pasted.counts))


@login_required
@require_POST
def share(request: HttpRequest, plan: int, programme: int, unit: int) -> HttpResponse:
    """Share the unit's quota out by headcount into the fields; nothing is saved yet."""
    scope = _scope(request, plan, programme, unit)
    table = quota_table(book_of(request, scope), scope.unit)
    total = rules.read_count(request.POST.get("total", "")) or table.own
    if not total:
        messages.error(request, _("Hãy nhập tổng số người cần chia."))
        return redirect(quotas_url(scope, book_of(request, scope)))
    if not any(row.headcount for row in table.rows):
        messages.error(
            request, _("Các đơn vị bên dưới chưa có ai trong danh sách nên chưa chia được.")
        )
        return redirect(quotas_url(scope, book_of(request, scope)))
    more = REMOTE_MORE if request.POST.get("remote") else 0
    weights = [row.headcount * (100 + more * row.unit.is_remote) for row in table.rows]
    shares = rules.share_out(total, weights)
    proposed = {row.unit.pk: n for row, n in zip(table.rows, shares, strict=True)}
    if _own_is_ours(scope):
        proposed[scope.unit.pk] = total
    messages.info(
        request,
        _("Nếu chia %(total)s theo số người của từng đơn vị: xem bảng, sửa, rồi bấm Lưu chỉ tiêu.")
        % {"total": formats.number(total)},
    )
    return _page(request, scope, proposed=proposed)
