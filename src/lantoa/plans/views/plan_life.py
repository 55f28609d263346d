"""Writing a plan, issuing it, revising, closing, and reading what it was before."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from lantoa.accounts.asking import user_of
from lantoa.files.rules import FileRefused
from lantoa.kernel.row_ids import row_id
from lantoa.plans.actions import (
    change_plan,
    close_plan,
    copy_quotas,
    create_plan,
    issue_plan,
    reopen_plan,
    revise_plan,
)
from lantoa.plans.models import Plan
from lantoa.plans.permissions import managed_units
from lantoa.plans.plan_form import PlanForm, initial_of
from lantoa.plans.queries.plans import plan_for, plan_managed
from lantoa.plans.queries.versions import version_of
from lantoa.plans.years import next_year


def _tried(form: PlanForm, write: Callable[[], Plan]) -> Plan | None:
    """What was written; None when it was refused, with the reason beside its field. A paper that
    came with what was refused isn't kept."""
    try:
        with transaction.atomic():
            return write()
    except FileRefused as refusal:
        form.add_error("document", refusal.message)
    except ValidationError as error:
        form.add_error(None, error)
    return None


@login_required
@require_http_methods(["GET", "POST"])
def new_plan(request: HttpRequest) -> HttpResponse:
    """`?from=`: a plan of before as the start, a year on."""
    user = user_of(request)
    if not managed_units(user).exists():
        raise Http404
    pk = row_id(request.GET.get("from"))
    source = plan_managed(user, pk) if pk else None
    initial = next_year(initial_of(source)) | {"unit": source.unit} if source else None
    form = PlanForm(
        request.POST or None, request.FILES or None, user=user, source=source, initial=initial
    )
    if form.is_valid():
        unit = form.cleaned_data["unit"]

        def write() -> Plan:
            fields = form.plan_fields(user)
            plan = create_plan(actor=user, unit=unit, fields=fields, made_from=source)
            if source and form.cleaned_data["copy_quotas"] and source.unit_id == plan.unit_id:
                copy_quotas(actor=user, plan=plan, source=source)
            return plan

        if plan := _tried(form, write):
            messages.success(
                request, _("Đã lưu bản thảo. Bước tiếp theo: giao chỉ tiêu rồi ban hành.")
            )
            return redirect("plans:plan", plan.pk)
    context = {"form": form, "source": source}
    return render(request, "plans/plan_form.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit_plan(request: HttpRequest, plan: int) -> HttpResponse:
    """A draft is changed; an issued plan is revised, with a reason."""
    user = user_of(request)
    found = plan_managed(user, plan)
    if found.state == Plan.State.CLOSED:
        raise Http404
    form = PlanForm(
        request.POST or None,
        request.FILES or None,
        user=user,
        plan=found,
        initial=initial_of(found),
    )
    is_draft = found.state == Plan.State.DRAFT
    if form.is_valid():

        def write() -> Plan:
            fields = form.plan_fields(user)
            if is_draft:
                return change_plan(actor=user, plan=found, fields=fields)
            reason = form.cleaned_data["reason"]
            return revise_plan(actor=user, plan=found, fields=fields, reason=reason)

        if _tried(form, write):
            messages.success(
                request, _("Đã lưu kế hoạch.") if is_draft else _("Đã ghi một lần điều chỉnh.")
            )
            return redirect("plans:plan", found.pk)
    return render(request, "plans/plan_form.html", {"form": form, "plan": found})


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=300)


@login_required
@require_http_methods(["GET", "POST"])
def issue(request: HttpRequest, plan: int) -> HttpResponse:
    return _step(
        request,
        plan,
        lambda user, found, _reason: issue_plan(actor=user, plan=found),
        {
            "question": _("Ban hành kế hoạch này?"),
            "consequence": _(
                "Các đơn vị bên dưới sẽ thấy kế hoạch và chỉ tiêu của mình. Từ đây mọi thay đổi là"
                " một lần điều chỉnh có lý do; bản trước vẫn đọc được."
            ),
            "action_label": _("Ban hành"),
        },
        Plan.State.DRAFT,
    )


@login_required
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, plan: int) -> HttpResponse:
    return _step(
        request,
        plan,
        lambda user, found, reason: close_plan(actor=user, plan=found, reason=reason),
        {
            "question": _("Kết thúc kế hoạch này?"),
            "consequence": _(
                "Không giao thêm chỉ tiêu và không mở thêm đợt nữa. Ai đang học vẫn học xong;"
                " số liệu vẫn xem được."
            ),
            "action_label": _("Kết thúc"),
            "danger": True,
        },
        Plan.State.ISSUED,
        asks_why=True,
    )


@login_required
@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, plan: int) -> HttpResponse:
    return _step(
        request,
        plan,
        lambda user, found, reason: reopen_plan(actor=user, plan=found, reason=reason),
        {
            "question": _("Mở lại kế hoạch này?"),
            "consequence": _("Có thể giao chỉ tiêu và mở đợt như trước."),
            "action_label": _("Mở lại"),
        },
        Plan.State.CLOSED,
        asks_why=True,
    )


def _step(
    request: HttpRequest,
    plan: int,
    take: Callable[[Any, Plan, str], Plan],
    words: dict[str, Any],
    state: str,
    *,
    asks_why: bool = False,
) -> HttpResponse:
    user = user_of(request)
    found = plan_managed(user, plan)
    if found.state != state:
        raise Http404
    form = ReasonForm(request.POST or None) if asks_why else None
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            take(user, found, form.cleaned_data["reason"] if form else "")
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Đã ghi."))
        return redirect("plans:plan", found.pk)
    back = reverse("plans:plan", args=[found.pk])
    context = {**words, "form": form or "", "back_url": back}
    status = 422 if form is not None and form.errors else 200
    return render(request, "web/confirm.html", context, status=status)


@login_required
@require_GET
def version(request: HttpRequest, plan: int, number: int) -> HttpResponse:
    """The plan as it stood in one version, and what that changed."""
    found = plan_for(user_of(request), plan)
    shown = version_of(found, number)
    if shown is None:
        raise Http404
    return render(request, "plans/version.html", {"plan": found, "version": shown})
