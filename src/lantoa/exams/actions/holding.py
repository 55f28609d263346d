"""Holding sittings: making, moving, copying, taking back."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.exams.actions.exams import NotNow
from lantoa.exams.models import Attempt, Candidate, Duty, Exam, Room, Sitting
from lantoa.exams.queries.exams import has_started
from lantoa.exams.rules.windows import Window
from lantoa.people.models import Unit


@dataclass(frozen=True)
class SittingFields:
    title: str
    window: Window
    networks: list[str] = field(default_factory=list)
    by_roster: bool = True
    unit: Unit | None = None
    period: str = ""
    makes_up_for: Sitting | None = None


@transaction.atomic
def hold_sitting(*, actor: User | None, exam: Exam, fields: SittingFields) -> Sitting:
    sitting = Sitting.objects.create(
        exam=exam,
        title=fields.title,
        networks=fields.networks,
        by_roster=fields.by_roster or exam.cohort_id is None,
        unit=fields.unit,
        period=fields.period,
        makes_up_for=fields.makes_up_for,
        opens_at=fields.window.opens_at,
        last_start_at=fields.window.last_start_at,
        closes_at=fields.window.closes_at,
        created_by_id=actor.pk if actor else None,
    )
    record(actor=actor, action="exams.hold_sitting", on=sitting, data=_window(fields.window))
    return sitting


def _window(window: Window) -> dict[str, Any]:
    def told(moment: datetime | None) -> str | None:
        return moment.isoformat() if moment else None

    return {
        "opens_at": told(window.opens_at),
        "last_start_at": told(window.last_start_at),
        "closes_at": told(window.closes_at),
    }


@transaction.atomic
def hold_waves(
    *, actor: User | None, exam: Exam, fields: SittingFields, windows: Sequence[Window]
) -> list[Sitting]:
    """The same sitting several times; each is named after its wave."""
    titles = _titles(fields.title, len(windows))
    return [
        hold_sitting(actor=actor, exam=exam, fields=replace(fields, title=title, window=window))
        for title, window in zip(titles, windows, strict=True)
    ]


def _titles(title: str, count: int) -> list[str]:
    if count == 1:
        return [title]
    wave = [_("Ca %(n)d") % {"n": n} for n in range(1, count + 1)]
    return [f"{title} – {one}" if title else one for one in wave]


@transaction.atomic
def change_sitting(
    *, actor: User | None, sitting: Sitting, title: str, window: Window, networks: list[str]
) -> Sitting:
    """An attempt under way keeps its deadline. Raises NotNow."""
    locked = Sitting.objects.select_for_update().get(pk=sitting.pk)
    new: dict[str, Any] = {"title": title, "networks": networks, **vars(window)}
    changed = sorted(name for name, value in new.items() if getattr(locked, name) != value)
    if "opens_at" in changed and has_started(locked):
        raise NotNow(_("Đã có thí sinh làm bài nên không đổi được giờ mở ca thi."))
    if not changed:
        return locked
    for name in changed:
        setattr(locked, name, new[name])
    locked.save(update_fields=changed)
    data = {"changed": changed, **_window(window)}
    record(actor=actor, action="exams.change_sitting", on=locked, data=data)
    return locked


@transaction.atomic
def copy_sitting(
    *,
    actor: User | None,
    sitting: Sitting,
    fields: SittingFields,
    rooms: bool = True,
    duties: bool = True,
    candidates: bool = False,
) -> Sitting:
    """Hold it again in another window: the same rooms, people on duty and candidates as far as
    asked; numbers and codes are made anew."""
    made = hold_sitting(actor=actor, exam=sitting.exam, fields=fields)
    names: dict[str, Room] = {}
    if rooms:
        names = _copy_rooms(sitting, made)
    if duties:
        _copy_duties(sitting, made, names, actor)
    if candidates:
        put = sitting.candidates.filter(withdrawn_at=None)
        Candidate.objects.bulk_create(
            Candidate(
                sitting=made, person_id=one.person_id, unit_id=one.unit_id,
                enrolment_id=one.enrolment_id, extra_minutes=one.extra_minutes,
            )
            for one in put
        )  # fmt: skip
    data = {"from": sitting.pk, "candidates": made.candidates.count()}
    record(actor=actor, action="exams.copy_sitting", on=made, data=data)
    return made


def _copy_rooms(source: Sitting, made: Sitting) -> dict[str, Room]:
    rooms = [
        Room(sitting=made, name=one.name, place=one.place, seats=one.seats, networks=one.networks)
        for one in source.rooms.all()
    ]
    return {room.name: room for room in Room.objects.bulk_create(rooms)}


def _copy_duties(
    source: Sitting, made: Sitting, rooms: dict[str, Room], actor: User | None
) -> None:
    for duty in source.duties.filter(withdrawn_at=None).select_related("room"):
        room = rooms.get(duty.room.name) if duty.room else None
        if duty.room is None or room is not None:
            Duty.objects.create(
                sitting=made, room=room, user_id=duty.user_id, role=duty.role,
                given_by_id=actor.pk if actor else None,
            )  # fmt: skip


@transaction.atomic
def remove_sitting(*, actor: User | None, sitting: Sitting) -> None:
    """Take back a sitting that nobody has begun, with its list of candidates. Raises NotNow."""
    locked = Sitting.objects.select_for_update().get(pk=sitting.pk)
    if has_started(locked):
        raise NotNow(_("Đã có thí sinh làm bài nên không xóa được ca thi này."))
    if locked.make_ups.exists():
        raise NotNow(_("Có ca thi bù của ca này; hãy xóa ca thi bù trước."))
    data = {"sitting": locked.pk, "title": locked.title, "candidates": locked.candidates.count()}
    Attempt.objects.filter(sitting=locked).delete()
    Candidate.objects.filter(sitting=locked).delete()
    record(actor=actor, action="exams.remove_sitting", on=locked.exam, data=data)
    locked.decisions.all().delete()
    locked.delete()
