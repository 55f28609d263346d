"""Checking who somebody is, with the lock-out that keeps guessing out."""

from datetime import timedelta

from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lantoa.accounts import rules
from lantoa.accounts.errors import AddressSpent, Locked, Refused
from lantoa.accounts.models import SignInFailure, User
from lantoa.accounts.queries import (
    address_hash,
    address_is_spent,
    attempt_key,
    recent_failures,
    user_by_identifier,
)
from lantoa.kernel import clock

KEPT = timedelta(days=1)


def refuse_locked(*, key: str, address: str) -> None:
    """Raises Locked or AddressSpent."""
    if until := rules.locked_until(recent_failures(key), clock.now()):
        raise Locked(until)
    if address_is_spent(address):
        raise AddressSpent


def note_failure(*, key: str, address: str) -> None:
    """Count one failed attempt, and forget those that no longer count."""
    now = clock.now()
    SignInFailure.objects.create(identifier_hash=key, address_hash=address_hash(address), at=now)
    SignInFailure.objects.filter(at__lt=now - KEPT).delete()
    if until := rules.locked_until(recent_failures(key), now):
        raise Locked(until)


def forget_failures(*, key: str) -> None:
    found = SignInFailure.objects.filter(identifier_hash=key)
    if found.exists():
        found.delete()


def check_sign_in(
    *, request: HttpRequest | None, identifier: str, password: str, address: str
) -> User:
    """The account these credentials open. Raises Refused with the same words, after the same work,
    whether there is such an account or not."""
    key = attempt_key(identifier, user_by_identifier(identifier))
    refuse_locked(key=key, address=address)
    user = authenticate(request, identifier=identifier, password=password)
    if not isinstance(user, User):
        note_failure(key=key, address=address)
        raise Refused(_wrong(rules.attempts_left(recent_failures(key), clock.now())))
    forget_failures(key=key)
    return user


def check_password(*, user: User, password: str, address: str) -> None:
    """Somebody signed in proves again that it is them. Raises Refused."""
    key = attempt_key("", user)
    refuse_locked(key=key, address=address)
    if not user.check_password(password):
        note_failure(key=key, address=address)
        raise Refused(_("Mật khẩu chưa đúng."))
    forget_failures(key=key)


def _wrong(left: int) -> str:
    """The same for every cause; says how often one may still try."""
    sentence = _("Tên đăng nhập hoặc mật khẩu chưa đúng.")
    rest = ngettext(
        "Còn %(left)d lần thử trước khi tạm khóa 15 phút.",
        "Còn %(left)d lần thử trước khi tạm khóa 15 phút.",
        left,
    ) % {"left": left}
    return f"{sentence} {rest}"
