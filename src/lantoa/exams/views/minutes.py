from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from lantoa.accounts.asking import user_of
from lantoa.exams.actions.note_export import note_minutes
from lantoa.exams.minutes import Minutes, as_docx, as_pdf, minutes_of
from lantoa.exams.models import Room, Sitting
from lantoa.exams.permissions import watched_candidates, watched_sittings
from lantoa.exams.queries.minutes import happenings
from lantoa.exams.queries.watching import console

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _asked(request: HttpRequest, pk: int) -> tuple[Sitting, Minutes]:
    found = watched_sittings(request.user).select_related("exam__unit", "exam__blueprint")
    sitting = get_object_or_404(found, pk=pk)
    candidates = watched_candidates(request.user, sitting)
    room = None
    if asked := request.GET.get("room", ""):
        rooms = Room.objects.filter(candidates__in=candidates.values("pk")).distinct()
        room = get_object_or_404(rooms, pk=int(asked) if asked.isdecimal() else 0)
        candidates = candidates.filter(room=room)
    lines = happenings(sitting, room=room)
    note_minutes(actor=user_of(request), sitting=sitting)
    return sitting, minutes_of(sitting, room, console(candidates), lines)


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_required
@require_GET
def docx(request: HttpRequest, pk: int) -> HttpResponse:
    sitting, minutes = _asked(request, pk)
    return _file(as_docx(minutes), DOCX, f"bien-ban-{sitting.pk}.docx")


@login_required
@require_GET
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    sitting, minutes = _asked(request, pk)
    return _file(as_pdf(minutes), "application/pdf", f"bien-ban-{sitting.pk}.pdf")
