"""Candidate numbers and access codes. Pure but for the randomness of codes."""

import re
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No letters and digits that look alike on paper."""
LENGTH = 12
"""30^12 is 2^58: enough for a keyed hash without stretching, and 25.000 can enter in a minute."""

_NOISE = re.compile(r"[\s\-–.]+")


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def shown(code: str) -> str:
    """ "ABCD-EFGH-JKMN": as it is printed."""
    return "-".join(code[at : at + 4] for at in range(0, LENGTH, 4))


def regular(typed: str) -> str:
    """As it is hashed: capitals, without what people put between."""
    return _NOISE.sub("", typed).upper()


def regular_number(typed: str) -> str:
    """Candidate numbers are compared without spaces and case."""
    return _NOISE.sub("", typed).upper()
