"""allauth's second-factor forms with our words and a lock-out that survives a restart."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm as AllauthAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as AllauthReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _

from lantoa.accounts.actions import forget_failures, note_failure
from lantoa.accounts.actions.sign_in import refuse_locked
from lantoa.accounts.errors import Refused
from lantoa.accounts.queries import second_factor_key


def code_field(label: Any, **options: Any) -> forms.CharField:
    attributes = {
        "inputmode": "numeric",
        "autocomplete": "one-time-code",
        "class": "lt-code lt-short",
    }
    return forms.CharField(
        label=label, max_length=20, widget=forms.TextInput(attrs=attributes), **options
    )


class CodeMixin:
    user: Any

    def clean_code(self) -> str:
        """Five wrong codes lock for 15 minutes, in every process alike."""
        adapter = get_adapter()
        address = adapter.get_client_ip(adapter.request)
        key = second_factor_key(self.user)
        try:
            refuse_locked(key=key, address=address)
            try:
                code: str = super().clean_code()  # type: ignore[misc]
            except forms.ValidationError:
                note_failure(key=key, address=address)
                raise
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        forget_failures(key=key)
        return code


class AuthenticateForm(CodeMixin, AllauthAuthenticateForm):
    code = code_field(
        _("Mã xác thực"),
        help_text=_("6 chữ số trong ứng dụng xác thực, hoặc một mã dự phòng."),
    )


class ReauthenticateForm(CodeMixin, AllauthReauthenticateForm):
    code = code_field(
        _("Mã xác thực"),
        help_text=_("6 chữ số trong ứng dụng xác thực, hoặc một mã dự phòng."),
    )


class ActivateForm(ActivateTOTPForm):
    code = code_field(_("Mã 6 chữ số mà ứng dụng đang hiện"))
