"""Making the first administrator: an account, the role for the whole tree, the agency's name."""

from django.db import transaction

from lantoa.accounts.actions import create_account
from lantoa.accounts.models import User
from lantoa.installation.actions import change_agency
from lantoa.kernel import clock
from lantoa.people.actions.grant_role import grant_role
from lantoa.people.models import RoleGrant, Unit


def whole_tree() -> Unit:
    """The unit that everything stands under: the country."""
    return Unit.objects.get(kind=Unit.Kind.COUNTRY, ended_on__isnull=True)


@transaction.atomic
def make_administrator(
    *, display_name: str, email: str, password: str | None, agency_name: str = ""
) -> User:
    """Without a password the account waits for its activation code."""
    user = create_account(actor=None, display_name=display_name, email=email, password=password)
    grant_role(
        actor=None,
        user=user,
        role=RoleGrant.Role.ADMINISTRATOR,
        unit=whole_tree(),
        starts_on=clock.today(),
    )
    if agency_name:
        change_agency(actor=user, agency_name=agency_name)
    return user
