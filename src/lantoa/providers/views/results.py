"""A batch of results: uploaded, looked at row by row, sent, decided, undone."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lantoa.accounts.asking import user_of
from lantoa.files.rules import FileRefused
from lantoa.jobs.queries import jobs_of
from lantoa.kernel.row_ids import row_id
from lantoa.providers.actions import results as actions
from lantoa.providers.forms import CommentForm, ResultsForm
from lantoa.providers.models import ResultImport, ResultRow
from lantoa.providers.queries import results as queries
from lantoa.providers.queries.assignments import assignment_for
from lantoa.providers.spreadsheets import rows_sheet
from lantoa.providers.views.access import both_sides, keepers_only
from lantoa.providers.views.rows import shown_rows, tabs_of

State = ResultImport.State
PAGE = 50
BUSY = (State.READING, State.APPLYING, State.UNDOING)


@both_sides
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    assignment = assignment_for(user, pk)
    form = ResultsForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            made = actions.receive_file(
                actor=user, assignment=assignment, upload=form.cleaned_data["file"]
            )
        except FileRefused as refused:
            form.add_error("file", refused.message)
        else:
            return redirect("providers:results", made.pk)
    return render(request, "providers/upload.html", {"form": form, "assignment": assignment})


@both_sides
@require_GET
def results(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    of = queries.import_for(user, pk)
    context: dict[str, Any] = {"of": of, "assignment": of.assignment}
    if of.state in BUSY:
        context["job"] = jobs_of(user).filter(pk=of.job_id).first() if of.job_id else None
        return render(request, "providers/busy.html", context)
    if of.state == State.REFUSED:
        context["form"] = ResultsForm()
        return render(request, "providers/upload.html", context)
    counts = queries.counts_of(of)
    state, search = request.GET.get("state", ""), request.GET.get("q", "")[:100]
    page = Paginator(queries.rows_of(of, state, search), PAGE).get_page(request.GET.get("page"))
    decides = queries.waiting_for(user).filter(pk=pk).exists()
    context |= {
        "counts": counts,
        "tabs": tabs_of(counts, state),
        "page": page,
        "rows": shown_rows(of, page.object_list),
        "state": state,
        "q": search,
        "decides": decides,
        "keeps": assignment_for(user, of.assignment_id).can_manage,  # type: ignore[attr-defined]
        "can_send": of.state in (State.READY, State.RETURNED) and counts.to_record > 0,
        "can_mend": of.state in (State.READY, State.RETURNED),
        "comment_form": CommentForm(),
    }
    return render(request, "providers/results.html", context)


@both_sides
@require_GET
def rows_export(request: HttpRequest, pk: int) -> FileResponse:
    of = queries.import_for(user_of(request), pk)
    state = request.GET.get("state", "")
    return rows_sheet(of, queries.rows_of(of, state).iterator(chunk_size=2000))


def _say(request: HttpRequest, step: Any, done: str, **asked: Any) -> None:
    try:
        step(**asked)
    except actions.NotNow as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)


@both_sides
@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    of = queries.import_for(user, pk)
    keeps = assignment_for(user, of.assignment_id).can_manage  # type: ignore[attr-defined]
    done = _("Đã gửi kết quả.")
    _say(request, actions.send, done, actor=user, of=of, decides=keeps)
    return redirect("providers:results", pk)


@both_sides
@require_POST
def choose(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """Whom a doubtful row means."""
    user = user_of(request)
    row: ResultRow = queries.row_for(user, pk, position)
    chosen = row_id(request.POST.get("enrolment", ""))
    done = _("Đã ghi lựa chọn cho %s.") % (row.name or row.place)
    _say(request, actions.choose_person, done, actor=user, row=row, enrolment_id=chosen)
    return redirect(f"{reverse('providers:results', args=[pk])}?state=doubt")


@both_sides
@require_http_methods(["GET", "POST"])
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    of = queries.import_for(user, pk)
    if request.method == "POST":
        _say(request, actions.drop, _("Đã bỏ; không ghi nhận gì."), actor=user, of=of)
        return redirect("providers:assignment", of.assignment_id)
    context = {
        "question": _("Bỏ %s?") % of.name,
        "consequence": _("Không có kết quả nào của tệp này được ghi nhận."),
        "action_label": _("Bỏ tệp này"),
        "back_url": reverse("providers:results", args=[pk]),
        "danger": True,
    }
    return render(request, "web/confirm.html", context)


@keepers_only
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    of = queries.import_decided(user, pk)
    if request.POST.get("decision") == "approve":
        _say(request, actions.approve, _("Đã duyệt."), actor=user, of=of)
        return redirect("providers:results", pk)
    form = CommentForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Hãy ghi cần sửa gì trước khi trả lại."))
    else:
        comment = form.cleaned_data["comment"]
        _say(request, actions.give_back, _("Đã trả lại."), actor=user, of=of, comment=comment)
    return redirect("providers:results", pk)


@keepers_only
@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    of = queries.import_decided(user, pk)
    if request.method == "POST":
        _say(request, actions.start_undoing, _("Đang hoàn tác."), actor=user, of=of)
        return redirect("providers:results", pk)
    context = {
        "question": _("Hoàn tác kết quả %s?") % of.name,
        "consequence": _(
            "Kết quả trở về như trước lần ghi nhận này. Người chỉ hoàn thành nhờ kết quả này không "
            "còn là hoàn thành; giấy chứng nhận đã cấp thì được đánh dấu để xem lại."
        ),
        "action_label": _("Hoàn tác"),
        "back_url": reverse("providers:results", args=[pk]),
        "danger": True,
    }
    return render(request, "web/confirm.html", context)
