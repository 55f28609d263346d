"""A new e-mail address or phone number: typed, then proved by a code sent to it."""

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lantoa.accounts.actions import ask_new_email, ask_new_phone, take_new_contact
from lantoa.accounts.asking import user_of
from lantoa.accounts.errors import Refused
from lantoa.accounts.forms.codes import ConfirmationForm
from lantoa.accounts.forms.contacts import EmailForm, PhoneForm
from lantoa.accounts.models import Confirmation
from lantoa.accounts.views.common import address

KEY = "accounts.contact"
NO_ID = "00000000-0000-0000-0000-000000000000"


@never_cache
@login_required
@reauthentication_required
def email(request: HttpRequest) -> HttpResponse:
    return _ask(request, EmailForm(request.POST or None), "email")


@never_cache
@login_required
@reauthentication_required
def phone(request: HttpRequest) -> HttpResponse:
    return _ask(request, PhoneForm(request.POST or None), "phone")


@never_cache
@login_required
def confirm(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    confirmation = Confirmation.objects.filter(
        public_id=request.session.get(KEY) or NO_ID, user=user, used_at__isnull=True
    ).first()
    if confirmation is None:
        return redirect("accounts:account")
    form = ConfirmationForm(
        request.POST or None, confirmation=confirmation, address=address(request)
    )
    if request.method == "POST" and form.is_valid():
        try:
            take_new_contact(confirmation=confirmation, actor=user)
        except Refused as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(request, _("Đã lưu. Từ nay anh/chị có thể dùng để đăng nhập."))
            return redirect("accounts:account")
    context = {"form": form, "target": confirmation.target}
    return render(request, "accounts/contact_code.html", context)


def _ask(request: HttpRequest, form: forms.Form, kind: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        target = form.cleaned_data["target"]
        try:
            if kind == "email":
                confirmation = ask_new_email(actor=user_of(request), email=target)
            else:
                confirmation = ask_new_phone(actor=user_of(request), phone=target)
        except Refused as refusal:
            form.add_error("target", str(refusal))
        else:
            request.session[KEY] = str(confirmation.public_id)
            return redirect("accounts:contact_code")
    return render(request, "accounts/contact_ask.html", {"form": form, "kind": kind})
