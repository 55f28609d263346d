"""Rooms, seats and numbers for a whole sitting at one stroke."""

from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.exams.actions.exams import NotNow
from lantoa.exams.models import Candidate, Sitting
from lantoa.exams.queries.exams import has_started
from lantoa.exams.rules.numbers import Pattern, after
from lantoa.exams.rules.seating import apart, free_seats
from lantoa.kernel.bulk import update


class Order(StrEnum):
    UNIT = "unit"
    NAME = "name"
    APART = "apart"


@dataclass(frozen=True)
class Seated:
    seated: int
    left_over: int


@transaction.atomic
def assign_seats(
    *, actor: User | None, sitting: Sitting, order: Order, anew: bool = False
) -> Seated:
    """Room by room in this order; those seated keep their place unless `anew`. Whoever finds no
    seat is `left_over`. Raises NotNow."""
    locked = Sitting.objects.select_for_update().get(pk=sitting.pk)
    rooms = list(locked.rooms.order_by("name", "pk").values_list("pk", "seats"))
    if not rooms:
        raise NotNow(_("Ca thi chưa có phòng nào; hãy thêm phòng trước."))
    if anew:
        if has_started(locked):
            raise NotNow(_("Đã có thí sinh làm bài nên không xếp lại từ đầu được."))
        locked.candidates.update(room=None, seat=None)
    sitting_people = locked.candidates.filter(withdrawn_at=None)
    taken = sitting_people.filter(room__isnull=False, seat__isnull=False)
    seats = taken.values_list("room_id", "seat")
    free = free_seats(rooms, frozenset((room, seat) for room, seat in seats if room and seat))
    waiting = _ordered(sitting_people.filter(seat=None), order)
    update(
        Candidate,
        ("room", "seat"),
        ((room, seat, pk) for pk, (room, seat) in zip(waiting, free, strict=False)),
    )
    seated = Seated(min(len(waiting), len(free)), max(0, len(waiting) - len(free)))
    data = {"order": str(order), "anew": anew, "seated": seated.seated}
    record(actor=actor, action="exams.assign_seats", on=locked, data=data)
    return seated


def _ordered(candidates: QuerySet[Candidate], order: Order) -> list[int]:
    if order is Order.UNIT:
        by_unit = candidates.order_by("unit__sort_key", "unit_id", "person__sort_key", "pk")
        return list(by_unit.values_list("pk", flat=True))
    rows = list(candidates.order_by("person__sort_key", "pk").values_list("pk", "unit_id"))
    if order is Order.NAME:
        return [pk for pk, _unit in rows]
    return [rows[place][0] for place in apart([unit for _pk, unit in rows])]


@transaction.atomic
def number_candidates(
    *, actor: User | None, sitting: Sitting, pattern: Pattern, anew: bool = False
) -> int:
    """Numbers without gaps in the order of rooms and seats, else of names; those who have one keep
    it unless `anew`, when codes printed beside the old numbers end too. How many got one. Raises
    NotNow."""
    locked = Sitting.objects.select_for_update().get(pk=sitting.pk)
    candidates = locked.candidates.filter(withdrawn_at=None)
    if anew:
        if has_started(locked):
            raise NotNow(_("Đã có thí sinh làm bài nên không đánh số lại được."))
        locked.candidates.update(number="", code_hash="", code_issued_at=None)
    going_on = after(pattern, candidates.exclude(number="").values_list("number", flat=True))
    waiting = list(
        candidates.filter(number="")
        .order_by(
            F("room__name").asc(nulls_last=True),
            "room_id",
            F("seat").asc(nulls_last=True),
            "person__sort_key",
            "pk",
        )
        .values_list("pk", flat=True)
    )
    if not going_on.holds(len(waiting)):
        raise NotNow(
            _("%(digits)d chữ số không đủ cho %(n)d thí sinh; hãy thêm chữ số.")
            % {"digits": pattern.digits, "n": len(waiting)}
        )
    update(Candidate, ("number",), ((going_on.number(n), pk) for n, pk in enumerate(waiting)))
    if waiting:
        data = {
            "numbers": len(waiting),
            "anew": anew,
            "letters": pattern.prefix,
            "digits": pattern.digits,
        }
        record(actor=actor, action="exams.number_candidates", on=locked, data=data)
    return len(waiting)
