from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from lantoa.accounts.asking import user_of
from lantoa.classes.models import Point, Teaching
from lantoa.people.models import RoleGrant
from lantoa.people.permissions import roles_of

Role = RoleGrant.Role
KEEPERS = {Role.COORDINATOR, Role.ADMINISTRATOR}
View = Callable[..., HttpResponseBase]


def _only(allowed: Callable[[HttpRequest], bool]) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def asked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if not allowed(request):
                raise Http404
            return view(request, *args, **kwargs)

        return login_required(asked)

    return decorate


def keeps_classes(request: HttpRequest) -> bool:
    return bool(KEEPERS & roles_of(user_of(request)))


keepers_only = _only(keeps_classes)
"""Coordinators and administrators; others are told that there is nothing here."""


def _has_classes(request: HttpRequest) -> bool:
    user = user_of(request)
    held = KEEPERS | {Role.LEADER}
    return (
        bool(held & roles_of(user))
        or Teaching.objects.filter(trainer__user=user.pk).exists()
        or Point.objects.filter(keeper=user.pk).exists()
    )


staff_only = _only(_has_classes)
"""Also leaders, trainers and keepers of points."""
