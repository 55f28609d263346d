from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from lantoa.accounts.asking import user_of
from lantoa.people.models import RoleGrant
from lantoa.people.permissions import roles_of
from lantoa.providers.permissions import works_for_one

KEEPERS = {RoleGrant.Role.COORDINATOR, RoleGrant.Role.ADMINISTRATOR}
View = Callable[..., HttpResponseBase]


def keeps(request: HttpRequest) -> bool:
    return bool(KEEPERS & roles_of(user_of(request)))


def _only(allowed: Callable[[HttpRequest], bool]) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def asked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if not allowed(request):
                raise Http404
            return view(request, *args, **kwargs)

        return login_required(asked)

    return decorate


keepers_only = _only(keeps)
"""Coordinators and administrators; for others there is nothing here."""
both_sides = _only(lambda request: keeps(request) or works_for_one(user_of(request)))
"""Also those who work for a provider."""
