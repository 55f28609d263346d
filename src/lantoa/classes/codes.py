"""The secret of a meeting's code: derived from the installation's key, stored nowhere."""

import hashlib
import hmac
from datetime import datetime

from django.conf import settings

from lantoa.classes.models import Meeting
from lantoa.classes.rules import codes
from lantoa.kernel import clock
from lantoa.kernel.secrets import derived_key


def _secret(meeting: Meeting) -> bytes:
    key = derived_key(settings.SECRET_KEY, "class-meeting-code")
    return hmac.new(key, str(meeting.pk).encode(), hashlib.sha256).digest()


def shown_then(meeting: Meeting, given: str, at: datetime) -> bool:
    return codes.matches(_secret(meeting), given, at.timestamp())


def shown_now(meeting: Meeting) -> tuple[str, str, int]:
    """The code, the token of the QR code, and for how many seconds they stay."""
    seconds = clock.now().timestamp()
    step = codes.step_at(seconds)
    left = codes.STEP_SECONDS - int(seconds % codes.STEP_SECONDS)
    secret = _secret(meeting)
    return codes.code(secret, step), codes.token(secret, step), left
