"""The one-time set-up page: while there is no administrator, whoever holds the printed token makes
the first one."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.password_validation import validate_password
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from lantoa.accounts.forms.passwords import NewPasswordForm
from lantoa.accounts.models import User
from lantoa.accounts.setup import token_is_right, use_token
from lantoa.accounts.views.common import sign_in
from lantoa.home.first_administrator import make_administrator


class SetupForm(NewPasswordForm):
    agency_name = forms.CharField(
        label=gettext_lazy("Tên cơ quan"),
        max_length=200,
        help_text=gettext_lazy("Cơ quan dùng hệ thống này; đổi được về sau."),
    )
    display_name = forms.CharField(
        label=gettext_lazy("Họ và tên của anh/chị"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Thư điện tử của anh/chị"),
        help_text=gettext_lazy("Dùng để đăng nhập và lấy lại mật khẩu."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    field_order = ("agency_name", "display_name", "email", "password", "again")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=User(), **kwargs)

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if User.objects.filter(email=email).exists():
            raise forms.ValidationError(_("Đã có tài khoản dùng địa chỉ này."))
        return email

    def clean_password(self) -> str:
        given = self.cleaned_data
        to_be = User(display_name=given.get("display_name", ""), email=given.get("email"))
        password: str = given["password"]
        validate_password(password, to_be)
        return password


@sensitive_post_parameters("password", "again")
@never_cache
@login_not_required
def setup(request: HttpRequest) -> HttpResponse:
    token = request.GET.get("token", "")
    if not token_is_right(token):
        raise Http404
    form = SetupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not use_token(token):
            raise Http404
        values = {name: form.cleaned_data[name] for name in form.cleaned_data if name != "again"}
        return sign_in(request, make_administrator(**values), "setup")
    return render(request, "home/setup.html", {"form": form})
