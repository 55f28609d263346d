from typing import cast

from django.http import HttpRequest

from lantoa.accounts.models import User


def user_of(request: HttpRequest) -> User:
    """Who asks; the view is behind `login_required`."""
    return cast(User, request.user)
