"""Appeals: the candidate's form, the list of a sitting, one of them to work on."""

from uuid import UUID

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
from lantoa.exams.actions import appeals as actions
from lantoa.exams.models import Appeal, Attempt, Result
from lantoa.exams.permissions import council_sees, may_decide
from lantoa.exams.queries import appeals as queries
from lantoa.exams.queries.attempts import attempt_for
from lantoa.exams.refusals import Refused
from lantoa.exams.views import candidate
from lantoa.exams.views.tabs import sitting_tabs

PER_PAGE = 50


class AppealForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Lý do phúc khảo"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Nêu câu hoặc phần mà anh/chị đề nghị xem lại, và vì sao."),
    )


class DecisionForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("Kết luận gửi thí sinh"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@login_required
@never_cache
def file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    try:
        attempt = attempt_for(candidate(request), public_id)
        result = Result.objects.get(attempt=attempt)
    except (Attempt.DoesNotExist, Result.DoesNotExist):
        raise Http404 from None
    mine = queries.my_appeal(attempt, result)
    form = AppealForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            actions.file_appeal(actor=user_of(request), attempt=attempt, reason=reason)
        except Refused as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, _("Đã gửi đơn phúc khảo. Kết luận sẽ hiện ở trang này."))
        return redirect("exams:result", public_id)
    if mine.state != "open":
        return redirect("exams:result", public_id)
    context = {"attempt": attempt, "form": form, "mine": mine}
    return render(request, "exams/file_appeal.html", context)


@login_required
@never_cache
@require_GET
def appeals(request: HttpRequest, pk: int) -> HttpResponse:
    sitting = get_object_or_404(council_sees(request.user), pk=pk)
    found = queries.appeals_in(sitting)
    context = {
        "sitting": sitting,
        "tabs": sitting_tabs(sitting, "appeals", user_of(request)),
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "open": found.filter(decided_at__isnull=True).count(),
    }
    return render(request, "exams/appeals.html", context)


def _appeal(request: HttpRequest, pk: int) -> Appeal:
    try:
        return queries.appeal_for(user_of(request), pk)
    except Appeal.DoesNotExist:
        raise Http404 from None


def _page(request: HttpRequest, appeal: Appeal, form: DecisionForm) -> HttpResponse:
    sitting = appeal.attempt.sitting
    context = {
        "sitting": sitting,
        "tabs": sitting_tabs(sitting, "appeals", user_of(request)),
        "appeal": appeal,
        "attempt": appeal.attempt,
        "result": appeal.attempt.result,
        "recheck": queries.rechecked(appeal),
        "changes": queries.changes_of(appeal.attempt.result),
        "form": form,
        "may_decide": may_decide(request.user, sitting),
    }
    return render(request, "exams/appeal.html", context)


@login_required
@never_cache
@require_GET
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _appeal(request, pk), DecisionForm())


@login_required
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Other markers mark again."""
    shown = _appeal(request, pk)
    try:
        actions.reopen_marking(actor=user_of(request), appeal=shown)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Đã mở chấm lại; hai người chấm khác sẽ nhận bài."))
    return redirect("exams:appeal", pk)


@login_required
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _appeal(request, pk)
    if not may_decide(request.user, shown.attempt.sitting):
        raise Http404
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, shown, form)
    try:
        note = form.cleaned_data["note"]
        decided = actions.decide_appeal(actor=user_of(request), appeal=shown, note=note)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return _page(request, shown, form)
    messages.success(
        request, _("Đã quyết định: %(outcome)s.") % {"outcome": decided.get_outcome_display()}
    )
    return redirect("exams:appeal", pk)
