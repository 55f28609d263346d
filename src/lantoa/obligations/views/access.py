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


def _only(*roles: str) -> Callable[[View], View]:
    held = {*roles, Role.ADMINISTRATOR}

    def decorate(view: View) -> View:
        @wraps(view)
        def asked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if not held & roles_of(user_of(request)):
                raise Http404
            return view(request, *args, **kwargs)

        return login_required(asked)

    return decorate


keepers_only = _only(Role.COORDINATOR)
readers_only = _only(Role.COORDINATOR, Role.LEADER)
