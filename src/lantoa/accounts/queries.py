import re

from django.conf import settings

from lantoa.accounts.models import User
from lantoa.kernel.secrets import keyed_hash

PERSONAL_NUMBER = "personal-number"


def normal_phone(text: str) -> str:
    """Digits with a leading zero: "+84 912.345.678" and "0912345678" are one phone."""
    digits = re.sub(r"\D", "", text)
    if digits.startswith("84") and len(digits) == 11:
        digits = "0" + digits[2:]
    return digits


def personal_number_hash(number: str) -> str:
    return keyed_hash(settings.SECRET_KEY, PERSONAL_NUMBER, number)


def user_by_identifier(identifier: str) -> User | None:
    """The account of a phone number, an e-mail address or a 12-digit personal number."""
    typed = identifier.strip()
    if "@" in typed:
        return User.objects.filter(email__iexact=typed).first()
    digits = normal_phone(typed)
    if len(digits) == 12:
        return User.objects.filter(personal_number_hash=personal_number_hash(digits)).first()
    return User.objects.filter(phone=digits).first() if digits else None
