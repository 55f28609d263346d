"""The whole of a class's attendance, and its lists as files."""

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lantoa.accounts.asking import user_of
from lantoa.classes.actions.note_export import note_export
from lantoa.classes.models.attendance import Standing
from lantoa.classes.printing import sign_in_pdf
from lantoa.classes.queries.attendance import attended_by, held_of, standings_of
from lantoa.classes.queries.classes import class_for, meeting_for
from lantoa.classes.queries.members import members_seen
from lantoa.classes.spreadsheets import attendance_sheet
from lantoa.classes.views.access import staff_only
from lantoa.web import formats

PAGE = 100
SIGNS = {"present": "✓", "late": "M", "excused": "P", "absent": "V"}


@staff_only
@require_GET
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    found = class_for(user, pk)
    page = Paginator(members_seen(user, found), PAGE).get_page(request.GET.get("page"))
    ids = [member.pk for member in page.object_list]
    meetings = held_of(found)
    stood, shares = standings_of(meetings, ids), attended_by(found, ids)
    needed = (found.requirement.attendance or 100) if found.requirement else None
    context = {
        "class": found,
        "page": page,
        "meetings": meetings,
        "needed": needed,
        "legend": [(SIGNS[value], label) for value, label in Standing.choices],
        "rows": [
            {
                "member": member,
                "cells": [
                    (SIGNS.get(stood.get(member.pk, {}).get(m.pk, ""), ""), m) for m in meetings
                ],
                "share": shares[member.pk],
                "enough": needed is not None and shares[member.pk].is_enough(needed),
            }
            for member in page.object_list
        ],
    }
    return render(request, "classes/attendance.html", context)


@staff_only
@require_GET
def attendance_export(request: HttpRequest, pk: int) -> FileResponse:
    user = user_of(request)
    found = class_for(user, pk)
    members = list(members_seen(user, found))
    note_export(actor=user, training_class=found, persons=len(members))
    return attendance_sheet(found, members)


@staff_only
@require_GET
def sign_in(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet that people sign at a meeting."""
    user = user_of(request)
    meeting = meeting_for(user, pk)
    found = meeting.training_class
    members = list(members_seen(user, found))
    note_export(actor=user, training_class=found, persons=len(members))
    made = HttpResponse(sign_in_pdf(meeting, members), content_type="application/pdf")
    day = formats.day(meeting.starts_at).replace("/", "-")
    made["Content-Disposition"] = f'attachment; filename="ky-ten-{found.pk}-{day}.pdf"'
    return made
