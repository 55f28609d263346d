"""Giving and withdrawing rights."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.kernel import clock
from lantoa.people.models import RoleGrant, Unit
from lantoa.people.permissions import may_grant


class RoleRefused(Exception):
    """Why this role can't be given or withdrawn, for a reader; `field` names what to mend."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


@transaction.atomic
def grant_role(
    *,
    actor: User | None,
    user: User,
    role: str,
    unit: Unit,
    starts_on: date,
    ends_on: date | None = None,
) -> RoleGrant:
    """Let a user act in a role for a unit and everything under it. Only administrators make
    administrators; coordinators give the other roles within their own reach.

    Raises RoleRefused.
    """
    if not may_grant(actor, role, unit):
        raise RoleRefused(_("Anh/chị không giao được vai trò này ở đơn vị này."), "unit")
    if ends_on is not None and ends_on < starts_on:
        raise RoleRefused(_("Ngày hết hạn phải sau ngày bắt đầu."), "ends_on")
    if user.closed_at is not None:
        raise RoleRefused(_("Tài khoản của người này đã đóng."))
    overlapping = RoleGrant.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=starts_on),
        user=user, role=role, unit=unit, withdrawn_at=None,
    )  # fmt: skip
    if ends_on is not None:
        overlapping = overlapping.filter(starts_on__lte=ends_on)
    if overlapping.exists():
        raise RoleRefused(_("Người này đang giữ đúng vai trò ấy trong thời gian này."), "role")
    grant = RoleGrant.objects.create(
        user=user,
        role=role,
        unit=unit,
        starts_on=starts_on,
        ends_on=ends_on,
        granted_at=clock.now(),
        granted_by_id=actor.pk if actor else None,
    )
    _record(actor, "people.grant_role", grant)
    return grant


@transaction.atomic
def withdraw_role(*, actor: User | None, grant: RoleGrant) -> None:
    """End a grant now; the row stays. Raises RoleRefused when the actor could not have given it."""
    if not may_grant(actor, grant.role, grant.unit):
        raise RoleRefused(_("Anh/chị không thu hồi được vai trò này."))
    withdrawn = RoleGrant.objects.filter(pk=grant.pk, withdrawn_at=None).update(
        withdrawn_at=clock.now(), withdrawn_by_id=actor.pk if actor else None
    )
    if withdrawn:
        _record(actor, "people.withdraw_role", grant)


def _record(actor: User | None, action: str, grant: RoleGrant) -> None:
    """On the person whose rights change, so that their history shows it."""
    person = getattr(grant.user, "person", None)
    record(
        actor=actor,
        action=action,
        on=person or grant.user,
        data={"role": grant.role, "unit": grant.unit_id, "grant": grant.pk},
    )
