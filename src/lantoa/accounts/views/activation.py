"""The door for people who were imported: code, name, password."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from lantoa.accounts.actions import activate
from lantoa.accounts.errors import Refused
from lantoa.accounts.forms.codes import ActivationCodeForm
from lantoa.accounts.forms.passwords import NewPasswordForm
from lantoa.accounts.models import ActivationCode
from lantoa.accounts.queries import open_activation_codes
from lantoa.accounts.views.common import address, sign_in

KEY = "accounts.activation"


@sensitive_post_parameters("code")
@never_cache
@login_not_required
def code(request: HttpRequest) -> HttpResponse:
    form = ActivationCodeForm(request.POST or None, address=address(request))
    if request.method == "POST" and form.is_valid():
        found: ActivationCode = form.cleaned_data["code"]
        request.session.cycle_key()
        request.session[KEY] = found.pk
        return redirect("accounts:activate_password")
    return render(request, "accounts/activate.html", {"form": form})


@sensitive_post_parameters("password", "again")
@never_cache
@login_not_required
def password(request: HttpRequest) -> HttpResponse:
    found = open_activation_codes().filter(pk=request.session.get(KEY, 0)).first()
    if found is None:
        return redirect("accounts:activate")
    form = NewPasswordForm(request.POST or None, user=found.user)
    if request.method == "POST" and form.is_valid():
        try:
            user = activate(code=found, password=form.cleaned_data["password"])
        except Refused:
            return redirect("accounts:activate")
        request.session.flush()
        messages.success(request, _("Tài khoản đã sẵn sàng. Chào mừng anh/chị!"))
        return sign_in(request, user, "activation_code")
    context = {"form": form, "user_to_be": found.user}
    return render(request, "accounts/activate_password.html", context)
