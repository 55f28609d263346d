"""The token of a device that works on an attempt: which attempt, which turn (epoch), and a MAC. It
is checked without the database; whether the turn is still on is for the attempt's row to say."""

import base64
import binascii
import hmac
from collections.abc import Mapping
from functools import lru_cache
from struct import Struct, error
from uuid import UUID

from django.conf import settings

from lantoa.kernel.secrets import derived_key

COOKIE = "lt_attempt"
AGE = 24 * 3600
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


def places(public_id: UUID | str) -> tuple[tuple[str, str], tuple[str, str]]:
    """The cookies that hold an attempt's token and the addresses that get them: the hot path's, and
    the same for Django's side, which takes files and asks whether this browser is the device."""
    one = UUID(str(public_id))
    return (COOKIE, f"/sit/{one}/"), (f"{COOKIE}_{one.hex[:12]}", f"/exams/attempts/{one}/")


def of_cookies(cookies: Mapping[str, str], public_id: UUID) -> tuple[int, int] | None:
    """Attempt and epoch of the token that a browser shows on Django's side; None: none of this
    attempt's."""
    name, _path = places(public_id)[1]
    token = read(cookies.get(name, ""))
    return (token[1], token[2]) if token is not None and token[0] == str(public_id) else None


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
