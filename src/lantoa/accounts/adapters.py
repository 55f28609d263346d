"""Where allauth asks us: who may come in, in what words, how secrets are kept."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from lantoa.accounts.actions.sessions import make_room
from lantoa.accounts.models import User
from lantoa.accounts.queries import needs_second_factor
from lantoa.kernel.secrets import decrypt, encrypt

SECOND_FACTOR = "second-factor"
FRESH_SECONDS = 300

# What allauth says after a change, in our words; anything else it would say is left out.
MESSAGES = {
    "mfa/messages/totp_activated.txt": _("Đã bật xác thực hai lớp."),
    "mfa/messages/totp_deactivated.txt": _("Đã tắt xác thực hai lớp."),
    "mfa/messages/recovery_codes_generated.txt": _("Đã tạo bộ mã dự phòng mới."),
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": _("Nhập sai quá nhiều lần. Hãy chờ 15 phút rồi thử lại."),
        "rate_limited": _("Thao tác quá nhanh. Hãy chờ một phút rồi thử lại."),
        "incorrect_code": _("Mã chưa đúng. Hãy nhập mã mà ứng dụng đang hiện."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        try:
            return str(super().get_client_ip(request))
        except PermissionDenied:
            return "0.0.0.0"  # noqa: S104  behind a socket there is no address; nobody binds to it

    def is_reauthentication_required(self, *, app: str, **options: Any) -> bool:
        """Whoever signed in within the last five minutes need not prove it again."""
        records = get_authentication_records(self.request, self.request.user)
        recent = max((float(record["at"]) for record in records), default=0.0)
        return time.time() - recent >= FRESH_SECONDS

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        if words := message or MESSAGES.get(message_template or ""):
            messages.add_message(request, level, words, extra_tags=extra_tags)

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        if isinstance(user, User):
            make_room(user=user)
        super().login(request, user)

    def post_login(
        self, request: HttpRequest, user: AbstractBaseUser, **options: Any
    ) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **options)
        if isinstance(user, User):
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                user.language,
                max_age=365 * 86400,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
        return response


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "Mã chưa đúng. Hãy nhập mã mà ứng dụng đang hiện và xem giờ trên điện thoại có đúng"
            " không."
        ),
        "cannot_delete_authenticator": _(
            "Quản trị hệ thống phải dùng xác thực hai lớp nên không tắt được."
        ),
    }

    def get_totp_issuer(self) -> str:
        return "Lan Tỏa"

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        return str(user)

    def encrypt(self, text: str) -> str:
        return encrypt(settings.SECRET_KEY, SECOND_FACTOR, text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(settings.SECRET_KEY, SECOND_FACTOR, encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not needs_second_factor(authenticator.user)
