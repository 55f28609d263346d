"""What several account views need."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse

from lantoa.accounts.models import User


def address(request: HttpRequest) -> str:
    found: str = get_adapter(request).get_client_ip(request)
    return found


def sign_in(request: HttpRequest, user: User, method: str) -> HttpResponse:
    """Sign in through allauth's stages, so that a second factor is still asked for."""
    record_authentication(request, user, method=method)
    response: HttpResponse = perform_login(request, Login(user=user))
    return response
