"""Who may do what, where. Rights reach the unit and everything under it, nothing beside it."""

from collections.abc import Sequence

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


def keeps_system(user: User | AnonymousUser) -> bool:
    """Is an administrator of everything: of the unit that all others stand under. What concerns the
    installation as a whole (its mail and SMS, who got which message) is theirs alone."""
    cached: bool | None = getattr(user, "_lantoa_keeps_system", None)
    if cached is None:
        cached = is_administrator(user) and _administers_all(user)
        user._lantoa_keeps_system = cached  # type: ignore[union-attr]
    return cached


def _administers_all(user: User | AnonymousUser) -> bool:
    granted = current_grants(user).filter(role=Role.ADMINISTRATOR)
    return granted.filter(unit__parent=None, unit__ended_on=None).exists()


def needs_second_factor(user: User | AnonymousUser) -> bool:
    """Security level 3 asks a second factor of every administrator (domain: law)."""
    return is_administrator(user)


def administrator_ids() -> frozenset[int]:
    """Users who hold the administrator's role today: few, and read at once to check a batch."""
    today = clock.today()
    held = RoleGrant.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        role=Role.ADMINISTRATOR,
        starts_on__lte=today,
        withdrawn_at__isnull=True,
    )
    return frozenset(held.values_list("user_id", flat=True))


def may_grant(actor: User | None, role: str, unit: Unit) -> bool:
    """Only administrators make administrators; coordinators give the other roles within their own
    reach. `None` is the system itself."""
    if actor is None:
        return True
    roles = () if role == Role.ADMINISTRATOR else (Role.COORDINATOR,)
    return unit_ids_within(actor, *roles).filter(unit_id=unit.pk).exists()


def beyond_recovery(actor: User | None, user_ids: Sequence[int]) -> frozenset[int]:
    """Which of these users hold a role, now or later, that the actor could not have given them.
    Whoever lets such a user in anew, or changes what they sign in by, would gain that role."""
    if actor is None or not user_ids:
        return frozenset()
    held = RoleGrant.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=clock.today()),
        user_id__in=user_ids,
        withdrawn_at__isnull=True,
    ).exclude(user_id=actor.pk)
    administered = Q(unit_id__in=unit_ids_within(actor))
    coordinated = Q(unit_id__in=unit_ids_within(actor, Role.COORDINATOR))
    within = administered | (coordinated & ~Q(role=Role.ADMINISTRATOR))
    return frozenset(held.exclude(within).values_list("user_id", flat=True))


def may_recover(actor: User | None, user: User) -> bool:
    """May the actor give this user a new code, or change what they sign in by?"""
    return user.pk not in beyond_recovery(actor, [user.pk])
