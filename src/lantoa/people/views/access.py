from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase

from lantoa.people.models import RoleGrant
from lantoa.people.permissions import roles_of

View = Callable[..., HttpResponseBase]
KEEPERS = frozenset({RoleGrant.Role.COORDINATOR, RoleGrant.Role.ADMINISTRATOR})


def keepers_only(view: View) -> View:
    """For those who keep the register somewhere; for others the page doesn't exist. Which rows
    they reach is the queries' business."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not roles_of(request.user) & KEEPERS:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
