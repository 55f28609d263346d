from django.contrib import messages as flash
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lantoa.accounts.asking import user_of
from lantoa.installation.views import tabs
from lantoa.notices.actions import mark_all_read, mark_read, retry_message
from lantoa.notices.models import Message
from lantoa.notices.queries import message_counts, messages_for, notices_of
from lantoa.people.permissions import keeps_system

PER_PAGE = 30


@login_required
@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    own = notices_of(user_of(request))
    context = {
        "page": Paginator(own, PER_PAGE).get_page(request.GET.get("page")),
        "unread": own.filter(read_at__isnull=True).count(),
    }
    return render(request, "notices/notices.html", context)


@login_required
@require_GET
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Read it and go where it leads."""
    notice = get_object_or_404(notices_of(user_of(request)), pk=pk)
    mark_read(notices=[notice], actor=user_of(request))
    safe = url_has_allowed_host_and_scheme(notice.url, {request.get_host()}, request.is_secure())
    return redirect(notice.url if notice.url and safe else "notices:notices")


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    mark_all_read(actor=user_of(request))
    return redirect("notices:notices")


@login_required
@require_GET
def messages(request: HttpRequest) -> HttpResponse:
    """What went out by e-mail and SMS, for administrators; failures first to be seen."""
    if not keeps_system(user_of(request)):
        raise Http404
    state = request.GET.get("state", "")
    found = messages_for(user_of(request))
    if state in Message.State.values:
        found = found.filter(state=state)
    counts = message_counts(user_of(request))
    states = [
        {"label": label, "url": f"?state={key}", "current": state == key, "count": counts[key]}
        for key, label in Message.State.choices
    ]
    everything = {"label": _("Tất cả"), "url": "?", "current": not state, "count": counts["all"]}
    context = {
        "tabs": tabs("messages"),
        "states": [everything, *states],
        "failed": counts[Message.State.FAILED],
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "notices/messages.html", context)


@login_required
@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    message = get_object_or_404(messages_for(user_of(request)), pk=pk)
    if retry_message(message=message, actor=user_of(request)):
        flash.success(request, _("Đang gửi lại."))
    else:
        flash.warning(
            request, _("Không gửi lại được: thư này mang mã đã bị xóa. Người nhận hãy xin mã mới.")
        )
    return redirect("notices:messages")
