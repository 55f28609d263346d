"""The code on the screen of a meeting: another every 30 seconds (RFC 6238's shape, SHA-256)."""

import hashlib
import hmac
import struct

STEP_SECONDS = 30
DRIFT = 2
"""Steps before and after that are taken too: what was on the screen a minute ago still counts, and
a phone whose clock is off by a minute."""
DIGITS = 6
TOKEN_DIGITS = 20


def step_at(seconds: float) -> int:
    """`seconds` since 1970."""
    return int(seconds // STEP_SECONDS)


def code(secret: bytes, step: int) -> str:
    """Six digits, to type."""
    digest = _digest(secret, step)
    offset = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def token(secret: bytes, step: int) -> str:
    """What the QR code carries: too long to guess."""
    return _digest(secret, step).hex()[:TOKEN_DIGITS]


def matches(secret: bytes, given: str, seconds: float) -> bool:
    """Whether this code or token was on the screen around that moment."""
    now = step_at(seconds)
    shown = token if len(given) == TOKEN_DIGITS else code
    steps = range(now - DRIFT, now + DRIFT + 1)
    return any(hmac.compare_digest(shown(secret, s).encode(), given.encode()) for s in steps)


def _digest(secret: bytes, step: int) -> bytes:
    return hmac.new(secret, struct.pack(">Q", step), hashlib.sha256).digest()
