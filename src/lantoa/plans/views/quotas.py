"""The table of quotas that a unit passes down: typed, pasted, or shared out by headcount."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from lantoa.accounts.asking import user_of
from lantoa.plans import rules
from lantoa.plans.actions import set_quotas
from lantoa.plans.forms import PasteForm
from lantoa.plans.queries.plans import Scope, scope_for
from lantoa.plans.queries.quotas import quota_table
from lantoa.web import formats

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
) -> HttpResponse:
    """`wrong`: units whose number can't be read; `paste`: the pasted lines, with what is wrong."""
    table = quota_table(scope.plan, scope.programme, scope.unit)
    rows = [
        {
            "row": row,
            "value": typed[row.unit.pk] if typed and row.unit.pk in typed else row.persons,
            "wrong": row.unit.pk in wrong,
        }
        for row in table.rows
    ]
    failed = bool(wrong or (paste and paste.errors))
    context = {
        "scope": scope,
        "table": table,
        "rows": rows,
        "own_value": typed.get(scope.unit.pk, table.own) if typed else table.own,
        "own_wrong": scope.unit.pk in wrong,
        "own_is_ours": _own_is_ours(scope),
        "paste": paste or PasteForm(),
        "failed": failed,
    }
    return render(request, "plans/quotas.html", context, status=422 if failed else 200)


@login_required
@require_http_methods(["GET", "POST"])
def quotas(request: HttpRequest, plan: int, programme: int, unit: int) -> HttpResponse:
    scope = _scope(request, plan, programme, unit)
    if request.method == "GET":
        return _page(request, scope)
    table = quota_table(scope.plan, scope.programme, scope.unit)
    editable = [row.unit.pk for row in table.rows]
    editable += [scope.unit.pk] if _own_is_ours(scope) else []
    typed = {pk: request.POST[f"u{pk}"].strip() for pk in editable if f"u{pk}" in request.POST}
    read = {pk: rules.read_count(text) if text else None for pk, text in typed.items()}
    wrong = frozenset(pk for pk, text in typed.items() if text and read[pk] is None)
    if wrong:
        return _page(request, scope, typed=typed, wrong=wrong)
    return _saved(request, scope, read)


def _saved(request: HttpRequest, scope: Scope, persons: dict[int, int | None]) -> HttpResponse:
    changed = set_quotas(
        plan=scope.plan,
        programme=scope.programme,
        persons=persons,
        actor=user_of(request),
    )
    messages.success(
        request,
        _("Đã lưu chỉ tiêu của %(count)s đơn vị.") % {"count": formats.number(changed)}
        if changed
        else _("Chỉ tiêu không có gì thay đổi."),
    )
    return redirect("plans:quotas", scope.plan.pk, scope.programme.pk, scope.unit.pk)


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
    table = quota_table(scope.plan, scope.programme, scope.unit)
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
    table = quota_table(scope.plan, scope.programme, scope.unit)
    total = rules.read_count(request.POST.get("total", "")) or table.own
    if not total:
        messages.error(request, _("Hãy nhập tổng số người cần chia."))
        return redirect("plans:quotas", scope.plan.pk, scope.programme.pk, scope.unit.pk)
    if not any(row.headcount for row in table.rows):
        messages.error(
            request, _("Các đơn vị bên dưới chưa có ai trong danh sách nên chưa chia được.")
        )
        return redirect("plans:quotas", scope.plan.pk, scope.programme.pk, scope.unit.pk)
    shares = rules.share_out(total, [row.headcount for row in table.rows])
    typed = {row.unit.pk: str(n) for row, n in zip(table.rows, shares, strict=True)}
    messages.info(
        request,
        _("Đã chia %(total)s người theo số người của từng đơn vị. Xem lại rồi bấm Lưu chỉ tiêu.")
        % {"total": formats.number(total)},
    )
    return _page(request, scope, typed=typed)
