"""What happened in a sitting, from the audit log and the incidents: for console and minutes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.models import Event
from lantoa.audit.queries import history_of
from lantoa.exams.models import Candidate, Incident, Room, Sitting

LINES = 1000


@dataclass(frozen=True)
class Happening:
    at: datetime
    actor: str
    summary: str
    note: str


def _listed(event: Event) -> list[int]:
    """Candidates an event names; one that prepares a sitting only counts them."""
    named = event.data.get("candidates")
    return named if isinstance(named, list) else []


def _summary(event: Event) -> str:
    data: dict[str, Any] = event.data
    people = len(_listed(event))
    return {
        "exams.unlock_candidate": _("Mở khóa cho thí sinh"),
        "exams.allow_move": _("Cho đổi máy"),
        "exams.add_time": _("Thêm %(minutes)s phút cho %(people)d người")
        % {"minutes": data.get("minutes", ""), "people": people},
        "exams.pause_sitting": _("Tạm dừng ca thi"),
        "exams.resume_sitting": _("Ca thi tiếp tục sau %(minutes)d phút")
        % {"minutes": round(data.get("seconds", 0) / 60)},
        "exams.end_attempt": _("Kết thúc bài của thí sinh"),
        "exams.prepare_sitting": _("Mở sẵn ca thi"),
        "exams.move_sitting": _("Đổi thời gian ca thi"),
        "exams.open_sitting": _("Lập ca thi"),
    }.get(event.action, "")


def _names(events: Iterable[Event]) -> dict[int, str]:
    ids = {pk for event in events for pk in _listed(event)[:5]}
    people = Candidate.objects.filter(pk__in=ids).select_related("person")
    return {one.pk: f"{one.person.full_name} {one.number}".strip() for one in people}


def _note(event: Event, names: dict[int, str]) -> str:
    listed = _listed(event)
    who = ", ".join(names[pk] for pk in listed[:5] if pk in names)
    more = len(listed) - 5
    if more > 0:
        who += " " + _("và %(n)d người khác") % {"n": more}
    return ": ".join(part for part in (who, str(event.data.get("reason", ""))) if part)


def happenings(
    sitting: Sitting, *, candidate: Candidate | None = None, room: Room | None = None
) -> list[Happening]:
    """The newest first; of one candidate or one room (and of the whole sitting) where one is
    named. The caller has authorised."""
    members = set(room.candidates.values_list("pk", flat=True)) if room else set()
    events = [
        event
        for event in history_of(sitting)[:LINES]
        if _summary(event)
        and (candidate is None or candidate.pk in _listed(event))
        and (room is None or _touches(event, members))
    ]
    incidents = Incident.objects.filter(sitting=sitting).select_related("candidate__person", "room")
    if candidate is not None:
        incidents = incidents.filter(candidate=candidate)
    if room is not None:
        incidents = incidents.filter(Q(room=room) | Q(room__isnull=True, candidate__isnull=True))
    noted = list(incidents.order_by("-at")[:LINES])
    actors = {e.actor_id or 0 for e in events} | {one.by_id or 0 for one in noted}
    told = dict(User.objects.filter(pk__in=actors).values_list("pk", "display_name"))
    names = _names(events)
    lines = [
        Happening(
            event.at, told.get(event.actor_id or 0, _("Hệ thống")), _summary(event),
            _note(event, names),
        )
        for event in events
    ]  # fmt: skip
    lines += [
        Happening(one.at, told.get(one.by_id or 0, ""), _("Ghi nhận"), _incident(one))
        for one in noted
    ]
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _touches(event: Event, members: set[int]) -> bool:
    """Of the whole sitting, or of somebody in the room."""
    listed = _listed(event)
    return not listed or not members.isdisjoint(listed)


def _incident(one: Incident) -> str:
    where = [one.room.name] if one.room else []
    if one.candidate is not None:
        where.append(f"{one.candidate.person.full_name} {one.candidate.number}".strip())
    return ": ".join([*(w for w in where if w), one.text])
