"""Pages that are there for some only: for others they don't exist. Which rows somebody reaches is
the queries' business. Domains above guard their pages by the same words."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from lantoa.accounts.asking import user_of
from lantoa.people.models import RoleGrant
from lantoa.people.permissions import roles_of

Role = RoleGrant.Role
View = Callable[..., HttpResponseBase]
KEEPERS = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})


def only(allowed: Callable[[HttpRequest], bool]) -> Callable[[View], View]:
    """A view for whom `allowed` says so, once they have signed in; 404 for everybody else."""

    def decorate(view: View) -> View:
        @wraps(view)
        def asked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if not allowed(request):
                raise Http404
            return view(request, *args, **kwargs)

        return login_required(asked)

    return decorate


def holding(*roles: str) -> Callable[[View], View]:
    """For whoever holds one of these roles somewhere, and for administrators."""
    held = {*roles, Role.ADMINISTRATOR}
    return only(lambda request: bool(held & roles_of(user_of(request))))


keepers_only = holding(Role.COORDINATOR)
"""For those who keep the register somewhere."""
