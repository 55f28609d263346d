"""The invigilator's console: who is where, live, and what can be done about it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lantoa.accounts.asking import user_of
from lantoa.exams.actions import invigilation
from lantoa.exams.forms.watching import IncidentForm, ReasonForm, TimeForm
from lantoa.exams.models import Candidate, Room, Sitting
from lantoa.exams.permissions import watched_candidates, watched_sittings, watches_all
from lantoa.exams.queries.minutes import happenings
from lantoa.exams.queries.watching import console, counts, questions_in
from lantoa.exams.refusals import Refused
from lantoa.exams.rules.watching import Watch
from lantoa.exams.views.words import STATES
from lantoa.kernel import clock

ATTENTION = (Watch.LOCKED, Watch.OFFLINE, Watch.OVER)
"""Somebody should walk over: these stand first when the page is opened."""


def _sitting(request: HttpRequest, pk: int) -> Sitting:
    found = watched_sittings(request.user).select_related("exam__unit", "exam__blueprint")
    return get_object_or_404(found, pk=pk)


def _candidate(request: HttpRequest, sitting: Sitting, pk: int) -> Candidate:
    mine = watched_candidates(request.user, sitting).select_related("person", "unit", "room")
    return get_object_or_404(mine, pk=pk)


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Sittings that somebody invigilates, those that run first."""
    sittings = list(
        watched_sittings(request.user)
        .filter(prepared_at__isnull=False)
        .select_related("exam__unit")
        .order_by("-opens_at")[:100]
    )
    if not sittings:
        raise Http404
    now = clock.now()
    sittings.sort(key=lambda one: not one.opens_at <= now <= one.closes_at)
    return render(request, "exams/watching/index.html", {"sittings": sittings, "now": now})


@login_required
@never_cache
@require_GET
def live(request: HttpRequest, pk: int) -> HttpResponse:
    sitting = _sitting(request, pk)
    rows = console(watched_candidates(request.user, sitting))
    rows.sort(key=lambda row: row.state not in ATTENTION)
    found = counts(rows)
    context = {
        "sitting": sitting,
        "rows": rows,
        "states": [(state.value, STATES[state], found[state.value]) for state in Watch],
        "words": {state.value: str(label) for state, (label, _colour) in STATES.items()},
        "colours": {state.value: colour for state, (_label, colour) in STATES.items()},
        "questions": questions_in(sitting),
        "now_ms": clock.now_ms(),
        "watches_all": watches_all(request.user, sitting),
        "rooms": _rooms(request, sitting),
        "happenings": happenings(sitting)[:20],
    }
    return render(request, "exams/watching/live.html", context)


def _rooms(request: HttpRequest, sitting: Sitting) -> list[Room]:
    mine = watched_candidates(request.user, sitting)
    return list(Room.objects.filter(candidates__in=mine.values("pk")).distinct().order_by("name"))


@login_required
@never_cache
@require_GET
def feed(request: HttpRequest, pk: int) -> JsonResponse:
    """What changed since the moment the page last heard (ms); all where it names none."""
    sitting = _sitting(request, pk)
    rows = console(watched_candidates(request.user, sitting))
    since = request.GET.get("since", "")
    known = int(since) if since.isdecimal() and len(since) < 16 else 0
    told = {
        "now": clock.now_ms(),
        "paused": sitting.paused_at is not None,
        "counts": counts(rows),
        "rows": [row.told() for row in rows if not known or _news(row, known)],
    }
    return JsonResponse(told)


def _news(row: Any, known: int) -> bool:
    """Heard of since, or in a state that changes by itself."""
    moments = (row.seen, row.submitted)
    settled = row.state in (Watch.ABSENT, Watch.SUBMITTED)
    return not settled or any(moment is not None and moment >= known for moment in moments)


@login_required
@never_cache
def one(request: HttpRequest, pk: int, candidate: int) -> HttpResponse:
    """One candidate: where they stand, and every step that can be taken for them."""
    sitting = _sitting(request, pk)
    shown = _candidate(request, sitting, candidate)
    time, ending, incident = TimeForm(), ReasonForm(prefix="end"), IncidentForm()
    if request.method == "POST":
        step = request.POST.get("step", "")
        bound = {
            "time": TimeForm(request.POST),
            "end": ReasonForm(request.POST, prefix="end"),
            "incident": IncidentForm(request.POST),
        }.get(step)
        if bound is None or bound.is_valid():
            return _step(request, sitting, shown, step, bound.cleaned_data if bound else {})
        time = bound if step == "time" else time  # type: ignore[assignment]
        ending = bound if step == "end" else ending  # type: ignore[assignment]
        incident = bound if step == "incident" else incident  # type: ignore[assignment]
    (row,) = console(Candidate.objects.filter(pk=shown.pk))
    context = {
        "sitting": sitting,
        "candidate": shown,
        "row": row,
        "state": STATES[row.state],
        "questions": questions_in(sitting),
        "time": time,
        "ending": ending,
        "incident": incident,
        "happenings": happenings(sitting, candidate=shown),
    }
    return render(request, "exams/watching/one.html", context)


def _step(
    request: HttpRequest, sitting: Sitting, candidate: Candidate, step: str, data: dict[str, Any]
) -> HttpResponse:
    actor = user_of(request)
    try:
        match step:
            case "unlock":
                invigilation.unlock(actor=actor, candidate=candidate)
                said = _("Đã mở khóa; thí sinh vào lại được.")
            case "move":
                invigilation.allow_move(actor=actor, candidate=candidate)
                said = _("Thí sinh vào được từ máy khác, một lần.")
            case "time":
                invigilation.add_time(actor=actor, sitting=sitting, candidates=[candidate], **data)
                said = _("Đã thêm giờ.")
            case "end":
                invigilation.end_attempt(actor=actor, candidate=candidate, **data)
                said = _("Đã kết thúc bài; những câu đã lưu được chấm.")
            case "incident":
                invigilation.note_incident(
                    actor=actor, sitting=sitting, candidate=candidate, **data
                )
                said = _("Đã ghi vào biên bản.")
            case _:
                raise Http404
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, said)
    return redirect("exams:watch_one", sitting.pk, candidate.pk)


@login_required
def time(request: HttpRequest, pk: int) -> HttpResponse:
    """Minutes more for a room or for everybody."""
    sitting = _sitting(request, pk)
    rooms = _rooms(request, sitting)
    form = TimeForm(request.POST if request.method == "POST" else None)
    asked = request.POST.get("room") or request.GET.get("room") or ""
    room = next((one for one in rooms if str(one.pk) == asked), None)
    if form.is_valid():
        candidates = watched_candidates(request.user, sitting)
        chosen = list(candidates.filter(room=room) if room else candidates)
        try:
            given = invigilation.add_time(
                actor=user_of(request), sitting=sitting, candidates=chosen, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(
                request,
                ngettext("Đã thêm giờ cho %(n)d người.", "Đã thêm giờ cho %(n)d người.", given)
                % {"n": given},
            )
            return redirect("exams:watch", pk)
    context = {"sitting": sitting, "form": form, "rooms": rooms, "room": room}
    return render(request, "exams/watching/time.html", context)


@login_required
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop the whole sitting's clock, or let it go on."""
    sitting = _sitting(request, pk)
    if not watches_all(request.user, sitting):
        raise Http404
    paused = sitting.paused_at is not None
    form = ReasonForm(request.POST if request.method == "POST" and not paused else None)
    if request.method == "POST" and (paused or form.is_valid()):
        try:
            if paused:
                n = invigilation.resume_sitting(actor=user_of(request), sitting=sitting)
                said = _("Ca thi tiếp tục; %(n)d người làm tiếp.")
            else:
                n = invigilation.pause_sitting(
                    actor=user_of(request), sitting=sitting, **form.cleaned_data
                )
                said = _("Ca thi tạm dừng; đồng hồ của %(n)d người đứng lại.")
            messages.success(request, said % {"n": n})
        except Refused as refusal:
            messages.error(request, refusal.sentence)
        return redirect("exams:watch", pk)
    return render(
        request, "exams/watching/pause.html", {"sitting": sitting, "paused": paused, "form": form}
    )


@login_required
def incident(request: HttpRequest, pk: int) -> HttpResponse:
    sitting = _sitting(request, pk)
    rooms = _rooms(request, sitting)
    form = IncidentForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        room = next((one for one in rooms if str(one.pk) == request.POST.get("room")), None)
        invigilation.note_incident(
            actor=user_of(request), sitting=sitting, room=room, **form.cleaned_data
        )
        messages.success(request, _("Đã ghi vào biên bản."))
        return redirect("exams:watch", pk)
    context = {"sitting": sitting, "form": form, "rooms": rooms}
    return render(request, "exams/watching/incident.html", context)
