import re
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from lantoa.accounts import rules
from lantoa.accounts.models import ActivationCode, Confirmation, SignInFailure, User
from lantoa.kernel import clock
from lantoa.kernel.secrets import keyed_hash

PERSONAL_NUMBER = "personal-number"
ACTIVATION_CODE = "activation-code"
CONFIRMATION = "confirmation"
ATTEMPT = "sign-in-attempt"


def normal_phone(text: str) -> str:
    """Digits with a leading zero: "+84 912.345.678" and "0912345678" are one phone."""
    digits = re.sub(r"\D", "", text)
    if digits.startswith("84") and len(digits) == 11:
        digits = "0" + digits[2:]
    return digits


def personal_number_hash(number: str) -> str:
    return keyed_hash(settings.SECRET_KEY, PERSONAL_NUMBER, number)


def activation_code_hash(code: str) -> str:
    return keyed_hash(settings.SECRET_KEY, ACTIVATION_CODE, code)


def confirmation_hash(confirmation: Confirmation, code: str) -> str:
    return keyed_hash(settings.SECRET_KEY, CONFIRMATION, f"{confirmation.public_id}:{code}")


def user_by_identifier(identifier: str) -> User | None:
    """The account of a phone number, an e-mail address or a 12-digit personal number."""
    typed = identifier.strip()
    if "@" in typed:
        return User.objects.filter(email__iexact=typed).first()
    digits = normal_phone(typed)
    if len(digits) == 12:
        return User.objects.filter(personal_number_hash=personal_number_hash(digits)).first()
    return User.objects.filter(phone=digits).first() if digits else None


def attempt_key(identifier: str, user: User | None) -> str:
    """What failures are counted by: the account, by whichever of its identifiers; else what was
    typed."""
    typed = identifier.strip().lower()
    if "@" not in typed:
        typed = normal_phone(typed) or typed
    what = f"account:{user.pk}" if user else f"typed:{typed}"
    return keyed_hash(settings.SECRET_KEY, ATTEMPT, what)


def second_factor_key(user: User) -> str:
    return keyed_hash(settings.SECRET_KEY, ATTEMPT, f"second-factor:{user.pk}")


def address_hash(address: str) -> str:
    return keyed_hash(settings.SECRET_KEY, ATTEMPT, f"address:{address}") if address else ""


def recent_failures(key: str) -> list[datetime]:
    """Moments of the latest failures that may still matter, newest first."""
    since = clock.now() - 2 * rules.LOCK
    found = SignInFailure.objects.filter(identifier_hash=key, at__gt=since).order_by("-at")
    return list(found.values_list("at", flat=True)[: rules.FAILURES_TO_LOCK])


def address_is_spent(address: str) -> bool:
    """So many failures from one address that it can only be somebody trying lists."""
    if not address:
        return False
    since = clock.now() - rules.LOCK
    failures = SignInFailure.objects.filter(address_hash=address_hash(address), at__gt=since)
    return failures.count() >= rules.ADDRESS_FAILURES


def usable_activation_code(typed: str) -> ActivationCode | None:
    """The code's row if it is right, unused, not withdrawn, not expired, of an open account."""
    code = rules.typed_code(typed)
    if code is None:
        return None
    return open_activation_codes().filter(code_hash=activation_code_hash(code)).first()


def open_activation_codes() -> QuerySet[ActivationCode]:
    return ActivationCode.objects.filter(
        used_at__isnull=True,
        withdrawn_at__isnull=True,
        expires_at__gt=clock.now(),
        user__closed_at__isnull=True,
    ).select_related("user")


def is_administrator(user: User) -> bool:
    """By the predicate that settings name: roles stand above accounts."""
    predicate = import_string(settings.LANTOA_IS_ADMINISTRATOR)
    return bool(predicate(user))


def keeps_system(user: User) -> bool:
    """Is this an administrator of the installation as a whole?"""
    return bool(import_string(settings.LANTOA_KEEPS_SYSTEM)(user))


def needs_second_factor(user: User) -> bool:
    """Must this user have a second factor? In a demo it is only offered."""
    if settings.LANTOA_DEMO:
        return False
    return bool(import_string(settings.LANTOA_NEEDS_SECOND_FACTOR)(user))
