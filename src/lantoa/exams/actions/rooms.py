"""Rooms of a sitting."""

from dataclasses import asdict, dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.exams.actions.exams import NotNow
from lantoa.exams.models import Room, Sitting


@dataclass(frozen=True)
class RoomFields:
    name: str
    place: str = ""
    seats: int = 30
    networks: list[str] = field(default_factory=list)


@transaction.atomic
def add_rooms(
    *, actor: User | None, sitting: Sitting, fields: RoomFields, count: int = 1
) -> list[Room]:
    """One room, or several that are numbered after the name: "Phòng 01", "Phòng 02" … going on
    after those there are."""
    taken = set(sitting.rooms.values_list("name", flat=True))
    if count == 1 and fields.name in taken:
        raise NotNow(_("Ca thi này đã có phòng tên %(name)s.") % {"name": fields.name})
    names = [fields.name] if count == 1 else _numbered(fields.name, count, taken)
    rooms = Room.objects.bulk_create(
        Room(sitting=sitting, **{**asdict(fields), "name": name}) for name in names
    )
    data = {"rooms": len(rooms), "seats": fields.seats}
    record(actor=actor, action="exams.add_rooms", on=sitting, data=data)
    return rooms


def _numbered(name: str, count: int, taken: set[str]) -> list[str]:
    names: list[str] = []
    number = 1
    while len(names) < count:
        each = f"{name} {number:02d}"
        if each not in taken:
            names.append(each)
        number += 1
    return names


@transaction.atomic
def change_room(*, actor: User | None, room: Room, fields: RoomFields) -> Room:
    """Raises NotNow."""
    others = Room.objects.filter(sitting=room.sitting_id).exclude(pk=room.pk)
    if others.filter(name=fields.name).exists():
        raise NotNow(_("Ca thi này đã có phòng tên %(name)s.") % {"name": fields.name})
    seated = room.candidates.filter(withdrawn_at=None, seat__gt=fields.seats).count()
    if seated:
        raise NotNow(
            _("Có %(n)d thí sinh ngồi ở chỗ có số lớn hơn %(seats)d; hãy xếp lại họ trước.")
            % {"n": seated, "seats": fields.seats}
        )
    for name, value in asdict(fields).items():
        setattr(room, name, value)
    room.save(update_fields=list(asdict(fields)))
    record(actor=actor, action="exams.change_room", on=room.sitting, data={"room": room.pk})
    return room


@transaction.atomic
def remove_room(*, actor: User | None, room: Room) -> None:
    """Its candidates are without a room afterwards. Raises NotNow once somebody works in it."""
    if room.candidates.filter(attempts__started_at__isnull=False).exists():
        raise NotNow(_("Đã có thí sinh làm bài trong phòng này nên không xóa được."))
    data = {"room": room.pk, "name": room.name, "candidates": room.candidates.count()}
    room.candidates.update(seat=None)
    room.duties.filter(withdrawn_at=None).delete()
    record(actor=actor, action="exams.remove_room", on=room.sitting, data=data)
    room.delete()
