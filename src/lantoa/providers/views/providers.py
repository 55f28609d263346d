"""For coordinators: providers, who works for them, their systems' keys."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods

from lantoa.accounts.asking import user_of
from lantoa.kernel import clock
from lantoa.providers.actions import providers as actions
from lantoa.providers.forms import KEY_DAYS, KeyForm, ProviderForm, StaffForm
from lantoa.providers.queries import assignments as queries
from lantoa.providers.queries.results import waiting_for
from lantoa.providers.views.access import keepers_only


@keepers_only
@require_GET
def providers(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    context = {"rows": queries.providers_managed(user), "waiting": waiting_for(user)}
    return render(request, "providers/providers.html", context)


@keepers_only
@require_http_methods(["GET", "POST"])
def new_provider(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    form = ProviderForm(request.POST or None, user=user)
    if form.is_valid():
        data = dict(form.cleaned_data)
        try:
            made = actions.create_provider(actor=user, unit=data.pop("unit"), fields=data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("providers:provider", made.pk)
    return render(request, "providers/provider_form.html", {"form": form})


@keepers_only
@require_http_methods(["GET", "POST"])
def edit_provider(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    provider = queries.provider_managed(user, pk)
    form = ProviderForm(request.POST or None, user=user, instance=provider)
    if form.is_valid():
        try:
            actions.change_provider(actor=user, provider=provider, fields=form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("providers:provider", pk)
    context = {"form": form, "provider": queries.provider_managed(user, pk)}
    return render(request, "providers/provider_form.html", context)


@keepers_only
@require_GET
def provider(request: HttpRequest, pk: int) -> HttpResponse:
    found = queries.provider_managed(user_of(request), pk)
    rows = [(one, queries.progress_of(one)) for one in queries.assignments_of(found)[:50]]
    context = {
        "provider": found,
        "staff": found.staff.filter(withdrawn_at=None).select_related("user").order_by("since"),
        "keys": found.keys.filter(withdrawn_at=None).order_by("-made_at"),
        "rows": rows,
        "today": clock.today(),
    }
    return render(request, "providers/provider.html", context)


@keepers_only
@require_http_methods(["GET", "POST"])
def end_provider(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    found = queries.provider_managed(user, pk)
    if request.method == "POST":
        if found.ended_at is None:
            actions.end_provider(actor=user, provider=found)
        else:
            actions.resume_provider(actor=user, provider=found)
        return redirect("providers:provider", pk)
    ended = found.ended_at is not None
    context = {
        "question": (_("Hợp tác lại với %s?") if ended else _("Ngừng hợp tác với %s?"))
        % found.name,
        "consequence": _("Người của đơn vị này lại xem được việc được giao.")
        if ended
        else _("Người của đơn vị này không còn xem được gì, khóa của hệ thống họ không dùng được. "
               "Kết quả đã ghi nhận giữ nguyên."),
        "action_label": _("Hợp tác lại") if ended else _("Ngừng hợp tác"),
        "back_url": reverse("providers:provider", args=[pk]),
        "danger": not ended,
    }  # fmt: skip
    return render(request, "web/confirm.html", context)


@keepers_only
@never_cache
@sensitive_variables("code")
@require_http_methods(["GET", "POST"])
def add_staff(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    found = queries.provider_managed(user, pk)
    form = StaffForm(request.POST or None)
    if form.is_valid():
        try:
            made, code = actions.add_staff(actor=user, provider=found, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            context = {"provider": found, "staff": made, "code": code}
            return render(request, "providers/staff_added.html", context)
    return render(request, "providers/staff_form.html", {"form": form, "provider": found})


@keepers_only
@require_http_methods(["GET", "POST"])
def withdraw_staff(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    staff = queries.staff_managed(user, pk)
    if request.method == "POST":
        actions.withdraw_staff(actor=user, staff=staff)
        return redirect("providers:provider", staff.provider_id)
    context = {
        "question": _("Đưa %s ra khỏi danh sách?") % staff.user.display_name,
        "consequence": _("Người này không còn xem được việc giao cho %s.") % staff.provider.name,
        "action_label": _("Đưa ra"),
        "back_url": reverse("providers:provider", args=[staff.provider_id]),
        "danger": True,
    }
    return render(request, "web/confirm.html", context)


@keepers_only
@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "POST"])
def make_key(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    found = queries.provider_managed(user, pk)
    initial = {"expires_on": clock.today() + timedelta(days=KEY_DAYS)}
    form = KeyForm(request.POST or None, initial=initial)
    if form.is_valid():
        key, token = actions.make_key(actor=user, provider=found, **form.cleaned_data)
        context = {"provider": found, "key": key, "token": token}
        return render(request, "providers/key_made.html", context)
    return render(request, "providers/key_form.html", {"form": form, "provider": found})


@keepers_only
@require_http_methods(["GET", "POST"])
def withdraw_key(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    key = queries.key_managed(user, pk)
    if request.method == "POST":
        actions.withdraw_key(actor=user, key=key)
        return redirect("providers:provider", key.provider_id)
    context = {
        "question": _("Thu hồi khóa “%s”?") % key.name,
        "consequence": _("Hệ thống dùng khóa này không gửi được kết quả nữa."),
        "action_label": _("Thu hồi"),
        "back_url": reverse("providers:provider", args=[key.provider_id]),
        "danger": True,
    }
    return render(request, "web/confirm.html", context)
