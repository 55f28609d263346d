"""Keyed hashes and encryption of short personal values, from one master key.

Each purpose has its own derived key (HKDF), so that a hash made for matching personal numbers says
nothing about, say, activation codes.
"""

import base64
import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


@lru_cache(maxsize=32)
def derived_key(master: str, purpose: str) -> bytes:
    hkdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"lantoa/{purpose}".encode())
    return hkdf.derive(master.encode())


def keyed_hash(master: str, purpose: str, value: str) -> str:
    """64 hex digits; equal values give equal hashes under one master key and purpose."""
    return hmac.new(derived_key(master, purpose), value.encode(), hashlib.sha256).hexdigest()


def encrypt(master: str, purpose: str, value: str) -> str:
    key = base64.urlsafe_b64encode(derived_key(master, purpose))
    return Fernet(key).encrypt(value.encode()).decode()


def decrypt(master: str, purpose: str, token: str) -> str:
    """Raises cryptography.fernet.InvalidToken when the key or the text is not the right one."""
    key = base64.urlsafe_b64encode(derived_key(master, purpose))
    return Fernet(key).decrypt(token.encode()).decode()
