"""Who reads and who writes plans: a coordinator acts, a leader reads, each in their units."""

from django.db.models import QuerySet

from lantoa.accounts.models import User
from lantoa.people.models import RoleGrant, UnitLink
from lantoa.people.permissions import unit_ids_within

Role = RoleGrant.Role


def readable_units(user: User) -> QuerySet[UnitLink, int]:
    """Ids of the units whose figures and people the user may see."""
    return unit_ids_within(user, Role.COORDINATOR, Role.LEADER)


def managed_units(user: User) -> QuerySet[UnitLink, int]:
    """Ids of the units in which the user writes plans, quotas and cohorts."""
    return unit_ids_within(user, Role.COORDINATOR)


def above(units: QuerySet[UnitLink, int]) -> QuerySet[UnitLink, int]:
    """Ids of these units and of all they stand under: whose plans concern them."""
    return UnitLink.objects.filter(unit_id__in=units).values_list("ancestor_id", flat=True)
