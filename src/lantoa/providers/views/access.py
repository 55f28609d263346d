from django.http import HttpRequest

from lantoa.accounts.asking import user_of
from lantoa.people.permissions import roles_of
from lantoa.people.views.access import KEEPERS, keepers_only, only
from lantoa.providers.permissions import works_for_one

__all__ = ["both_sides", "keepers_only"]


def _on_either_side(request: HttpRequest) -> bool:
    user = user_of(request)
    return bool(KEEPERS & roles_of(user)) or works_for_one(user)


both_sides = only(_on_either_side)
"""Coordinators and administrators, and those who work for a provider."""
