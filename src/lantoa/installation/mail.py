"""EMAIL_BACKEND: sends as the system page says at that moment."""

import smtplib
import socket
import ssl
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend
from django.utils.translation import gettext as _

from lantoa.installation import outbox
from lantoa.installation.errors import NotSent
from lantoa.installation.models import Installation
from lantoa.installation.queries import this_installation
from lantoa.installation.secrets import opened

SMTP_SECONDS = 20


class InstallationBackend(BaseEmailBackend):
    """Raises NotSent, with a sentence for the administrator, unless `fail_silently`."""

    def __init__(self, fail_silently: bool = False, **options: Any) -> None:
        super().__init__(fail_silently=fail_silently)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        installation = this_installation()
        try:
            return deliver(installation, email_messages)
        except NotSent:
            if not self.fail_silently:
                raise
            return 0


def deliver(installation: Installation, messages: Sequence[EmailMessage]) -> int:
    for message in messages:
        if installation.mail_from and message.from_email == settings.DEFAULT_FROM_EMAIL:
            message.from_email = installation.mail_from
    if installation.mail_transport == Installation.MailTransport.FILE:
        for message in messages:
            outbox.write_mail(message.message())
        return len(messages)
    return _by_smtp(installation, messages)


def _by_smtp(installation: Installation, messages: Sequence[EmailMessage]) -> int:
    implicit = installation.smtp_tls and installation.smtp_port == 465
    backend = SmtpBackend(
        host=installation.smtp_host,
        port=installation.smtp_port,
        username=installation.smtp_user,
        password=opened(installation.smtp_password_encrypted),
        use_tls=installation.smtp_tls and not implicit,
        use_ssl=implicit,
        timeout=SMTP_SECONDS,
        fail_silently=False,
    )
    try:
        return backend.send_messages(list(messages)) or 0
    except smtplib.SMTPRecipientsRefused as error:
        raise NotSent(_("Máy chủ thư không nhận địa chỉ này."), for_good=True) from error
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(_sentence(error)) from error


def _sentence(error: Exception) -> str:
    """Why, without addresses: what a mail server says often repeats them."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return _("Máy chủ thư không nhận tên hoặc mật khẩu này.")
    if isinstance(error, smtplib.SMTPSenderRefused):
        return _("Máy chủ thư không cho gửi từ địa chỉ người gửi này.")
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return _("Máy chủ thư không hỗ trợ cách kết nối này. Hãy thử bật hoặc tắt mã hóa TLS.")
    if isinstance(error, ssl.SSLError):
        return _("Không lập được kết nối mã hóa với máy chủ thư: xem lại cổng và chứng thư của nó.")
    if isinstance(error, socket.gaierror):
        return _("Không tìm thấy máy chủ thư: xem lại tên máy chủ.")
    if isinstance(error, TimeoutError):
        return _("Máy chủ thư không trả lời: xem lại cổng và tường lửa.")
    if isinstance(error, ConnectionRefusedError):
        return _("Máy chủ thư từ chối kết nối: xem lại cổng.")
    return _("Máy chủ thư báo lỗi (%(kind)s).") % {"kind": type(error).__name__}
