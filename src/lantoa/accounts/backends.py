"""Signing in by phone number, e-mail or personal number, whichever was typed."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from lantoa.accounts.models import User
from lantoa.accounts.queries import user_by_identifier


class IdentifierBackend(BaseBackend):
    def authenticate(
        self,
        request: HttpRequest | None,
        identifier: str | None = None,
        password: str | None = None,
        **credentials: Any,
    ) -> User | None:
        if not identifier or not password:
            return None
        user = user_by_identifier(identifier)
        if user is None:
            make_password(password)  # the same time whether the account exists or not
            return None
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, closed_at__isnull=True).first()
