"""A meeting online: a member's door and open page; who is in, for whoever runs the class."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lantoa.accounts.asking import user_of
from lantoa.accounts.idle import hold
from lantoa.accounts.queries import is_administrator
from lantoa.classes.actions import online as actions
from lantoa.classes.actions.rooms import USER, server
from lantoa.classes.forms import LinkForm
from lantoa.classes.models import Meeting, Member, Presence
from lantoa.classes.queries.classes import meeting_marked
from lantoa.classes.queries.members import members_of
from lantoa.classes.queries.mine import own_member
from lantoa.classes.queries.online import attendees, own_presence, room_of, room_open
from lantoa.classes.rules import online as rules
from lantoa.classes.views.access import staff_only
from lantoa.installation.errors import ConferenceFailed
from lantoa.kernel import clock
from lantoa.web import formats
from lantoa.web.limits import allowed

MOST_SHOWN = 300
HELD = timedelta(minutes=5)
PULSES, ENTRIES, WINDOW = 40, 30, 600
"""A page tells once a minute; somebody with several pages, reloading them, tells more often."""


def own_meeting(request: HttpRequest, pk: int) -> tuple[Meeting, Member]:
    """An online meeting of one's own class. Raises Http404."""
    meeting = get_object_or_404(
        Meeting.objects.select_related("training_class", "venue").prefetch_related(
            "teachings__trainer"
        ),
        pk=pk,
        cancelled_at=None,
    )
    member = own_member(user_of(request), meeting)
    if not meeting.is_online:
        raise Http404
    return meeting, member


@login_required
@never_cache
@require_GET
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """When the door opens; going in; and, while it stays open, being there."""
    meeting, member = own_meeting(request, pk)
    now = clock.now()
    entry, found = own_presence(meeting, member)
    stands = Presence.objects.filter(meeting=meeting, member=member).first()
    context = {
        "meeting": meeting,
        "class": meeting.training_class,
        "opens_at": meeting.starts_at - rules.OPENS_BEFORE,
        "now": now,
        "early": now < meeting.starts_at - rules.OPENS_BEFORE,
        "over": now > meeting.ends_at or not meeting.training_class.is_open,
        "begun": now >= meeting.starts_at,
        "entry": entry,
        "seen": found,
        "stands": stands,
        "room": room_open(meeting),
        "room_past": room_of(meeting),
    }
    if not context["early"] and not context["over"]:
        _stay_signed_in(request)
    return render(request, "classes/join.html", context)


def _stay_signed_in(request: HttpRequest) -> None:
    """Who listens touches nothing for hours. The page stays unlocked as long as it tells that it is
    open, and minutes longer; administrators' sessions lock as always."""
    if not is_administrator(user_of(request)):
        hold(request.session, clock.now() + HELD)


@login_required
@never_cache
@require_POST
def go(request: HttpRequest, pk: int) -> HttpResponse:
    """Recorded, then sent on by a page of ours: the browser would not follow a form's answer to
    another site (CSP form-action), and some sites send on again."""
    meeting, member = own_meeting(request, pk)
    if not allowed(f"class-go:{member.pk}", ENTRIES, WINDOW):
        return render(request, "429.html", {"minutes": WINDOW // 60}, status=429)
    try:
        link = _link(meeting, member)
        actions.enter(meeting=meeting, member=member)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("classes:join", pk)
    return sent_on(request, meeting, link)


def _link(meeting: Meeting, member: Member) -> str:
    if meeting.by_room:
        return _place_in_room(meeting, member)
    link = meeting.way_in
    if not rules.is_web_link(link):
        raise ValidationError(_("Buổi này chưa có đường dẫn. Hãy hỏi người phụ trách lớp."))
    return link


def _place_in_room(meeting: Meeting, member: Member) -> str:
    """The member's own address: the server sees their name. It isn't asked: ninety people press at
    the same minute."""
    room = room_open(meeting)
    if room is None:
        raise ValidationError(_("Giảng viên chưa mở phòng. Hãy thử lại sau ít phút."))
    try:
        return server().join_url(
            room.key,
            user=f"{USER}{member.pk}",
            name=member.enrolment.person.full_name,
            moderator=False,
        )
    except ConferenceFailed as error:
        raise ValidationError(str(error)) from error


def sent_on(request: HttpRequest, meeting: Meeting, link: str) -> HttpResponse:
    context = {"meeting": meeting, "class": meeting.training_class, "link": link}
    answer = render(request, "classes/go.html", context)
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@login_required
@require_POST
def take_pulse(request: HttpRequest, pk: int) -> JsonResponse:
    """From the open page, once a minute. 409: there is nothing to tell any more."""
    meeting, member = own_meeting(request, pk)
    if not allowed(f"class-pulse:{member.pk}", PULSES, WINDOW):
        return JsonResponse({"error": _("Quá nhiều lần trong ít phút.")}, status=429)
    try:
        inside = actions.pulse(meeting=meeting, member=member)
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=409)
    if inside:
        _stay_signed_in(request)
    _entry, found = own_presence(meeting, member)
    words = {"minutes": formats.number(found.minutes), "of": formats.number(found.of_minutes)}
    said = _("Đã ghi nhận %(minutes)s trên %(of)s phút của buổi học.") % words
    return JsonResponse({"in": inside, "minutes": found.minutes, "said": said if inside else ""})


@staff_only
@never_cache
@require_http_methods(["GET", "POST"])
def online(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is in, as it changes; and where the meeting is held."""
    user = user_of(request)
    meeting = meeting_marked(user, pk)
    form = LinkForm(request.POST or None, initial={"link": meeting.link})
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_link(actor=user, meeting=meeting, link=form.cleaned_data["link"])
        except ValidationError as error:
            form.add_error("link" if hasattr(error, "error_dict") else None, error.messages)
        else:
            messages.success(request, _("Đã lưu đường dẫn của buổi này."))
            return redirect("classes:online", pk)
    rows = attendees(meeting, members_of(meeting.training_class))
    context = {
        "meeting": meeting,
        "class": meeting.training_class,
        "rows": rows[:MOST_SHOWN],
        "more": max(0, len(rows) - MOST_SHOWN),
        "all": len(rows),
        "inside": sum(row.state == "in" for row in rows),
        "came": sum(row.seen is not None for row in rows),
        "enough": sum(row.enough for row in rows),
        "live": rules.is_open(meeting.span, clock.now()),
        "room": room_of(meeting),
        "form": form,
    }
    part = "classes/online_now.html" if request.headers.get("HX-Request") else "classes/online.html"
    return render(request, part, context)


@staff_only
@require_POST
def read_presence(request: HttpRequest, pk: int) -> HttpResponse:
    """Marks from what was seen so far, without waiting for the meeting's end."""
    user = user_of(request)
    meeting = meeting_marked(user, pk)
    try:
        marked = actions.judge(actor=user, meeting=meeting)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        words = {"count": formats.number(marked)}
        messages.success(
            request, _("Đã điểm danh %(count)s người theo thời gian dự; ai đã ghi thì giữ.") % words
        )
    return redirect("classes:online", pk)
