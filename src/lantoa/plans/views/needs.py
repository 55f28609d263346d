"""Reviews of needs: opening one, what each unit states, who hasn't, the plan that comes of it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lantoa.accounts.asking import user_of
from lantoa.kernel import clock
from lantoa.people.permissions import roles_of
from lantoa.plans.actions import close_review, open_review, plan_from_needs, state_needs
from lantoa.plans.need_forms import ReviewForm, StatementForm
from lantoa.plans.permissions import managed_units
from lantoa.plans.queries.history import history
from lantoa.plans.queries.needs import ReviewScope, need_table, review_scope, reviews_visible
from lantoa.plans.spreadsheets import needs_sheet
from lantoa.plans.views.plans import READERS


@login_required
@require_GET
def reviews(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    if not roles_of(user) & READERS:
        raise Http404
    context = {
        "reviews": list(reviews_visible(user)),
        "can_make": managed_units(user).exists(),
        "today": clock.today(),
    }
    return render(request, "plans/reviews.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new_review(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    if not managed_units(user).exists():
        raise Http404
    year = clock.today().year + 1
    initial = {"year": year, "title": _("Rà soát nhu cầu đào tạo năm %(year)s") % {"year": year}}
    form = ReviewForm(request.POST or None, user=user, initial=initial)
    if form.is_valid():
        try:
            review = open_review(actor=user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Đã mở đợt rà soát; các đơn vị bên dưới kê khai được."))
            return redirect("plans:review", review.pk)
    return render(request, "plans/review_form.html", {"form": form})


def _review_url(scope: ReviewScope) -> str:
    return reverse("plans:review_unit", args=[scope.review.pk, scope.unit.pk])


@login_required
@require_GET
def review(request: HttpRequest, review: int, unit: int | None = None) -> HttpResponse:
    scope = review_scope(user_of(request), review, unit)
    context = {
        "scope": scope,
        "table": need_table(scope),
        "today": clock.today(),
        "history": history(scope.review) if scope.can_manage else [],
    }
    return render(request, "plans/review.html", context)


@login_required
@require_GET
def review_export(request: HttpRequest, review: int, unit: int) -> FileResponse:
    scope = review_scope(user_of(request), review, unit)
    return needs_sheet(scope, need_table(scope))


@login_required
@require_http_methods(["GET", "POST"])
def statement(request: HttpRequest, review: int, unit: int) -> HttpResponse:
    user = user_of(request)
    scope = review_scope(user, review, unit)
    if not scope.can_state:
        raise Http404
    table = need_table(scope)
    note = table.own.note if table.own else ""
    form = StatementForm(
        request.POST if request.method == "POST" else None,
        programmes=scope.programmes,
        needs=table.needs,
        note=note,
    )
    if form.is_valid():
        try:
            state_needs(
                actor=user,
                review=scope.review,
                unit=scope.unit,
                counts=form.counts(),
                note=form.cleaned_data["note"],
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Đã ghi nhu cầu của đơn vị."))
            return redirect(_review_url(scope))
    context = {"scope": scope, "form": form, "back": _review_url(scope)}
    return render(request, "plans/statement.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, review: int) -> HttpResponse:
    words = {
        "question": _("Khép lại đợt rà soát này?"),
        "consequence": _("Các đơn vị không kê khai thêm hoặc sửa được nữa; số liệu vẫn xem được."),
        "action_label": _("Khép lại"),
    }
    return _step(request, review, words)


@login_required
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, review: int) -> HttpResponse:
    words = {
        "question": _("Lập bản thảo kế hoạch từ nhu cầu?"),
        "consequence": _(
            "Một bản thảo được lập với chỉ tiêu đề xuất bằng nhu cầu của từng đơn vị, cộng lên"
            " trên. Anh/chị sửa rồi mới ban hành."
        ),
        "action_label": _("Lập bản thảo"),
    }
    return _step(request, review, words, plans=True)


def _step(
    request: HttpRequest, pk: int, words: dict[str, Any], *, plans: bool = False
) -> HttpResponse:
    """`plans`: a plan is drafted; else the review is closed."""
    user = user_of(request)
    scope = review_scope(user, pk, None)
    if not scope.can_manage:
        raise Http404
    back = reverse("plans:review", args=[pk])
    if request.method == "GET":
        return render(request, "web/confirm.html", {**words, "form": "", "back_url": back})
    try:
        if plans:
            plan = plan_from_needs(actor=user, review=scope.review)
            messages.success(request, _("Đã lập bản thảo. Xem lại chỉ tiêu rồi ban hành."))
            return redirect("plans:plan", plan.pk)
        close_review(actor=user, review=scope.review)
        messages.success(request, _("Đã khép lại đợt rà soát."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(back)
