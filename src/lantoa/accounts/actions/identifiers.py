"""What an account is known by, when the register that feeds it changes."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.errors import Refused
from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.kernel import bulk


@transaction.atomic
def change_identifiers(
    *,
    user: User,
    actor: User | None,
    display_name: str,
    phone: str,
    email: str,
    personal_number_hash: str | None,
) -> None:
    """Set name, phone, e-mail and personal number. Raises Refused when one is somebody else's, or
    when nothing would be left to sign in by."""
    wanted = {
        "phone": phone or None,
        "email": email.lower() or None,
        "personal_number_hash": personal_number_hash or None,
    }
    if not any(wanted.values()):
        raise Refused(
            _("Cần ít nhất số điện thoại, thư điện tử hoặc số định danh để người này đăng nhập.")
        )
    others = User.objects.exclude(pk=user.pk)
    for field, value in wanted.items():
        if value is not None and others.filter(**{field: value}).exists():
            raise Refused(_TAKEN[field]())
        setattr(user, field, value)
    user.display_name = display_name
    user.save(update_fields=["display_name", *wanted])
    record(actor=actor, action="accounts.change_identifiers", on=user)


@transaction.atomic
def bulk_change_identifiers(
    *, actor: User | None, wanted: Mapping[int, Mapping[str, str | None]]
) -> None:
    """The same for many accounts, from an import: user id -> display_name, phone, email,
    personal_number_hash. The caller has seen to it that none is somebody else's and that each
    keeps one to sign in by. One event."""
    if not wanted:
        return
    columns = ("display_name", "phone", "email", "personal_number_hash")
    bulk.update(User, columns, ([*(one[c] for c in columns), pk] for pk, one in wanted.items()))
    record(
        actor=actor,
        action="accounts.bulk_change_identifiers",
        on=("accounts.user", "batch"),
        data={"users": list(wanted)},
    )


_TAKEN = {
    "phone": lambda: _("Số điện thoại này đang là tên đăng nhập của một người khác."),
    "email": lambda: _("Thư điện tử này đang là tên đăng nhập của một người khác."),
    "personal_number_hash": lambda: _("Số định danh này đang là tên đăng nhập của một người khác."),
}
