"""Providers, who works for them, and the keys of their systems."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from lantoa.accounts.actions import create_account, issue_activation_codes
from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.kernel import clock
from lantoa.kernel.ids import new_token
from lantoa.people.models import Unit
from lantoa.providers.models import Provider, ProviderKey, ProviderStaff
from lantoa.providers.queries.keys import token_hash

SHOWN_AS = "lt_"


def create_provider(*, actor: User | None, unit: Unit, fields: dict[str, Any]) -> Provider:
    """Raises ValidationError: the unit has one of that name."""
    try:
        with transaction.atomic():
            made = Provider.objects.create(
                unit=unit, created_by_id=actor.pk if actor else None, **fields
            )
            record(actor=actor, action="providers.create_provider", on=made)
    except IntegrityError:
        raise ValidationError({"name": _("Đơn vị này đã có đơn vị đào tạo tên ấy.")}) from None
    return made


def change_provider(*, actor: User | None, provider: Provider, fields: dict[str, Any]) -> None:
    """Raises ValidationError."""
    for name, value in fields.items():
        setattr(provider, name, value)
    try:
        with transaction.atomic():
            provider.save(update_fields=list(fields))
            record(actor=actor, action="providers.change_provider", on=provider)
    except IntegrityError:
        raise ValidationError({"name": _("Đơn vị này đã có đơn vị đào tạo tên ấy.")}) from None


@transaction.atomic
def end_provider(*, actor: User | None, provider: Provider) -> None:
    """Nothing of it is seen from its side any more, and its keys open nothing. What it reported
    stands."""
    ended = Provider.objects.filter(pk=provider.pk, ended_at=None).update(ended_at=clock.now())
    if ended:
        record(actor=actor, action="providers.end_provider", on=provider)


@transaction.atomic
def resume_provider(*, actor: User | None, provider: Provider) -> None:
    if Provider.objects.filter(pk=provider.pk, ended_at__isnull=False).update(ended_at=None):
        record(actor=actor, action="providers.resume_provider", on=provider)


@transaction.atomic
def add_staff(
    *, actor: User | None, provider: Provider, name: str, email: str
) -> tuple[ProviderStaff, str]:
    """Who works for the provider, and the code that lets them in: none when they have an account
    already. Raises ValidationError."""
    user = User.objects.filter(email__iexact=email).first()
    if user is not None and user.closed_at is not None:
        raise ValidationError({"email": _("Tài khoản của địa chỉ này đã đóng.")})
    if user is not None and provider.staff.filter(user=user, withdrawn_at=None).exists():
        raise ValidationError({"email": _("Người này đã có trong danh sách.")})
    code = ""
    if user is None:
        user = create_account(actor=actor, display_name=name[:150], email=email)
        code = issue_activation_codes(users=[user], actor=actor)[user.pk]
    made = ProviderStaff.objects.create(
        provider=provider, user=user, added_by_id=actor.pk if actor else None
    )
    record(actor=actor, action="providers.add_staff", on=provider, data={"user": user.pk})
    return made, code


@transaction.atomic
def withdraw_staff(*, actor: User | None, staff: ProviderStaff) -> None:
    held = ProviderStaff.objects.filter(pk=staff.pk, withdrawn_at=None)
    if held.update(withdrawn_at=clock.now()):
        record(
            actor=actor,
            action="providers.withdraw_staff",
            on=staff.provider,
            data={"user": staff.user_id},
        )


@transaction.atomic
def make_key(
    *, actor: User | None, provider: Provider, name: str, addresses: str, expires_on: date
) -> tuple[ProviderKey, str]:
    """The key and its token, which is shown this once."""
    token = SHOWN_AS + new_token(24)
    made = ProviderKey.objects.create(
        provider=provider,
        name=name,
        addresses=addresses,
        expires_on=expires_on,
        token_hash=token_hash(token),
        made_by_id=actor.pk if actor else None,
    )
    record(actor=actor, action="providers.make_key", on=provider, data={"key": made.pk})
    return made, token


@transaction.atomic
def withdraw_key(*, actor: User | None, key: ProviderKey) -> None:
    if ProviderKey.objects.filter(pk=key.pk, withdrawn_at=None).update(withdrawn_at=clock.now()):
        record(actor=actor, action="providers.withdraw_key", on=key.provider, data={"key": key.pk})


def note_key_used(*, key: ProviderKey) -> None:
    """To the minute: a system that asks often doesn't write often."""
    now = clock.now()
    if key.used_at is None or (now - key.used_at).total_seconds() > 60:
        ProviderKey.objects.filter(pk=key.pk).update(used_at=now)
