"""Meetings: adding, changing, cancelling, and who teaches them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lantoa.accounts.asking import user_of
from lantoa.classes.actions import meetings as actions
from lantoa.classes.forms import MeetingForm, MeetingsForm, ReasonForm, initial_of
from lantoa.classes.queries.classes import class_managed, meeting_managed, meetings_of
from lantoa.classes.views.access import keepers_only
from lantoa.kernel.row_ids import row_ids
from lantoa.kernel.text import fold
from lantoa.people.models import Person, RoleGrant
from lantoa.people.permissions import persons_within
from lantoa.web import formats

FOUND = 30


@keepers_only
@require_http_methods(["GET", "POST"])
def add_meetings(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    found = class_managed(user, pk)
    form = MeetingsForm(request.POST or None)
    if form.is_valid():
        try:
            made = actions.add_meetings(actor=user, training_class=found, meetings=form.meetings())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            words = {"count": formats.number(len(made))}
            messages.success(request, _("Đã thêm %(count)s buổi.") % words)
            return redirect("classes:class", pk)
    return render(request, "classes/meetings_form.html", {"form": form, "class": found})


@keepers_only
@require_http_methods(["GET", "POST"])
def edit_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    found = meeting_managed(user, pk)
    form = MeetingForm(request.POST or None, user=user, initial=initial_of(found))
    if form.is_valid():
        try:
            actions.change_meeting(actor=user, meeting=found, to=form.meeting())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Đã lưu buổi học."))
            return redirect("classes:class", found.training_class_id)
    context = {"form": form, "class": found.training_class, "meeting": found}
    return render(request, "classes/meetings_form.html", context)


@keepers_only
@require_http_methods(["GET", "POST"])
def cancel_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    found = meeting_managed(user, pk)
    form = ReasonForm(request.POST or None)
    back = reverse("classes:class", args=[found.training_class_id])
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            actions.cancel_meeting(actor=user, meeting=found, reason=reason)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Đã hủy buổi học; học viên được báo."))
            return redirect(back)
    context = {
        "question": _("Hủy buổi %(at)s?") % {"at": formats.minute(found.starts_at)},
        "consequence": _("Học viên được báo; số tiết của buổi này không tính nữa."),
        "action_label": _("Hủy buổi học"),
        "back_url": back,
        "danger": True,
        "form": form,
    }
    return render(request, "web/confirm.html", context)


@keepers_only
@require_http_methods(["GET", "POST"])
def trainers(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose people, choose meetings: they teach these."""
    user = user_of(request)
    found = class_managed(user, pk)
    meetings = [one for one in meetings_of(found) if one.cancelled_at is None]
    if request.method == "POST":
        within = persons_within(user, RoleGrant.Role.COORDINATOR).filter(left_on=None)
        chosen = within.filter(pk__in=row_ids(request.POST.getlist("trainer"))[:FOUND])
        wanted = set(row_ids(request.POST.getlist("meeting")))
        taught = [one for one in meetings if one.pk in wanted]
        if not taught:
            messages.error(request, _("Hãy đánh dấu ít nhất một buổi."))
        else:
            try:
                actions.set_trainers(actor=user, meetings=taught, trainers=list(chosen))
            except ValidationError as error:
                messages.error(request, " ".join(error.messages))
            else:
                messages.success(request, _("Đã phân công giảng viên."))
                return redirect("classes:class", pk)
    search = request.GET.get("q", "")[:100]
    context = {
        "class": found,
        "meetings": meetings,
        "q": search,
        "found": _teachers(request, search, pk),
        "chosen": set(row_ids(request.POST.getlist("trainer"))),
        "marked": set(row_ids(request.POST.getlist("meeting"))),
    }
    return render(request, "classes/trainers.html", context)


def _teachers(request: HttpRequest, search: str, pk: int) -> list[Person]:
    """Who teaches this class already, and whom the words find."""
    within = persons_within(user_of(request), RoleGrant.Role.COORDINATOR).filter(left_on=None)
    teaching = within.filter(teachings__meeting__training_class=pk).distinct()
    found = list(teaching.select_related("unit").order_by("sort_key", "pk"))
    if search:
        named = within
        for word in fold(search).split()[:6]:
            named = named.filter(search_key__contains=word)
        known = {person.pk for person in found}
        fresh = named.exclude(pk__in=known).select_related("unit").order_by("sort_key", "pk")
        found += list(fresh[:FOUND])
    return found
