"""Coordinators write the programmes of their units; who stands below a unit may use them."""

from django.db.models import QuerySet

from lantoa.accounts.models import User
from lantoa.people.models import RoleGrant, UnitLink
from lantoa.people.permissions import unit_ids_within

Role = RoleGrant.Role


def managed_units(user: User) -> QuerySet[UnitLink, int]:
    return unit_ids_within(user, Role.COORDINATOR)


def concerned_units(user: User) -> QuerySet[UnitLink, int]:
    """Units in reach for any role that plans, and the units above them: a ministry's model
    programme is adopted by provinces."""
    reach = unit_ids_within(user, Role.COORDINATOR, Role.LEADER, Role.EXAMINER)
    return UnitLink.objects.filter(unit_id__in=reach).values_list("ancestor_id", flat=True)
