"""The sign-in form: allauth's flow (so that the second factor follows), our way of checking."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm
from allauth.account.models import Login
from django import forms
from django.utils.translation import gettext_lazy as _

from lantoa.accounts.actions import check_password, check_sign_in
from lantoa.accounts.errors import Refused
from lantoa.accounts.models import User

PASSWORD = _("Mật khẩu")


def password_field(label: Any = PASSWORD, new: bool = False, **options: Any) -> forms.CharField:
    """Never stripped and never shown again; the browser's password keeper knows what it is."""
    complete = "new-password" if new else "current-password"
    widget = forms.PasswordInput(attrs={"autocomplete": complete})
    return forms.CharField(label=label, strip=False, max_length=256, widget=widget, **options)


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {
            "login": forms.CharField(
                label=_("Số điện thoại, thư điện tử hoặc số định danh cá nhân"),
                max_length=254,
                widget=forms.TextInput(
                    attrs={
                        "autocomplete": "username",
                        "autocapitalize": "none",
                        "spellcheck": "false",
                    }
                ),
            ),
            "password": password_field(),
        }

    def user_credentials(self) -> dict[str, str]:
        return {"password": self.cleaned_data["password"]}

    def _clean_with_password(self, credentials: dict[str, str]) -> dict[str, Any]:
        try:
            user = check_sign_in(
                request=self.request,
                identifier=self.cleaned_data["login"],
                password=credentials["password"],
                address=get_adapter().get_client_ip(self.request),
            )
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        self._login = Login(user=user)
        self.user = user
        return self.cleaned_data


class ReauthenticateForm(forms.Form):
    """Before a change that matters: the password once more."""

    password = password_field()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        adapter = get_adapter()
        try:
            address = adapter.get_client_ip(adapter.request)
            check_password(user=self.user, password=password, address=address)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return password
