"""Whether a corrected key leaves alone what candidates saw. Pure."""

import re
from typing import Any

_TAG = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"\s+")


def same_shown(one: Any, other: Any) -> bool:
    """Equal but for markup and spaces, which a form's round trip may change."""
    if isinstance(one, str) and isinstance(other, str):
        return _words(one) == _words(other)
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same_shown(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same_shown, one, other))
    return bool(one == other)


def _words(text: str) -> str:
    return _SPACE.sub(" ", _TAG.sub(" ", text)).strip()
