from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required, login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from lantoa.accounts.actions import ask_password_reset, change_password, reset_password
from lantoa.accounts.asking import user_of
from lantoa.accounts.errors import Refused
from lantoa.accounts.forms.codes import ConfirmationForm
from lantoa.accounts.forms.passwords import AskResetForm, ChangePasswordForm, NewPasswordForm
from lantoa.accounts.models import Confirmation
from lantoa.accounts.views.common import address, sign_in

KEY = "accounts.reset"
Purpose = Confirmation.Purpose


@sensitive_post_parameters()
@never_cache
@login_required
def change(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    form = ChangePasswordForm(request.POST or None, user=user, address=address(request))
    if request.method == "POST" and form.is_valid():
        change_password(
            actor=user,
            password=form.cleaned_data["password"],
            session_key=request.session.session_key,
        )
        update_session_auth_hash(request, user)
        messages.success(request, _("Đã đổi mật khẩu. Các thiết bị khác đã được đăng xuất."))
        return redirect("accounts:account")
    return render(request, "accounts/change_password.html", {"form": form})


@never_cache
@login_not_required
def ask(request: HttpRequest) -> HttpResponse:
    """Forgotten: who are you? The answer is the same whether there is such an account or not."""
    form = AskResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            confirmation = ask_password_reset(identifier=form.cleaned_data["identifier"])
        except Refused as refusal:
            form.add_error("identifier", str(refusal))
        else:
            request.session[KEY] = str(confirmation.public_id)
            return redirect("accounts:reset_code")
    return render(request, "accounts/reset_ask.html", {"form": form})


@never_cache
@login_not_required
def confirm(request: HttpRequest) -> HttpResponse:
    confirmation = _of_session(request)
    if confirmation is None:
        return redirect("account_reset_password")
    form = ConfirmationForm(
        request.POST or None, confirmation=confirmation, address=address(request)
    )
    if request.method == "POST" and form.is_valid():
        return redirect("accounts:reset_password")
    return render(request, "accounts/reset_code.html", {"form": form})


@sensitive_post_parameters("password", "again")
@never_cache
@login_not_required
def choose(request: HttpRequest) -> HttpResponse:
    confirmation = _of_session(request)
    if confirmation is None or confirmation.confirmed_at is None or confirmation.user is None:
        return redirect("account_reset_password")
    form = NewPasswordForm(request.POST or None, user=confirmation.user)
    if request.method == "POST" and form.is_valid():
        try:
            user = reset_password(confirmation=confirmation, password=form.cleaned_data["password"])
        except Refused:
            return redirect("account_reset_password")
        request.session.flush()
        messages.success(request, _("Đã đặt mật khẩu mới. Các thiết bị khác đã được đăng xuất."))
        return sign_in(request, user, "code")
    return render(request, "accounts/reset_password.html", {"form": form})


def _of_session(request: HttpRequest) -> Confirmation | None:
    public_id = request.session.get(KEY)
    if public_id is None:
        return None
    return (
        Confirmation.objects.filter(public_id=public_id, purpose=Purpose.RESET_PASSWORD)
        .select_related("user")
        .first()
    )
