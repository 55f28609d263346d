"""Sending a code: how mails and short messages go out is known above, and named by settings."""

from django.conf import settings
from django.utils.module_loading import import_string


def send_email(*, to: str, subject: str, body: str) -> None:
    import_string(settings.LANTOA_SEND_EMAIL)(to=to, subject=subject, body=body, secret=True)


def send_sms(*, to: str, body: str) -> None:
    import_string(settings.LANTOA_SEND_SMS)(to=to, body=body, secret=True)
