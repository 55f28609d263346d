"""A bridge: its points, the keeper's phone page, the centre's board, who missed it."""

import json
from datetime import UTC, datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lantoa.accounts.asking import user_of
from lantoa.accounts.models import User
from lantoa.classes.actions import points as actions
from lantoa.classes.actions.note_export import note_export
from lantoa.classes.models import Member, Point, PointEvent, TrainingClass
from lantoa.classes.models.attendance import Standing
from lantoa.classes.queries.attendance import roll_of
from lantoa.classes.queries.classes import class_managed, meeting_for
from lantoa.classes.queries.members import members_of
from lantoa.classes.queries.points import (
    board_of,
    missing_of,
    point_kept,
    point_managed,
    points_of,
)
from lantoa.classes.queries.venues import venues_usable
from lantoa.classes.rules.bridge import Report
from lantoa.classes.rules.offline import read_reports
from lantoa.classes.spreadsheets import missing_sheet
from lantoa.classes.views.access import keepers_only, staff_only
from lantoa.kernel.row_ids import row_ids
from lantoa.kernel.text import fold
from lantoa.people.models import RoleGrant
from lantoa.people.permissions import persons_within
from lantoa.web import formats

FOUND, PAGE, MOST_SENT = 30, 100, 200


@keepers_only
@require_http_methods(["GET", "POST"])
def points(request: HttpRequest, pk: int) -> HttpResponse:
    """Which venues take part."""
    user = user_of(request)
    found = class_managed(user, pk)
    if request.method == "POST":
        try:
            _change_points(request, found)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("classes:points", pk)
    taken = found.points.values("venue")
    context = {
        "class": found,
        "points": list(points_of(found)),
        "venues": venues_usable(user).exclude(pk__in=taken)[:400],
        "unseated": found.members.filter(left_at=None, point=None).count(),
    }
    return render(request, "classes/points.html", context)


def _change_points(request: HttpRequest, found: TrainingClass) -> None:
    user = user_of(request)
    if request.POST.get("step") == "seat":
        seated = actions.seat_at_points(actor=user, training_class=found)
        words = {"count": formats.number(seated)}
        messages.success(request, _("Đã xếp %(count)s người vào điểm cầu của đơn vị.") % words)
        return
    chosen = venues_usable(user).filter(pk__in=row_ids(request.POST.getlist("venue")))
    added = actions.add_points(actor=user, training_class=found, venues=list(chosen))
    messages.success(request, _("Đã thêm %(count)d điểm cầu.") % {"count": added})


@keepers_only
@require_http_methods(["GET", "POST"])
def edit_point(request: HttpRequest, pk: int) -> HttpResponse:
    """Who looks after it; or take it away."""
    user = user_of(request)
    point = point_managed(user, pk)
    within = persons_within(user, RoleGrant.Role.COORDINATOR)
    people = within.filter(left_on=None, user__isnull=False, user__closed_at=None)
    if request.method == "POST":
        if request.POST.get("step") == "remove":
            try:
                actions.remove_point(actor=user, point=point)
            except ValidationError as error:
                messages.error(request, " ".join(error.messages))
            return redirect("classes:points", point.training_class_id)
        wanted = row_ids(request.POST.getlist("person"))[:1]
        chosen = people.filter(pk__in=wanted).first()
        keeper = User.objects.filter(person=chosen).first() if chosen else None
        try:
            actions.set_keeper(actor=user, point=point, keeper=keeper)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Đã ghi người phụ trách điểm cầu."))
        return redirect("classes:points", point.training_class_id)
    search = request.GET.get("q", "")[:100]
    named = people.filter(unit__links_up__ancestor=point.venue.unit_id)
    if search:
        named = people
        for word in fold(search).split()[:6]:
            named = named.filter(search_key__contains=word)
    context = {
        "point": point,
        "class": point.training_class,
        "q": search,
        "found": named.select_related("unit").order_by("sort_key", "pk").distinct()[:FOUND],
    }
    return render(request, "classes/point_form.html", context)


@keepers_only
@require_http_methods(["GET", "POST"])
def member_point(request: HttpRequest, pk: int) -> HttpResponse:
    """Where somebody sits, chosen by hand."""
    user = user_of(request)
    member = get_object_or_404(Member.objects.select_related("enrolment__person"), pk=pk)
    member.training_class = class_managed(user, member.training_class_id)
    points = list(points_of(member.training_class))
    if request.method == "POST":
        wanted = row_ids(request.POST.getlist("point"))
        chosen = next((one for one in points if one.pk in wanted), None)
        try:
            actions.set_point(actor=user, member=member, point=chosen)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Đã đổi điểm cầu."))
        return redirect("classes:class", member.training_class_id)
    context = {"member": member, "class": member.training_class, "points": points}
    return render(request, "classes/member_point.html", context)


@staff_only
@require_GET
def point(request: HttpRequest, pk: int, meeting: int) -> HttpResponse:
    """On the keeper's phone."""
    found, held = point_kept(user_of(request), pk, meeting)
    members = members_of(held.training_class).filter(point=found)
    row = found.standings.filter(meeting=held).first()
    context = {
        "point": found,
        "meeting": held,
        "class": held.training_class,
        "rows": roll_of(held, members),
        "standings": Standing.choices,
        "standing": row,
        "events": row.events.order_by("-made_at", "-pk")[:30] if row else [],
    }
    return render(request, "classes/point.html", context)


@staff_only
@require_POST
def take_reports(request: HttpRequest, pk: int, meeting: int) -> JsonResponse:
    """JSON `{"reports": [{key, kind, number, note, made_ms}]}`: also what waited for network."""
    user = user_of(request)
    found, held = point_kept(user, pk, meeting)
    try:
        sent = read_reports(
            json.loads(request.body or b"null"), kinds=PointEvent.Kind.values, most=MOST_SENT
        )
    except ValueError:
        return JsonResponse({"error": _("Báo cáo không đọc được.")}, status=400)
    reports = [
        Report(
            one.kind, datetime.fromtimestamp(one.made_ms / 1000, UTC), one.number, one.note, one.key
        )
        for one in sent
    ]
    try:
        row = actions.report(actor=user, point=found, meeting=held, reports=reports)
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=409)
    return JsonResponse(
        {
            "kept": [one.key for one in sent],
            "open": row.opened_at is not None and row.closed_at is None,
            "link_up": row.link_up,
            "headcount": row.headcount,
        }
    )


@staff_only
@require_GET
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """All points live; the part alone is fetched every few seconds."""
    meeting = meeting_for(user_of(request), pk)
    if not meeting.training_class.can_mark:  # type: ignore[attr-defined]
        get_object_or_404(Point, training_class=meeting.training_class_id, keeper=user_of(request))
    context = {"meeting": meeting, "class": meeting.training_class, "board": board_of(meeting)}
    part = "classes/board_now.html" if request.headers.get("HX-Request") else "classes/board.html"
    answer = render(request, part, context)
    answer["Cache-Control"] = "no-store"
    return answer


@staff_only
@require_GET
def missing(request: HttpRequest, pk: int) -> HttpResponse:
    meeting, members = missing_of(user_of(request), pk)
    page = Paginator(members, PAGE).get_page(request.GET.get("page"))
    context = {"meeting": meeting, "class": meeting.training_class, "page": page}
    return render(request, "classes/missing.html", context)


@staff_only
@require_GET
def missing_export(request: HttpRequest, pk: int) -> FileResponse:
    user = user_of(request)
    meeting, members = missing_of(user, pk)
    rows = list(members)
    note_export(actor=user, training_class=meeting.training_class, persons=len(rows))
    return missing_sheet(meeting, rows)
