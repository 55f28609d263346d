from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.actions import issue_activation_codes
from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.people.actions.open_accounts import Conflict, open_accounts
from lantoa.people.models import Person
from lantoa.people.permissions import beyond_recovery


@dataclass(frozen=True)
class Slip:
    """What is printed for one person. The code is nowhere else."""

    person: Person
    sign_in_by: str
    code: str


@dataclass(frozen=True)
class IssuedCodes:
    slips: list[Slip]
    conflicts: list[Conflict]


@transaction.atomic
def issue_codes(
    *, actor: User | None, persons: Sequence[Person], renew: bool = False
) -> IssuedCodes:
    """Activation codes for people in the actor's reach, with accounts made where there are none;
    people in the order given. Whoever has activated their account already gets a new code only
    with `renew` (lost phone, forgotten password): using it ends the old password.

    Nobody gets a code for an account with a role beyond their own reach: it would be theirs.
    """
    report = open_accounts(actor=actor, persons=persons)
    conflicts = {conflict.person.pk: conflict for conflict in report.conflicts}
    beyond = beyond_recovery(actor, [p.user_id for p in persons if p.user_id is not None])
    ready = []
    for person in persons:
        if reason := _hindrance(person, renew, beyond):
            conflicts.setdefault(person.pk, Conflict(person, reason))
        else:
            ready.append(person)
    users = [person.user for person in ready if person.user is not None]
    codes = issue_activation_codes(users=users, actor=actor) if users else {}
    slips = [
        Slip(person, _sign_in_by(person.user), codes[person.user.pk])
        for person in ready
        if person.user is not None and person.user.pk in codes
    ]
    if slips:
        ids = [slip.person.pk for slip in slips]
        on = ("people.person", str(ids[0]) if len(ids) == 1 else "batch")
        record(actor=actor, action="people.issue_codes", on=on, data={"persons": ids})
    return IssuedCodes(slips, list(conflicts.values()))


def _hindrance(person: Person, renew: bool, beyond: frozenset[int]) -> str:
    if person.left_on is not None:
        return _("Đã thôi việc.")
    if person.user is None:
        return _("Chưa mở được tài khoản.")
    if person.user.closed_at is not None:
        return _("Tài khoản đã đóng.")
    if person.user.pk in beyond:
        return _("Giữ vai trò ngoài phạm vi của anh/chị; hãy nhờ đầu mối cấp trên.")
    if person.user.activated_at is not None and not renew:
        return _("Đã kích hoạt; nếu quên mật khẩu, cấp mã mới ở trang của người này.")
    return ""


def _sign_in_by(user: User) -> str:
    return user.phone or user.email or _("Số định danh cá nhân")
