"""A meeting's room on the conference server: opened and ended by who runs the class; recordings."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from lantoa.accounts.asking import user_of
from lantoa.classes.actions import rooms as actions
from lantoa.classes.models import Meeting
from lantoa.classes.queries.classes import meeting_marked
from lantoa.classes.queries.online import room_of
from lantoa.classes.views.access import staff_only
from lantoa.classes.views.online import own_meeting, sent_on
from lantoa.installation.answers import Recording
from lantoa.installation.errors import ConferenceFailed
from lantoa.web.limits import allowed

OPENINGS, WINDOW = 20, 600
KEPT_SECONDS = 300


@staff_only
@never_cache
@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Opens the room, or goes back into it."""
    user = user_of(request)
    meeting = meeting_marked(user, pk)
    if not allowed(f"class-room:{user.pk}", OPENINGS, WINDOW):
        return render(request, "429.html", {"minutes": WINDOW // 60}, status=429)
    back = reverse("classes:online", args=[pk])
    try:
        room = actions.open_room(
            actor=user, meeting=meeting, leave_to=request.build_absolute_uri(reverse("home"))
        )
        link = actions.server().join_url(
            room.key, user=f"u{user.pk}", name=user.display_name, moderator=True
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(back)
    except ConferenceFailed as error:
        said = _("%(why)s Có thể ghi một đường dẫn khác cho buổi này ở cuối trang.")
        messages.error(request, said % {"why": error})
        return redirect(back)
    return sent_on(request, meeting, link)


@staff_only
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    meeting = meeting_marked(user, pk)
    try:
        actions.end_room(actor=user, meeting=meeting)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except ConferenceFailed as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Đã kết thúc phòng học."))
    return redirect("classes:online", pk)


@login_required
@never_cache
@require_GET
def recordings(request: HttpRequest, pk: int) -> HttpResponse:
    """For members and for whoever runs the class. The server is asked once in five minutes."""
    runs, meeting = _meeting(request, pk)
    room = room_of(meeting)
    if room is None:
        raise Http404
    found: list[Recording] | None = cache.get(f"recordings:{room.key}")
    problem = ""
    if found is None:
        try:
            found = actions.server().recordings(room.key)
        except ConferenceFailed as error:
            problem = str(error)
        else:
            cache.set(f"recordings:{room.key}", found, KEPT_SECONDS)
    context = {
        "meeting": meeting,
        "class": meeting.training_class,
        "recordings": found or [],
        "problem": problem,
        "runs": runs,
    }
    return render(request, "classes/recordings.html", context)


def _meeting(request: HttpRequest, pk: int) -> tuple[bool, Meeting]:
    """And whether the user runs its class. Raises Http404."""
    try:
        return False, own_meeting(request, pk)[0]
    except Http404:
        return True, meeting_marked(user_of(request), pk)
