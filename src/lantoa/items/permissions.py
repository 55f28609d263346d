"""Authors write items; examiners also review, approve and retire them and make blueprints."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from lantoa.accounts.models import User
from lantoa.kernel import clock
from lantoa.people.models import RoleGrant, Unit, UnitLink
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


def has_other_examiners(unit_id: int, *, besides: int) -> bool:
    """Whether somebody else who can sign in examines this unit, or one above it. Administrators,
    who reach everything, are not asked to judge questions."""
    above = UnitLink.objects.filter(unit_id=unit_id).values("ancestor_id")
    today = clock.today()
    grants = RoleGrant.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        role=RoleGrant.Role.EXAMINER,
        unit_id__in=above,
        starts_on__lte=today,
        withdrawn_at__isnull=True,
        user__activated_at__isnull=False,
        user__closed_at__isnull=True,
    )
    return grants.exclude(user_id=besides).exists()
