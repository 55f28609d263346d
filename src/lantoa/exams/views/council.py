"""The council's page of a sitting: what came out, what is open, the decision, the list to sign."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from lantoa.accounts.asking import user_of
from lantoa.exams.actions import council as actions
from lantoa.exams.models import Sitting
from lantoa.exams.permissions import council_decides, council_sees, may_decide
from lantoa.exams.queries import council as queries
from lantoa.exams.refusals import Refused, hindrance_words
from lantoa.exams.rules.council import Concern, concerns, hindrances
from lantoa.exams.score_list import score_pdf, score_sheet
from lantoa.exams.views.tabs import sitting_tabs
from lantoa.jobs.actions import enqueue
from lantoa.kernel.text import fold

SHOWN = 20


class DecisionForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("Ghi chú của hội đồng"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Số biên bản họp, căn cứ, điều cần nhớ; được lưu cùng quyết định."),
    )


def _concern_words(concern: Concern, unsound: int | None) -> str:
    return {
        Concern.STILL_OPEN: _("Ca thi chưa đến giờ đóng: còn người có thể vào thi."),
        Concern.NOT_VERIFIED: _("Chưa kiểm tra nhật ký và điểm sau lần thay đổi cuối cùng."),
        Concern.NOT_SOUND: _(
            "%(n)d bài có nhật ký hoặc điểm không khớp; hãy xem danh sách dưới đây."
        )
        % {"n": unsound or 0},
    }[concern]


def _page(request: HttpRequest, sitting: Sitting, form: DecisionForm) -> HttpResponse:
    checked = queries.verification_of(sitting)
    pending = queries.pending_of(sitting, checked)
    context = {
        "sitting": sitting,
        "tabs": sitting_tabs(sitting, "council", user_of(request)),
        "figures": queries.figures_of(sitting),
        "pending": pending,
        "hindrances": [hindrance_words(each) for each in hindrances(pending)],
        "concerns": [_concern_words(each, pending.unsound) for each in concerns(pending)],
        "checked": checked,
        "doubted": queries.doubted(sitting)[:SHOWN],
        "incidents": queries.incidents_of(sitting)[:SHOWN],
        "appeals": queries.open_appeals(sitting),
        "history": queries.history(sitting),
        "may_decide": may_decide(request.user, sitting),
        "form": form,
    }
    return render(request, "exams/council.html", context)


@login_required
@never_cache
@require_GET
def council(request: HttpRequest, pk: int) -> HttpResponse:
    sitting = get_object_or_404(council_sees(request.user), pk=pk)
    return _page(request, sitting, DecisionForm())


@login_required
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    sitting = get_object_or_404(council_decides(request.user), pk=pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, sitting, form)
    reopens = "reopen" in request.POST
    act = actions.reopen_results if reopens else actions.approve_results
    try:
        act(actor=user_of(request), sitting=sitting, note=form.cleaned_data["note"])
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return _page(request, sitting, form)
    messages.success(
        request,
        _("Đã mở lại; thí sinh tạm thời không xem được kết quả.")
        if reopens
        else _("Đã duyệt; thí sinh xem được kết quả."),
    )
    return redirect("exams:council", pk)


@login_required
@require_POST
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    """Check logs and results, in the background."""
    sitting = get_object_or_404(council_sees(request.user), pk=pk)
    job = enqueue(
        handler="lantoa.exams.tasks.verify_sitting",
        title=_("Kiểm tra nhật ký và điểm: %(name)s") % {"name": sitting.name},
        params={"sitting": sitting.pk},
        actor=user_of(request),
    )
    return redirect("jobs:job", job.pk)


@login_required
@require_GET
def scores(request: HttpRequest, pk: int) -> FileResponse:
    sitting = get_object_or_404(council_sees(request.user), pk=pk)
    rows = queries.score_rows(sitting)
    actions.note_score_list(actor=user_of(request), sitting=sitting, rows=len(rows), form="xlsx")
    return score_sheet(sitting, rows)


@login_required
@require_GET
def scores_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    sitting = get_object_or_404(council_sees(request.user), pk=pk)
    rows = queries.score_rows(sitting)
    actions.note_score_list(actor=user_of(request), sitting=sitting, rows=len(rows), form="pdf")
    made = score_pdf(sitting, queries.figures_of(sitting), rows)
    name = slugify(fold(f"bang-diem-{sitting.name}")) or "bang-diem"
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)
