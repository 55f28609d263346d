from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lantoa.accounts.asking import user_of
from lantoa.exams import actions
from lantoa.exams.models import Attempt, Sitting
from lantoa.exams.queries.attempts import sheet_of
from lantoa.exams.queries.examiners import (
    FILTERS,
    READERS,
    attempts_in,
    examined_attempt,
    log_of,
    sitting_row,
    sittings_within,
)
from lantoa.exams.rules import State
from lantoa.exams.spreadsheets import results_sheet
from lantoa.exams.tasks import submit_expired
from lantoa.exams.views.tabs import sitting_tabs
from lantoa.kernel import clock
from lantoa.people.permissions import unit_ids_within

PER_PAGE = 50
ORDER = (State.OPEN, State.UPCOMING, State.CLOSED)


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    if not unit_ids_within(request.user, *READERS).exists():
        raise Http404
    submit_expired()
    now = clock.now()
    sittings = sittings_within(request.user).order_by("-closes_at", "-id")
    page = Paginator(sittings, PER_PAGE).get_page(request.GET.get("page"))
    rows = sorted(
        (sitting_row(sitting, now) for sitting in page), key=lambda row: ORDER.index(row.state)
    )
    context = {
        "page": page,
        "rows": rows,
        "open": sum(row.state is State.OPEN for row in rows),
        "working": sum(row.working for row in rows),
    }
    return render(request, "exams/sittings.html", context)


def _sitting(request: HttpRequest, pk: int) -> Sitting:
    return get_object_or_404(sittings_within(request.user), pk=pk)


@login_required
@require_GET
def sitting(request: HttpRequest, pk: int) -> HttpResponse:
    submit_expired()
    shown = _sitting(request, pk)
    state, words = request.GET.get("state", ""), request.GET.get("q", "")[:100]
    attempts = attempts_in(shown, state=state, words=words)
    row = sitting_row(shown, clock.now())
    context = {
        "row": row,
        "sitting": shown,
        "tabs": sitting_tabs(shown, "sitting", request.user),
        "page": Paginator(attempts, PER_PAGE).get_page(request.GET.get("page")),
        "state": state if state in FILTERS else "",
        "words": words,
        "states": [
            ("", _("Mọi bài làm")),
            ("working", _("Đang làm")),
            ("passed", _("Đạt")),
            ("failed", _("Chưa đạt")),
        ],
    }
    return render(request, "exams/sitting.html", context)


@login_required
@require_GET
def export(request: HttpRequest, pk: int) -> FileResponse:
    """All attempts of the sitting as .xlsx; that it was taken out is in the audit log."""
    shown = _sitting(request, pk)
    attempts = attempts_in(shown).order_by(
        "candidate__unit__sort_key", "candidate__person__sort_key", "number"
    )
    actions.note_export(actor=user_of(request), sitting=shown, attempts=attempts.count())
    return results_sheet(shown, attempts.iterator(chunk_size=2000))


@login_required
@require_GET
def log(request: HttpRequest, public_id: UUID) -> HttpResponse:
    try:
        attempt = examined_attempt(request.user, public_id)
    except Attempt.DoesNotExist:
        raise Http404 from None
    context = {
        "attempt": attempt,
        "result": getattr(attempt, "result", None),
        "log": log_of(attempt),
        "sheet": sheet_of(attempt),
    }
    return render(request, "exams/log.html", context)
