"""Coordinators keep the providers of their units; who works for a provider sees what is assigned to
it. Nobody else sees anything."""

from django.db.models import Q, QuerySet

from lantoa.accounts.models import User
from lantoa.kernel import clock
from lantoa.people.models import RoleGrant, UnitLink
from lantoa.people.permissions import unit_ids_within
from lantoa.providers.models import Assignment, Provider, ProviderStaff


def managed_units(user: User) -> QuerySet[UnitLink, int]:
    return unit_ids_within(user, RoleGrant.Role.COORDINATOR)


def managed(user: User) -> Q:
    """Of providers."""
    return Q(unit_id__in=managed_units(user))


def staffed(user: User) -> QuerySet[ProviderStaff, int]:
    """Ids of the providers that the user works for."""
    held = ProviderStaff.objects.filter(user_id=user.pk, withdrawn_at=None, provider__ended_at=None)
    return held.values_list("provider_id", flat=True)


def standing(*, provider: Provider | None = None) -> QuerySet[Assignment]:
    """Assignments that hold today: what the provider's side may see."""
    held = Assignment.objects.filter(
        withdrawn_at=None, provider__ended_at=None, until__gte=clock.today()
    )
    return held if provider is None else held.filter(provider=provider)


def works_for_one(user: User) -> bool:
    return staffed(user).exists()
