"""Authors write items; examiners also approve and retire them and make blueprints."""

from django.contrib.auth.models import AnonymousUser

from lantoa.accounts.models import User
from lantoa.people.models import RoleGrant
from lantoa.people.permissions import unit_ids_within

READERS = (RoleGrant.Role.AUTHOR, RoleGrant.Role.EXAMINER)
APPROVERS = (RoleGrant.Role.EXAMINER,)


def may_examine(user: User | AnonymousUser, unit_id: int) -> bool:
    """Whether the user may approve items and change blueprints of this unit."""
    return unit_ids_within(user, *APPROVERS).filter(unit_id=unit_id).exists()
