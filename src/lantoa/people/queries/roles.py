"""Role grants in a coordinator's reach."""

from django.db.models import Q, QuerySet
from django.http import Http404

from lantoa.accounts.models import User
from lantoa.kernel import clock
from lantoa.kernel.text import fold
from lantoa.people.models import RoleGrant
from lantoa.people.permissions import unit_ids_within

COORDINATOR = RoleGrant.Role.COORDINATOR


def grants_for(user: User) -> QuerySet[RoleGrant]:
    """Every grant, past ones too, for a unit in the user's reach."""
    return RoleGrant.objects.filter(unit_id__in=unit_ids_within(user, COORDINATOR)).select_related(
        "unit", "user__person__unit"
    )


def holding(grants: QuerySet[RoleGrant], *, now: bool) -> QuerySet[RoleGrant]:
    """Those that hold now or will, or those that are over."""
    over = Q(withdrawn_at__isnull=False) | Q(ends_on__lt=clock.today())
    return grants.exclude(over) if now else grants.filter(over)


def narrowed(grants: QuerySet[RoleGrant], *, role: str, text: str) -> QuerySet[RoleGrant]:
    if role:
        grants = grants.filter(role=role)
    if key := fold(text):
        grants = grants.filter(
            Q(user__person__search_key__contains=key) | Q(unit__search_key__contains=key)
        )
    return grants


def grant_for(user: User, pk: int) -> RoleGrant:
    """A grant that has not been withdrawn, in reach. Raises Http404."""
    grant = grants_for(user).filter(pk=pk, withdrawn_at=None).first()
    if grant is None:
        raise Http404
    return grant
