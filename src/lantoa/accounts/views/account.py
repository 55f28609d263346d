"""The account page, language, and the end of an idle session."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required, login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lantoa.accounts.actions import set_language
from lantoa.accounts.asking import user_of
from lantoa.accounts.idle import idle_minutes
from lantoa.accounts.models import User
from lantoa.accounts.queries import needs_second_factor


@never_cache
@login_required
def account(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    context = {
        "has_second_factor": Authenticator.objects.filter(
            user_id=user.pk, type=Authenticator.Type.TOTP
        ).exists(),
        "second_factor_needed": needs_second_factor(user),
        "demo": settings.LANTOA_DEMO,
        "languages": User.Language.choices,
        "export_url": _export_url(),
        "idle_minutes": idle_minutes(user),
    }
    return render(request, "accounts/account.html", context)


@login_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    chosen = request.POST.get("language", "")
    response = redirect("accounts:account")
    if chosen in User.Language.values:
        set_language(actor=user_of(request), language=chosen)
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, max_age=365 * 86400)
    return response


@never_cache
@login_not_required
def idle(request: HttpRequest) -> HttpResponse:
    """The page after a while without anyone there: the session is over, nothing saved is lost."""
    wanted = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    minutes = request.GET.get("minutes", "")
    if request.user.is_authenticated:
        minutes = str(idle_minutes(user_of(request)))
        logout(request)
    context = {
        "next": wanted if safe else "/",
        "minutes": int(minutes) if minutes.isdecimal() and len(minutes) < 4 else None,
    }
    return render(request, "accounts/idle.html", context)


@never_cache
@login_required
@require_POST
def alive(request: HttpRequest) -> HttpResponse:
    """Somebody is reading: the middleware has noted it."""
    return HttpResponse(status=204)


def _export_url() -> str:
    try:
        return reverse("home:export")
    except NoReverseMatch:
        return ""
