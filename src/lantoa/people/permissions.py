"""Who may do what, where. Rights reach the unit and everything under it, nothing beside it."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from lantoa.accounts.models import User
from lantoa.kernel import clock
from lantoa.people.models import Person, RoleGrant, Unit, UnitLink

Role = RoleGrant.Role


def current_grants(user: User | AnonymousUser) -> QuerySet[RoleGrant]:
    """The grants that hold today."""
    if not user.is_authenticated or user.pk is None:
        return RoleGrant.objects.none()
    today = clock.today()
    return RoleGrant.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        user_id=user.pk,
        starts_on__lte=today,
        withdrawn_at__isnull=True,
    )


def roles_of(user: User | AnonymousUser) -> frozenset[str]:
    """Names of the roles held today, anywhere. Read once per request and kept on the user."""
    cached: frozenset[str] | None = getattr(user, "_lantoa_roles", None)
    if cached is None:
        cached = frozenset(current_grants(user).values_list("role", flat=True))
        user._lantoa_roles = cached  # type: ignore[union-attr]
    return cached


def unit_ids_within(user: User | AnonymousUser, *roles: str) -> QuerySet[UnitLink, int]:
    """Subquery of the ids of units that the user's grants of any of these roles reach.

    An administrator's grant reaches like every other role's.
    """
    granted = current_grants(user).filter(role__in=[*roles, Role.ADMINISTRATOR]).values("unit_id")
    return UnitLink.objects.filter(ancestor_id__in=granted).values_list("unit_id", flat=True)


def units_within(user: User | AnonymousUser, *roles: str) -> QuerySet[Unit]:
    """Units in reach for these roles, now valid ones only."""
    return Unit.objects.filter(pk__in=unit_ids_within(user, *roles), ended_on__isnull=True)


def persons_within(user: User | AnonymousUser, *roles: str) -> QuerySet[Person]:
    """People of units in reach, those who left included."""
    return Person.objects.filter(unit_id__in=unit_ids_within(user, *roles))


def is_administrator(user: User | AnonymousUser) -> bool:
    """Holds the administrator's role today, for any unit."""
    return Role.ADMINISTRATOR in roles_of(user)


def needs_second_factor(user: User | AnonymousUser) -> bool:
    """Security level 3 asks a second factor of every administrator (domain: law)."""
    return is_administrator(user)
