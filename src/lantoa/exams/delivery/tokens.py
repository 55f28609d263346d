"""The token of a device that works on an attempt: which attempt, which turn (epoch), and a MAC. It
is checked without the database; whether the turn is still on is for the attempt's row to say."""

import base64
import binascii
import hmac
from functools import lru_cache
from struct import Struct, error
from uuid import UUID

from django.conf import settings

from lantoa.kernel.secrets import derived_key

COOKIE = "lt_attempt"
_BODY = Struct(">16sQH")
_MAC = 16
_LENGTH = _BODY.size + _MAC


@lru_cache(maxsize=4)
def _key(master: str) -> bytes:
    return derived_key(master, "exam-token")


def _mac(body: bytes) -> bytes:
    return hmac.digest(_key(settings.SECRET_KEY), body, "sha256")[:_MAC]


def issue(public_id: UUID | str, attempt: int, epoch: int) -> str:
    public_id = UUID(str(public_id))
    body = _BODY.pack(public_id.bytes, attempt, epoch)
    return base64.urlsafe_b64encode(body + _mac(body)).decode()


@lru_cache(maxsize=20_000)
def read(token: str) -> tuple[str, int, int] | None:
    """Public id, attempt, epoch; None when it is not one of ours."""
    try:
        raw = base64.b64decode(token, altchars=b"-_", validate=True)
        if len(raw) != _LENGTH or not hmac.compare_digest(_mac(raw[:-_MAC]), raw[-_MAC:]):
            return None
        public_id, attempt, epoch = _BODY.unpack(raw[:-_MAC])
    except (binascii.Error, ValueError, error):
        return None
    return str(UUID(bytes=public_id)), attempt, epoch
