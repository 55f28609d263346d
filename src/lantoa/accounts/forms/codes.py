from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.accounts.actions import check_confirmation
from lantoa.accounts.actions.sign_in import note_failure, refuse_locked
from lantoa.accounts.errors import Refused
from lantoa.accounts.models import ActivationCode, Confirmation
from lantoa.accounts.queries import attempt_key, usable_activation_code


class ActivationCodeForm(forms.Form):
    """The code from the paper or message a coordinator gave."""

    code = forms.CharField(
        label=gettext_lazy("Mã kích hoạt"),
        max_length=40,
        help_text=gettext_lazy(
            "10 chữ và số trên giấy hoặc tin nhắn do đầu mối của đơn vị đưa, ví dụ"
            " ABCDE-23456. Viết hoa hay thường đều được."
        ),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "lt-code",
            }
        ),
    )

    def __init__(self, *args: Any, address: str, **kwargs: Any) -> None:
        self.address = address
        super().__init__(*args, **kwargs)

    def clean_code(self) -> ActivationCode:
        # Every wrong code is its own "account": only the address's generous limit counts here, as
        # 49 bits can't be guessed.
        typed: str = self.cleaned_data["code"]
        key = attempt_key(f"activation {typed}", None)
        try:
            refuse_locked(key=key, address=self.address)
            code = usable_activation_code(typed)
            if code is None:
                note_failure(key=key, address=self.address)
                raise Refused(
                    _(
                        "Mã này không dùng được: có thể gõ nhầm, đã dùng rồi hoặc đã quá 30 ngày."
                        " Hãy xem lại, hoặc xin đầu mối của đơn vị mã mới."
                    )
                )
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return code


class ConfirmationForm(forms.Form):
    """The digits just sent by mail or short message."""

    code = forms.CharField(
        label=gettext_lazy("Mã gồm 8 chữ số"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "class": "lt-code lt-short",
            }
        ),
    )

    def __init__(self, *args: Any, confirmation: Confirmation, address: str, **kwargs: Any) -> None:
        self.confirmation = confirmation
        self.address = address
        super().__init__(*args, **kwargs)

    def clean_code(self) -> str:
        typed: str = self.cleaned_data["code"]
        key = attempt_key(f"confirmation {self.confirmation.public_id}", None)
        try:
            refuse_locked(key=key, address=self.address)
            try:
                check_confirmation(confirmation=self.confirmation, typed=typed)
            except Refused:
                note_failure(key=key, address=self.address)
                raise
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return typed
