from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lantoa.accounts.actions import end_other_sessions, end_session
from lantoa.accounts.asking import user_of
from lantoa.accounts.devices import device_name
from lantoa.accounts.rules import OPEN_SESSIONS


@never_cache
@login_required
def sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in, this device first."""
    current = request.session.session_key
    rows: list[dict[str, Any]] = [
        {"session": s, "device": device_name(s.user_agent), "current": s.session_key == current}
        for s in UserSession.objects.purge_and_list(user_of(request))
    ]
    rows.sort(key=lambda row: (not row["current"], -row["session"].created_at.timestamp()))
    context = {"rows": rows, "limit": OPEN_SESSIONS}
    return render(request, "accounts/sessions.html", context)


@login_required
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    end_session(session=get_object_or_404(UserSession, pk=pk, user_id=user.pk), actor=user)
    messages.success(request, _("Đã đăng xuất thiết bị đó."))
    return redirect("accounts:sessions")


@login_required
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    end_other_sessions(actor=user_of(request), current=request.session.session_key)
    messages.success(request, _("Đã đăng xuất mọi thiết bị khác."))
    return redirect("accounts:sessions")
