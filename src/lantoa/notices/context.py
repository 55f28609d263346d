"""The bell in the header."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from lantoa.accounts.models import User
from lantoa.notices.queries import unread_count


def bell(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    if not isinstance(user, User) or not user.is_authenticated:
        return {}
    return {"notices_bell": {"unread": unread_count(user), "url": reverse("notices:notices")}}
