"""The register as coordinators keep it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lantoa.accounts.asking import user_of
from lantoa.accounts.models import User
from lantoa.certificates import queries
from lantoa.certificates.actions.issue import issue_certificates
from lantoa.certificates.actions.note_export import note_export
from lantoa.certificates.actions.revoke import reissue_certificate, revoke_certificate
from lantoa.certificates.actions.tell import tell_holder
from lantoa.certificates.forms import ReasonForm
from lantoa.certificates.history import history
from lantoa.certificates.spreadsheets import register_sheet
from lantoa.kernel.row_ids import row_ids
from lantoa.people.permissions import unit_ids_within


def _keeper(request: HttpRequest) -> User:
    """Who keeps the register somewhere; for others it doesn't exist."""
    user = user_of(request)
    if not unit_ids_within(user, queries.Role.COORDINATOR).exists():
        raise Http404
    return user


@login_required
@require_GET
def certificates(request: HttpRequest) -> HttpResponse | FileResponse:
    user = _keeper(request)
    asked, state = request.GET.get("q", ""), request.GET.get("state", "")
    found = queries.search(queries.certificates_within(user), asked, state)
    if request.GET.get("format") == "xlsx":
        note_export(actor=user, count=found.count())
        return register_sheet(found)
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    waiting = queries.awaiting_approval(user)
    context = {"page": page, "q": asked, "state": state, "waiting": waiting.count()}
    return render(request, "certificates/certificates.html", context)


@login_required
@require_GET
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.certificates_within(user_of(request)), pk=pk)
    context = {
        "certificate": found,
        "history": history(found),
        "reissued": queries.reissue_of(found),
    }
    return render(request, "certificates/certificate.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    found = get_object_or_404(
        queries.certificates_within(user).filter(revocation__isnull=True), pk=pk
    )
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if "reissue" in request.POST:
            new = reissue_certificate(certificate=found, reason=reason, actor=user)
            if new is not None:
                tell_holder(certificate=new)
            messages.success(request, _("Đã thu hồi và cấp lại."))
            return redirect("certificates:certificate", (new or found).pk)
        revoke_certificate(certificate=found, reason=reason, actor=user)
        messages.success(request, _("Đã thu hồi giấy chứng nhận."))
        return redirect("certificates:certificate", found.pk)
    return render(request, "certificates/revoke.html", {"certificate": found, "form": form})


@login_required
@require_GET
def approval(request: HttpRequest) -> HttpResponse:
    """Who has completed and waits for a certificate that somebody must approve."""
    waiting = queries.awaiting_approval(_keeper(request))
    page = Paginator(waiting, 200).get_page(request.GET.get("page"))
    return render(request, "certificates/approval.html", {"page": page})


@login_required
@require_POST
def approve(request: HttpRequest) -> HttpResponse:
    user = _keeper(request)
    chosen = row_ids(request.POST.getlist("enrolment"))
    due = queries.awaiting_approval(user).filter(pk__in=chosen).values_list("pk", flat=True)
    issued = issue_certificates(enrolment_ids=list(due), actor=user)
    for new in issued:
        tell_holder(certificate=new)
    messages.success(request, _("Đã cấp %(count)s giấy chứng nhận.") % {"count": len(issued)})
    return redirect("certificates:certificates")
