"""Codes of digits sent to an e-mail address or phone."""

import hmac

from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from lantoa.accounts import messenger, rules
from lantoa.accounts.errors import Refused
from lantoa.accounts.models import Confirmation, User
from lantoa.accounts.queries import attempt_key, confirmation_hash, user_by_identifier
from lantoa.audit.actions import record
from lantoa.kernel import clock

Purpose = Confirmation.Purpose


@transaction.atomic
def ask_password_reset(*, identifier: str) -> Confirmation:
    """Send a code to the account's e-mail address, else its phone.

    For an unknown, closed or not yet activated account, or one without either, everything looks
    the same, but nothing is sent.
    """
    found = user_by_identifier(identifier)
    able = found is not None and found.activated_at is not None and found.closed_at is None
    user = found if able else None
    confirmation, code = _new(Purpose.RESET_PASSWORD, user, attempt_key(identifier, found))
    if user is not None:
        with translation.override(user.language):
            _send(user.email, user.phone, _("Mã lấy lại mật khẩu"), code)
    return confirmation


@transaction.atomic
def ask_new_email(*, actor: User, email: str) -> Confirmation:
    """Send a code to the new address; it becomes theirs when the code is typed."""
    return _ask_contact(actor, Purpose.CHANGE_EMAIL, email=email.lower())


@transaction.atomic
def ask_new_phone(*, actor: User, phone: str) -> Confirmation:
    return _ask_contact(actor, Purpose.CHANGE_PHONE, phone=phone)


def check_confirmation(*, confirmation: Confirmation, typed: str) -> None:
    """Raises Refused. Counts every try before it looks, so that no two tries count as one."""
    counted = Confirmation.objects.filter(
        pk=confirmation.pk,
        attempts__lt=rules.CONFIRMATION_ATTEMPTS,
        used_at__isnull=True,
        expires_at__gt=clock.now(),
    ).update(attempts=F("attempts") + 1)
    if not counted:
        raise Refused(_("Mã này không còn dùng được. Hãy xin mã mới."))
    digits = "".join(character for character in typed if character.isdigit())
    right = hmac.compare_digest(confirmation.code_hash, confirmation_hash(confirmation, digits))
    if not right or confirmation.user_id is None:
        raise Refused(_("Mã chưa đúng. Hãy xem lại thư hoặc tin nhắn mới nhất."))
    Confirmation.objects.filter(pk=confirmation.pk).update(confirmed_at=clock.now())
    confirmation.confirmed_at = clock.now()


@transaction.atomic
def take_new_contact(*, confirmation: Confirmation, actor: User) -> None:
    """The new e-mail address or phone becomes the account's. Raises Refused when it has meanwhile
    become somebody else's."""
    email = confirmation.purpose == Purpose.CHANGE_EMAIL
    field = "email" if email else "phone"
    if User.objects.filter(**{field: confirmation.target}).exclude(pk=actor.pk).exists():
        raise Refused(_taken())
    Confirmation.objects.filter(pk=confirmation.pk).update(used_at=clock.now())
    setattr(actor, field, confirmation.target)
    actor.save(update_fields=[field])
    record(actor=actor, action=f"accounts.{confirmation.purpose}", on=actor)


def _ask_contact(
    actor: User, purpose: Confirmation.Purpose, email: str = "", phone: str = ""
) -> Confirmation:
    taken = User.objects.filter(email=email) if email else User.objects.filter(phone=phone)
    if taken.exclude(pk=actor.pk).exists():
        raise Refused(_taken())
    confirmation, code = _new(purpose, actor, attempt_key("", actor), target=email or phone)
    _send(email, phone, _("Mã xác nhận"), code)
    return confirmation


def _new(
    purpose: Confirmation.Purpose, user: User | None, asker: str, target: str = ""
) -> tuple[Confirmation, str]:
    now = clock.now()
    recent = Confirmation.objects.filter(
        asker_hash=asker, issued_at__gt=now - rules.CONFIRMATION_VALID
    )
    if recent.count() >= rules.CONFIRMATIONS_PER_ACCOUNT:
        raise Refused(_("Đã gửi nhiều mã trong 15 phút qua. Hãy chờ rồi xin mã lại."))
    code = rules.new_confirmation_code()
    confirmation = Confirmation(
        user=user,
        purpose=purpose,
        target=target,
        asker_hash=asker,
        issued_at=now,
        expires_at=now + rules.CONFIRMATION_VALID,
    )
    confirmation.code_hash = confirmation_hash(confirmation, code)
    confirmation.save()
    return confirmation, code


def _send(email: str | None, phone: str | None, subject: str, code: str) -> None:
    body = _(
        "%(subject)s của anh/chị là %(code)s. Mã dùng được trong 15 phút. Nếu anh/chị không xin "
        "mã này, hãy bỏ qua; đừng đưa mã cho bất kỳ ai."
    ) % {"subject": subject, "code": code}
    if email:
        messenger.send_email(to=email, subject=f"{subject} – Lan Tỏa", body=body)
    elif phone:
        messenger.send_sms(to=phone, body=f"Lan Tỏa: {body}")


def _taken() -> str:
    return _("Địa chỉ hoặc số này đã thuộc về một tài khoản khác. Hãy liên hệ đầu mối của đơn vị.")
