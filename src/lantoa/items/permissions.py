"""Authors write items; examiners also approve and retire them and make blueprints."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from lantoa.accounts.models import User
from lantoa.people.models import RoleGrant, Unit
from lantoa.people.permissions import current_grants, unit_ids_within

READERS = (RoleGrant.Role.AUTHOR, RoleGrant.Role.EXAMINER)
APPROVERS = (RoleGrant.Role.EXAMINER,)


def may_examine(user: User | AnonymousUser, unit_id: int) -> bool:
    """Whether the user may approve items and change blueprints of this unit."""
    return unit_ids_within(user, *APPROVERS).filter(unit_id=unit_id).exists()


def home_units(user: User | AnonymousUser, *roles: str) -> QuerySet[Unit]:
    """The units named in the user's own grants: what they write, they write for one of these."""
    granted = current_grants(user).filter(role__in=[*roles, RoleGrant.Role.ADMINISTRATOR])
    return Unit.objects.filter(pk__in=granted.values("unit_id")).order_by("sort_key")


def is_reader(user: User | AnonymousUser) -> bool:
    return home_units(user, *READERS).exists()
