"""A meeting's roll: the list that somebody in the room ticks, also without network; the code on the
screen; disputes."""

import json
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lantoa.accounts.asking import user_of
from lantoa.classes.actions.attendance import Statement, mark, new_key
from lantoa.classes.actions.disputes import decide
from lantoa.classes.codes import shown_now
from lantoa.classes.models import Dispute, Mark, Meeting, Member
from lantoa.classes.models.attendance import Standing
from lantoa.classes.queries.attendance import counts_at, roll_of
from lantoa.classes.queries.classes import meeting_marked
from lantoa.classes.queries.points import roll_for
from lantoa.classes.rules.offline import Sent, read_sent
from lantoa.classes.views.access import staff_only
from lantoa.classes.views.qr import qr_svg
from lantoa.files.actions import store_upload
from lantoa.files.rules import DOCUMENTS, IMAGES, FileRefused
from lantoa.kernel import clock
from lantoa.web import formats

MOST_SENT = 500


@staff_only
@require_http_methods(["GET", "POST"])
def roll(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    meeting, found = roll_for(user, pk)
    members = list(found)
    if request.method == "POST":
        try:
            taken = _take_form(request, meeting, members)
        except (ValidationError, FileRefused) as error:
            said = error.messages if isinstance(error, ValidationError) else [str(error)]
            messages.error(request, " ".join(said))
        else:
            words = {"count": formats.number(taken)}
            messages.success(request, _("Đã ghi điểm danh %(count)s người.") % words)
            return redirect("classes:roll", pk)
    rows = roll_of(meeting, members)
    context = {
        "meeting": meeting,
        "class": meeting.training_class,
        "rows": rows,
        "standings": Standing.choices,
        "counts": counts_at([meeting]).get(meeting.pk, {"here": 0, "absent": 0}),
        "unmarked": sum(not row.standing for row in rows),
        "begun": meeting.starts_at <= clock.now(),
    }
    return render(request, "classes/roll.html", context)


def _take_form(request: HttpRequest, meeting: Meeting, members: list[Member]) -> int:
    """What was changed on the page; with a signed sheet, all that is ticked."""
    now = clock.now()
    stood = {row.member.pk: row.standing for row in roll_of(meeting, members)}
    sheet = request.FILES.get("sheet")
    statements = []
    for member in members:
        said = request.POST.get(f"m{member.pk}", "")
        # A signed sheet is evidence for everybody on it, ticked before or not.
        if said in Standing.values and (sheet or said != stood[member.pk]):
            statements.append(Statement(member, said, new_key(), now))
    if not statements:
        raise ValidationError(_("Chưa có gì thay đổi để ghi."))
    user = user_of(request)
    file = store_upload(upload=sheet, allowed=IMAGES | DOCUMENTS, actor=user) if sheet else None
    evidence = Mark.Evidence.SHEET if file else Mark.Evidence.LIST
    taken = mark(actor=user, meeting=meeting, statements=statements, evidence=evidence, file=file)
    return taken.counted


@staff_only
@require_POST
def take_marks(request: HttpRequest, pk: int) -> JsonResponse:
    """From the page's own list, as it is ticked or once the network is back: JSON `{"marks": [{key,
    member, standing, made_ms, offline}]}`. Answers with the keys that are kept for good."""
    user = user_of(request)
    meeting, found = roll_for(user, pk)
    try:
        sent = read_sent(json.loads(request.body or b"null"), most=MOST_SENT)
    except ValueError:
        return JsonResponse({"error": _("Dữ liệu điểm danh không đọc được.")}, status=400)
    members = {m.pk: m for m in found}
    known = [one for one in sent if one.member in members and one.standing in Standing.values]
    try:
        for offline in (False, True):
            _take(user, meeting, [one for one in known if one.offline is offline], members, offline)
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=409)
    counts = counts_at([meeting]).get(meeting.pk, {"here": 0, "absent": 0})
    return JsonResponse({"kept": [one.key for one in sent], **counts})


def _take(
    user: Any, meeting: Meeting, sent: list[Sent], members: dict[int, Member], offline: bool
) -> None:
    evidence = Mark.Evidence.OFFLINE if offline else Mark.Evidence.LIST
    statements = [
        Statement(
            members[one.member],
            one.standing,
            one.key,
            datetime.fromtimestamp(one.made_ms / 1000, UTC),
        )
        for one in sent
    ]
    if statements:
        mark(actor=user, meeting=meeting, statements=statements, evidence=evidence)


@staff_only
@require_GET
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """For the screen in the room: digits and QR code, fetched anew before they change."""
    meeting = meeting_marked(user_of(request), pk)
    digits, token, left = shown_now(meeting)
    here = request.build_absolute_uri(reverse("classes:here", args=[pk]))
    context = {
        "meeting": meeting,
        "class": meeting.training_class,
        "code": f"{digits[:3]} {digits[3:]}",
        "qr": qr_svg(f"{here}?c={token}"),
        "left": left,
        "address": here,
        "counts": counts_at([meeting]).get(meeting.pk, {"here": 0, "absent": 0}),
    }
    part = "classes/code_now.html" if request.headers.get("HX-Request") else "classes/code.html"
    answer = render(request, part, context)
    answer["Cache-Control"] = "no-store"
    return answer


@staff_only
@require_http_methods(["GET", "POST"])
def decide_dispute(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    found = get_object_or_404(
        Dispute.objects.select_related("member__enrolment__person", "meeting"), pk=pk
    )
    found.meeting = meeting_marked(user, found.meeting_id)
    error = ""
    if request.method == "POST":
        standing = request.POST.get("standing", "")
        try:
            decide(
                actor=user,
                found=found,
                standing=standing if standing in Standing.values else "",
                answer=request.POST.get("answer", ""),
            )
        except ValidationError as problem:
            error = " ".join(problem.messages)
        else:
            messages.success(request, _("Đã trả lời; học viên được báo."))
            return redirect("classes:class", found.meeting.training_class_id)
    context = {
        "dispute": found,
        "class": found.meeting.training_class,
        "standings": Standing.choices,
        "error": error,
        "answer": request.POST.get("answer", ""),
        "marks": found.meeting.marks.filter(member=found.member_id).order_by("made_at", "pk"),
    }
    return render(request, "classes/dispute.html", context)
