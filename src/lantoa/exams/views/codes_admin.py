"""Access codes on paper, and lists without them."""

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lantoa.accounts.asking import user_of
from lantoa.exams.actions.access_codes import issue_codes, note_lists
from lantoa.exams.actions.exams import NotNow
from lantoa.exams.models import Candidate, Exam, Sitting
from lantoa.exams.printing import Printed, rooms_pdf
from lantoa.exams.queries.candidates import candidates_of, tally_of
from lantoa.exams.queries.exams import candidates_held
from lantoa.exams.queries.rooms import rooms_of
from lantoa.exams.views.held import examiners_only, held_sitting, sitting_page
from lantoa.kernel.text import fold
from lantoa.web import formats

AT_ONCE = 1_000
"""People on one print: it is made while somebody waits."""


def address_of(request: HttpRequest) -> str:
    """The installation's own address where it is set: what is printed must not hang on a header."""
    return f"{settings.BASE_URL}/sit/" if settings.BASE_URL else request.build_absolute_uri("/sit/")


def _pdf(made: bytes, words: str) -> HttpResponse:
    name = slugify(fold(words)) or "danh-sach"
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


@examiners_only
@never_cache
@require_http_methods(["GET", "POST"])
def codes(request: HttpRequest, pk: int) -> HttpResponse:
    """Who gets codes; the answer to the POST is the print, and the only place where they stand."""
    sitting = held_sitting(request, pk)
    if request.method == "POST":
        return _print(request, sitting)
    context = {
        "tally": tally_of(sitting),
        "rooms": rooms_of(sitting),
        "by_code": sitting.exam.entry == Exam.Entry.CODE,
        "most": AT_ONCE,
        "address": address_of(request),
    }
    return sitting_page(request, "exams/codes.html", sitting, "candidates", context)


def _chosen(sitting: Sitting, which: str) -> QuerySet[Candidate]:
    if which == "all":
        return candidates_of(sitting)
    if which.startswith("room-"):
        return candidates_of(sitting, room=which.removeprefix("room-") or "none")
    return candidates_of(sitting, state="no_code")


def _print(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    chosen = list(_chosen(sitting, request.POST.get("which", ""))[: AT_ONCE + 1])
    if not chosen:
        messages.error(request, _("Không có thí sinh nào cần cấp mã theo cách chọn này."))
        return redirect("exams:codes", sitting.pk)
    if len(chosen) > AT_ONCE:
        said = _("Mỗi lần in nhiều nhất %(most)s người: hãy in theo từng phòng.")
        if request.POST.get("which") != "new":
            messages.error(request, said % {"most": formats.number(AT_ONCE)})
            return redirect("exams:codes", sitting.pk)
        chosen = chosen[:AT_ONCE]
    try:
        issued = issue_codes(actor=user_of(request), sitting=sitting, candidates=chosen)
    except NotNow as refusal:
        messages.error(request, refusal.sentence)
        return redirect("exams:codes", sitting.pk)
    printed = [Printed(one.candidate, one.code) for one in issued]
    made = rooms_pdf(sitting, printed, address=address_of(request), slips="slips" in request.POST)
    return _pdf(made, f"ma-vao-thi-{sitting.pk}")


@examiners_only
@never_cache
@require_POST
def reissue(request: HttpRequest, pk: int) -> HttpResponse:
    """For one candidate, shown once on the page."""
    shown = get_object_or_404(candidates_held(request.user), pk=pk, withdrawn_at=None)
    try:
        (issued,) = issue_codes(actor=user_of(request), sitting=shown.sitting, candidates=[shown])
    except NotNow as refusal:
        messages.error(request, refusal.sentence)
        return redirect("exams:candidate", pk)
    context = {"issued": issued, "candidate": shown, "address": address_of(request)}
    return sitting_page(request, "exams/code.html", shown.sitting, "candidates", context)


@examiners_only
@require_GET
def lists(request: HttpRequest, pk: int) -> HttpResponse:
    """Lists for the doors and for signing, without codes."""
    sitting = held_sitting(request, pk)
    wanted = {"room": request.GET.get("room", "")}
    printed = [Printed(one) for one in candidates_of(sitting, **wanted)[:AT_ONCE]]
    if not printed:
        messages.error(request, _("Chưa có thí sinh nào để in danh sách."))
        return redirect("exams:codes", pk)
    note_lists(actor=user_of(request), sitting=sitting, candidates=len(printed))
    made = rooms_pdf(sitting, printed, address=address_of(request))
    return _pdf(made, f"danh-sach-phong-thi-{sitting.pk}")
