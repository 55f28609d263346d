"""The installation's own secrets, encrypted at rest with the secret key."""

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.utils.translation import gettext as _

from lantoa.installation.errors import NotSent
from lantoa.kernel.secrets import decrypt, encrypt

PURPOSE = "installation"


def sealed(secret: str) -> str:
    return encrypt(settings.SECRET_KEY, PURPOSE, secret) if secret else ""


def opened(token: str) -> str:
    """Raises NotSent when the secret key is no longer the one it was sealed with."""
    if not token:
        return ""
    try:
        return decrypt(settings.SECRET_KEY, PURPOSE, token)
    except InvalidToken as error:
        raise NotSent(
            _("Không mở được mật khẩu đã lưu vì khóa bí mật của hệ thống đã đổi. Hãy nhập lại.")
        ) from error
