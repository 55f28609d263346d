from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.accounts.actions import check_password
from lantoa.accounts.errors import Refused
from lantoa.accounts.forms.sign_in import password_field
from lantoa.accounts.models import User


class NewPasswordForm(forms.Form):
    """A password chosen twice."""

    password = password_field(
        gettext_lazy("Mật khẩu mới"),
        new=True,
        help_text=gettext_lazy("Ít nhất 8 ký tự. Một câu ngắn dễ nhớ thì tốt hơn một từ khó nhớ."),
    )
    again = password_field(gettext_lazy("Nhập lại mật khẩu mới"), new=True)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        # Only compared with a first one that stood: one reason at a time.
        if "password" in self.cleaned_data and again != self.cleaned_data["password"]:
            raise forms.ValidationError(_("Hai lần nhập chưa giống nhau."))
        return again


class ChangePasswordForm(NewPasswordForm):
    current = password_field(gettext_lazy("Mật khẩu đang dùng"))
    field_order = ("current", "password", "again")

    def __init__(self, *args: Any, user: User, address: str, **kwargs: Any) -> None:
        self.address = address
        super().__init__(*args, user=user, **kwargs)

    def clean_current(self) -> str:
        current: str = self.cleaned_data["current"]
        try:
            check_password(user=self.user, password=current, address=self.address)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return current


class AskResetForm(forms.Form):
    identifier = forms.CharField(
        label=gettext_lazy("Số điện thoại, thư điện tử hoặc số định danh cá nhân"),
        max_length=254,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
