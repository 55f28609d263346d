from django.http import HttpRequest

from lantoa.accounts.asking import user_of
from lantoa.classes.models import Point, Teaching
from lantoa.people.permissions import roles_of
from lantoa.people.views.access import KEEPERS, Role, only


def keeps_classes(request: HttpRequest) -> bool:
    return bool(KEEPERS & roles_of(user_of(request)))


keepers_only = only(keeps_classes)
"""Coordinators and administrators; others are told that there is nothing here."""


def _has_classes(request: HttpRequest) -> bool:
    user = user_of(request)
    held = KEEPERS | {Role.LEADER}
    return (
        bool(held & roles_of(user))
        or Teaching.objects.filter(trainer__user=user.pk).exists()
        or Point.objects.filter(keeper=user.pk).exists()
    )


staff_only = only(_has_classes)
"""Also leaders, trainers and keepers of points."""
