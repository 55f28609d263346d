"""What every signed-in request passes: the idle lock, then the second factor."""

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from lantoa.accounts.idle import idle_minutes, is_over, note_activity
from lantoa.accounts.models import User
from lantoa.accounts.queries import needs_second_factor

GetResponse = Callable[[HttpRequest], HttpResponse]

SECOND_FACTOR_SEEN = "accounts.second_factor"
# Where somebody may go who still has to set up the second factor.
OPEN_DOORS = ("/accounts/", "/i18n/", "/static/")


def idle_lock(get_response: GetResponse) -> GetResponse:
    """End a session that nobody has used for a while, and say so politely."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return get_response(request)
        assert isinstance(request.user, User)
        minutes = idle_minutes(request.user)
        if is_over(request.session, minutes):
            logout(request)
            return _locked(request, minutes)
        note_activity(request.session)
        return get_response(request)

    return middleware


def _locked(request: HttpRequest, minutes: int) -> HttpResponse:
    # What was posted can't be taken now; the way back is to the page it was typed on.
    back = request.get_full_path() if request.method == "GET" else _page_before(request)
    url = f"{reverse('accounts:idle')}?{urlencode({'next': back, 'minutes': minutes})}"
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=401)
        response["HX-Redirect"] = url
        return response
    if request.headers.get("Accept", "").startswith("application/json"):
        return HttpResponse(status=401)
    return redirect(url)


def _page_before(request: HttpRequest) -> str:
    here = f"{request.scheme}://{request.get_host()}"
    referer = request.headers.get("Referer", "")
    return referer.removeprefix(here) if referer.startswith(here + "/") else "/"


def second_factor(get_response: GetResponse) -> GetResponse:
    """Whoever must have a second factor and has none yet sets it up before anything else."""

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        if (
            not isinstance(user, User)
            or request.session.get(SECOND_FACTOR_SEEN)
            or request.path.startswith(OPEN_DOORS)
            or not needs_second_factor(user)
        ):
            return get_response(request)
        if Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists():
            request.session[SECOND_FACTOR_SEEN] = True
            return get_response(request)
        return redirect("mfa_activate_totp")

    return middleware
