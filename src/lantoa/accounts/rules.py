"""Pure decisions about signing in: codes, lock-out, idle time."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

# Without 0 O 1 I L U: what is read from paper and typed on a phone can't be mistaken.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 10  # 30^10: 49 bits
ACTIVATION_CODE_DAYS = 30

FAILURES_TO_LOCK = 5
LOCK = timedelta(minutes=15)
# Whole agencies sit behind one address: 2.000 people signing in on exam day, one in ten mistyping
# twice, stay far below; a list of stolen passwords tried on every account doesn't.
ADDRESS_FAILURES = 1000

# Guesses are bounded (5 per code, 3 codes per 15 minutes, ADDRESS_FAILURES per address), and eight
# digits make a spray over 25.000 accounts hopeless.
CONFIRMATION_DIGITS = 8
CONFIRMATION_VALID = timedelta(minutes=15)
CONFIRMATION_ATTEMPTS = 5
CONFIRMATIONS_PER_ACCOUNT = 3  # within CONFIRMATION_VALID

# Every sign-in looks at each of the account's open sessions, so they must not pile up; a phone, its
# in-app browsers and some desks within the twelve hours that a session lasts stay far below.
OPEN_SESSIONS = 20


def new_activation_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def shown(code: str) -> str:
    """XXXXX-XXXXX, as it is printed."""
    return f"{code[:5]}-{code[5:]}"


def typed_code(text: str) -> str | None:
    """The code in what somebody typed: any case, spaces and dashes anywhere. None if it is none."""
    plain = "".join(character for character in text.upper() if character.isalnum())
    if len(plain) != CODE_LENGTH or any(character not in ALPHABET for character in plain):
        return None
    return plain


def new_confirmation_code() -> str:
    return f"{secrets.randbelow(10**CONFIRMATION_DIGITS):0{CONFIRMATION_DIGITS}}"


def locked_until(failures: Sequence[datetime], now: datetime) -> datetime | None:
    """When the lock ends, or None. `failures`: moments of failed attempts, newest first.

    Five failures within 15 minutes lock for 15 minutes from the last (security level 3).
    """
    if len(failures) < FAILURES_TO_LOCK:
        return None
    newest, oldest = failures[0], failures[FAILURES_TO_LOCK - 1]
    ends = newest + LOCK
    return ends if newest - oldest <= LOCK and now < ends else None


def attempts_left(failures: Sequence[datetime], now: datetime) -> int:
    """How many more wrong passwords until the lock."""
    return max(0, FAILURES_TO_LOCK - sum(1 for at in failures if now - at <= LOCK))
