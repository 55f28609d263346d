"""What came late or from a fenced device, before the council."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from lantoa.accounts.asking import user_of
from lantoa.exams.actions.decide_late import decide_late
from lantoa.exams.actions.rescore import Outcome
from lantoa.exams.permissions import council_decides, council_sees, may_decide
from lantoa.exams.queries.late import FILTERS, late_in, rows_of, undecided
from lantoa.exams.views.tabs import sitting_tabs
from lantoa.kernel.row_ids import row_ids

PER_PAGE = 50


class DecideForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=300,
        error_messages={"required": gettext_lazy("Hãy ghi lý do; lý do được lưu cùng quyết định.")},
    )


def _page(request: HttpRequest, pk: int, form: DecideForm) -> HttpResponse:
    sitting = get_object_or_404(council_sees(request.user), pk=pk)
    state = request.GET.get("state", "open")
    page = Paginator(late_in(sitting, state), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "sitting": sitting,
        "tabs": sitting_tabs(sitting, "late", user_of(request)),
        "page": page,
        "rows": rows_of(list(page)),
        "open": undecided(sitting),
        "state": state if state in FILTERS else "",
        "states": [
            ("open", _("Chờ quyết định")),
            ("counts", _("Được tính")),
            ("not", _("Không tính")),
            ("", _("Tất cả")),
        ],
        "form": form,
        "may_decide": may_decide(request.user, sitting),
        "chosen": row_ids(request.POST.getlist("late")),
    }
    return render(request, "exams/late.html", context)


@login_required
@never_cache
@require_GET
def late(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, pk, DecideForm())


@login_required
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    sitting = get_object_or_404(council_decides(request.user), pk=pk)
    chosen = row_ids(request.POST.getlist("late"))
    form = DecideForm(request.POST)
    if "counts" not in request.POST:
        raise Http404
    if not chosen:
        form.add_error(None, _("Hãy chọn ít nhất một câu trả lời trong danh sách."))
    if not form.is_valid():
        return _page(request, pk, form)
    outcome = decide_late(
        actor=user_of(request),
        sitting=sitting,
        late=chosen,
        counts=request.POST["counts"] == "yes",
        note=form.cleaned_data["note"],
    )
    messages.success(request, said(outcome))
    return redirect("exams:late", pk)


def said(outcome: Outcome) -> str:
    """What a decision did to results, in words."""
    told = _("Đã tính lại: %(changed)d kết quả thay đổi, %(passed)d thành đạt, "
             "%(failed)d thành chưa đạt.") % {
        "changed": len(outcome.changed),
        "passed": len(outcome.passed),
        "failed": len(outcome.failed),
    }  # fmt: skip
    if outcome.doubted:
        told += " " + _(
            "%(n)d người trong đó đã có giấy chứng nhận; giấy không bị thu hồi tự động, "
            "xem trang Duyệt kết quả."
        ) % {"n": len(outcome.doubted)}
    return told
