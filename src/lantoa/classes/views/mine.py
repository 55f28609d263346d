"""A learner's own classes: when and where, attendance, the code, the calendar."""

from datetime import UTC, datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lantoa.accounts.asking import user_of
from lantoa.classes.actions.attendance import check_in
from lantoa.classes.actions.disputes import dispute
from lantoa.classes.actions.feeds import make_feed
from lantoa.classes.calendar import calendar_of
from lantoa.classes.forms import CodeForm, WordsForm
from lantoa.classes.models import Meeting, Member
from lantoa.classes.queries.feeds import person_of_feed
from lantoa.classes.queries.mine import my_classes, own_member
from lantoa.classes.queries.timetable import by_day, coming_meetings
from lantoa.kernel import clock
from lantoa.people.models import Person
from lantoa.web import formats
from lantoa.web.limits import allowed, limited

TRIES, WINDOW = 10, 600
FEED_READS, FEED_WINDOW = 300, 3600


def _person(request: HttpRequest) -> Person | None:
    return Person.objects.filter(user=user_of(request).pk).first()


@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    context = {
        "classes": my_classes(person) if person else [],
        "days": by_day(coming_meetings(person)) if person else [],
        "today": clock.today(),
        "feed": request.session.pop("class_feed", ""),
        "has_feed": hasattr(user_of(request), "class_feed"),
    }
    return render(request, "classes/mine.html", context)


@login_required
@require_POST
def make_own_feed(request: HttpRequest) -> HttpResponse:
    """The address is shown once, right after."""
    token = make_feed(actor=user_of(request))
    path = reverse("classes:feed", args=[token])
    request.session["class_feed"] = request.build_absolute_uri(path)
    return redirect("classes:mine")


@limited("class-feed", FEED_READS, FEED_WINDOW)
@require_GET
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """For calendar programs, which can't sign in: whoever knows the address."""
    person = person_of_feed(token)
    if person is None:
        raise Http404
    answer = HttpResponse(
        calendar_of(person, request.build_absolute_uri),
        content_type="text/calendar; charset=utf-8",
    )
    answer["Content-Disposition"] = 'attachment; filename="lop-hoc.ics"'
    return answer


def _own(request: HttpRequest, pk: int) -> tuple[Meeting, Member]:
    """A meeting of one's own class. Raises Http404."""
    meeting = get_object_or_404(
        Meeting.objects.select_related("training_class__venue", "venue"), pk=pk, cancelled_at=None
    )
    return meeting, own_member(user_of(request), meeting)


@login_required
@require_http_methods(["GET", "POST"])
def here(request: HttpRequest, pk: int) -> HttpResponse:
    """By the digits on the screen, or led here by its QR code."""
    meeting, member = _own(request, pk)
    form = CodeForm(request.POST or None, initial={"code": request.GET.get("c", "")[:40]})
    if form.is_valid():
        if not allowed(f"class-code:{member.pk}", TRIES, WINDOW):
            return render(request, "429.html", {"minutes": WINDOW // 60}, status=429)
        try:
            made = check_in(
                actor=user_of(request),
                meeting=meeting,
                member=member,
                given=form.cleaned_data["code"],
                at=_scanned_at(request),
            )
        except ValidationError as error:
            form.add_error("code" if hasattr(error, "error_dict") else None, error.messages)
        else:
            words = {"standing": made.get_standing_display(), "at": formats.minute(made.made_at)}
            messages.success(request, _("Đã điểm danh: %(standing)s, %(at)s.") % words)
            return redirect("classes:mine")
    context = {"form": form, "meeting": meeting, "class": meeting.training_class}
    return render(request, "classes/here.html", context)


def _scanned_at(request: HttpRequest) -> datetime | None:
    given = request.POST.get("scanned_ms", "")
    if not given.isascii() or not given.isdecimal() or len(given) != len("1700000000000"):
        return None
    return datetime.fromtimestamp(int(given) / 1000, UTC)


@login_required
@require_http_methods(["GET", "POST"])
def object_to(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that what stands for oneself is wrong."""
    meeting, member = _own(request, pk)
    form = WordsForm(request.POST or None)
    if form.is_valid():
        try:
            words = form.cleaned_data["words"]
            dispute(actor=user_of(request), meeting=meeting, member=member, words=words)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Đã gửi ý kiến tới người phụ trách lớp."))
            return redirect("classes:mine")
    context = {"form": form, "meeting": meeting, "class": meeting.training_class}
    return render(request, "classes/object.html", context)
