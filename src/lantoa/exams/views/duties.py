"""What I was put to do in exams: the way in for markers, council members and invigilators, who need
no role for it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET

from lantoa.accounts.asking import user_of
from lantoa.exams.models import Duty
from lantoa.exams.permissions import EXAMINERS, duties_of
from lantoa.people.permissions import unit_ids_within

DOORS = {
    Duty.Role.MARKER: "exams:marking",
    Duty.Role.COUNCIL: "exams:council",
    Duty.Role.INVIGILATOR: "exams:watch",
}


@login_required
@require_GET
def duties(request: HttpRequest) -> HttpResponse:
    held = (
        duties_of(user_of(request), *Duty.Role.values)
        .select_related("sitting__exam__unit", "room")
        .order_by("-sitting__closes_at", "sitting", "role")
    )
    rows = [(duty, _door(duty)) for duty in held[:200]]
    if not rows and unit_ids_within(request.user, *EXAMINERS).exists():
        return redirect("exams:sittings")
    if not rows:
        raise Http404
    return render(request, "exams/duties.html", {"rows": rows})


def _door(duty: Duty) -> Any:
    try:
        return reverse(DOORS[Duty.Role(duty.role)], args=[duty.sitting_id])
    except NoReverseMatch:
        return ""
