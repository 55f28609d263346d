"""The one-time token that lets the operator, and nobody else, make the first administrator.

`lantoa serve` prints it while there is no administrator; only its keyed hash lies in the data
directory, and each start makes a new one.
"""

import hmac
import os
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string

from lantoa.kernel.ids import new_token
from lantoa.kernel.secrets import keyed_hash

PURPOSE = "setup-token"
FILE = "setup-token"


def is_set_up() -> bool:
    """Has this installation an administrator?"""
    return bool(import_string(settings.LANTOA_ADMINISTRATOR_IDS)())


def pending_setup_token() -> str | None:
    """A new token to print, or None when there is an administrator already."""
    if is_set_up():
        _path().unlink(missing_ok=True)
        return None
    token = new_token(24)
    _write(_hash(token))
    return token


def token_is_right(token: str) -> bool:
    try:
        kept = _path().read_text()
    except OSError:
        return False
    return hmac.compare_digest(kept.encode(), _hash(token).encode()) and not is_set_up()


def use_token(token: str) -> bool:
    """Take the token away; False when it is wrong or somebody was quicker."""
    if not token_is_right(token):
        return False
    try:
        _path().unlink()
    except FileNotFoundError:
        return False
    return True


def _path() -> Path:
    return Path(settings.DATA) / FILE


def _hash(token: str) -> str:
    return keyed_hash(settings.SECRET_KEY, PURPOSE, token)


def _write(text: str) -> None:
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
