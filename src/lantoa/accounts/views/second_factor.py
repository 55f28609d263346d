"""allauth's pages for the second factor, each change with its audit event in one transaction."""

from typing import Any

from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.db import transaction
from django.http import HttpResponse

from lantoa.accounts.asking import user_of
from lantoa.audit.actions import record


class Activate(ActivateTOTPView):
    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        user = user_of(self.request)
        record(actor=user, action="accounts.add_second_factor", on=user)
        return super().form_valid(form)


class Deactivate(DeactivateTOTPView):
    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        user = user_of(self.request)
        record(actor=user, action="accounts.remove_second_factor", on=user)
        return super().form_valid(form)


class RenewRecoveryCodes(GenerateRecoveryCodesView):
    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        user = user_of(self.request)
        record(actor=user, action="accounts.renew_recovery_codes", on=user)
        return super().form_valid(form)
