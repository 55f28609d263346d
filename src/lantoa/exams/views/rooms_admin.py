"""Rooms, seats and numbers of a sitting."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lantoa.accounts.asking import user_of
from lantoa.exams.actions.exams import NotNow
from lantoa.exams.actions.rooms import add_rooms, change_room, remove_room
from lantoa.exams.actions.seating import Order, assign_seats, number_candidates
from lantoa.exams.forms.candidates import NumbersForm, SeatsForm
from lantoa.exams.forms.sittings import RoomForm
from lantoa.exams.models import Room, Sitting
from lantoa.exams.queries.candidates import tally_of
from lantoa.exams.queries.exams import rooms_held
from lantoa.exams.queries.rooms import numbers_proposed, rooms_of
from lantoa.exams.views.held import (
    confirm,
    examiners_only,
    held_sitting,
    sitting_page,
)
from lantoa.web import formats


@examiners_only
@require_http_methods(["GET", "POST"])
def rooms(request: HttpRequest, pk: int) -> HttpResponse:
    sitting = held_sitting(request, pk)
    form = RoomForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = add_rooms(
                actor=user_of(request),
                sitting=sitting,
                fields=form.room_fields(),
                count=form.cleaned_data["count"],
            )
        except NotNow as refusal:
            form.add_error("name", refusal.sentence)
        else:
            messages.success(request, _("Đã thêm %(n)s phòng.") % {"n": formats.number(len(made))})
            return redirect("exams:rooms", pk)
    context = {"form": form, "rooms": rooms_of(sitting), "tally": tally_of(sitting)}
    return sitting_page(request, "exams/rooms.html", sitting, "rooms", context)


def _room(request: HttpRequest, pk: int) -> Room:
    return get_object_or_404(rooms_held(request.user), pk=pk)


@examiners_only
@require_http_methods(["GET", "POST"])
def edit_room(request: HttpRequest, pk: int) -> HttpResponse:
    room = _room(request, pk)
    names = ("name", "place", "seats", "networks")
    form = RoomForm(
        request.POST if request.method == "POST" else None,
        one=True,
        initial={name: getattr(room, name) for name in names},
    )
    if form.is_valid():
        try:
            change_room(actor=user_of(request), room=room, fields=form.room_fields())
        except NotNow as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Đã lưu phòng thi."))
            return redirect("exams:rooms", room.sitting_id)
    context = {"form": form, "room": room}
    return sitting_page(request, "exams/room_form.html", room.sitting, "rooms", context)


@examiners_only
@require_http_methods(["GET", "POST"])
def drop_room(request: HttpRequest, pk: int) -> HttpResponse:
    room = _room(request, pk)
    back = reverse("exams:rooms", args=[room.sitting_id])
    if request.method == "POST":
        try:
            remove_room(actor=user_of(request), room=room)
        except NotNow as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, _("Đã xóa phòng thi."))
        return redirect(back)
    count = formats.number(room.candidates.filter(withdrawn_at=None).count())
    return confirm(
        request,
        question=_("Xóa %(room)s?") % {"room": room.name},
        consequence=_("%(count)s thí sinh của phòng sẽ chưa có chỗ ngồi.") % {"count": count},
        action_label=_("Xóa phòng"),
        back_url=back,
    )


@examiners_only
@require_http_methods(["GET", "POST"])
def seats(request: HttpRequest, pk: int) -> HttpResponse:
    """Two forms on one page: who sits where, and which number they have."""
    sitting = held_sitting(request, pk)
    is_seats = request.method == "POST" and "seat" in request.POST
    is_numbers = request.method == "POST" and "number" in request.POST
    seating = SeatsForm(request.POST if is_seats else None, prefix="seats")
    numbering = NumbersForm(
        request.POST if is_numbers else None, prefix="numbers", initial=numbers_proposed(sitting)
    )
    if (is_seats and _seat(request, sitting, seating)) or (
        is_numbers and _number(request, sitting, numbering)
    ):
        return redirect("exams:seats", pk)
    context = {"seating": seating, "numbering": numbering, "tally": tally_of(sitting)}
    return sitting_page(request, "exams/seats.html", sitting, "candidates", context)


def _seat(request: HttpRequest, sitting: Sitting, form: SeatsForm) -> bool:
    if not form.is_valid():
        return False
    order, anew = Order(form.cleaned_data["order"]), form.cleaned_data["anew"]
    try:
        done = assign_seats(actor=user_of(request), sitting=sitting, order=order, anew=anew)
    except NotNow as refusal:
        form.add_error(None, refusal.sentence)
        return False
    said = _("Đã xếp chỗ cho %(n)s thí sinh.") % {"n": formats.number(done.seated)}
    messages.success(request, said)
    if done.left_over:
        said = _("Còn %(n)s thí sinh chưa có chỗ: hãy thêm phòng rồi xếp tiếp.")
        messages.warning(request, said % {"n": formats.number(done.left_over)})
    return True


def _number(request: HttpRequest, sitting: Sitting, form: NumbersForm) -> bool:
    if not form.is_valid():
        return False
    try:
        done = number_candidates(
            actor=user_of(request),
            sitting=sitting,
            pattern=form.pattern(),
            anew=form.cleaned_data["anew"],
        )
    except NotNow as refusal:
        form.add_error("digits", refusal.sentence)
        return False
    said = _("Đã đánh số báo danh cho %(n)s thí sinh.") % {"n": formats.number(done)}
    messages.success(request, said)
    return True
