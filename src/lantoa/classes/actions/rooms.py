"""Rooms on the conference server: opening, ending, and asking who is in."""

import time
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.classes.actions.online import check_door, see
from lantoa.classes.models import Meeting, Member, Room, Stay, TrainingClass
from lantoa.classes.rules import online
from lantoa.installation.conference import Conference, configured
from lantoa.installation.errors import ConferenceFailed
from lantoa.kernel import clock
from lantoa.kernel.secrets import keyed_hash

ASKED_EVERY = timedelta(seconds=50)
ROUND_SECONDS = 10
"""What asking all rooms may take: other work of the schedule waits for it."""
STAYS_OPEN = timedelta(hours=1)
USER = "m"


def server() -> Conference:
    """Raises ConferenceFailed."""
    found = configured()
    if found is None:
        raise ConferenceFailed(_("Máy chủ phòng học chưa được nối. Hãy hỏi quản trị hệ thống."))
    return found


def open_room(*, actor: User, meeting: Meeting, leave_to: str) -> Room:
    """The meeting's room is on the server, made now or before. Raises ValidationError outside the
    hours, ConferenceFailed where the server doesn't answer."""
    check_door(meeting)
    if not meeting.by_room:
        raise ValidationError(_("Buổi này học qua đường dẫn, không qua phòng BigBlueButton."))
    known = Room.objects.filter(meeting=meeting).first()
    key = known.key if known else _key(meeting)
    left = meeting.ends_at + STAYS_OPEN - clock.now()
    name = f"{meeting.training_class.name}: {meeting.topic}".strip(": ")
    minutes = int(left.total_seconds() // 60)
    try:
        server().create(key, name=name, leave_to=leave_to, minutes=minutes)
    except ConferenceFailed as error:
        Room.objects.filter(meeting=meeting).update(problem=str(error)[:300])
        raise
    return _opened(actor, meeting, key)


@transaction.atomic
def _opened(actor: User, meeting: Meeting, key: str) -> Room:
    room, new = Room.objects.select_for_update().get_or_create(
        meeting=meeting, defaults={"key": key, "opened_by_id": actor.pk}
    )
    if new or room.ended_at is not None:
        on = meeting.training_class
        record(actor=actor, action="classes.open_room", on=on, data={"meeting": meeting.pk})
    room.problem, room.ended_at = "", None
    room.save(update_fields=["problem", "ended_at"])
    return room


def _key(meeting: Meeting) -> str:
    """The same however often it is asked, and nothing that anybody guesses."""
    hashed = keyed_hash(settings.SECRET_KEY, "class-room", str(meeting.pk))
    return f"lantoa-{meeting.pk}-{hashed[:24]}"


def end_room(*, actor: User, meeting: Meeting) -> None:
    """Everybody is sent out. Raises ConferenceFailed; ValidationError where none was opened."""
    room = Room.objects.filter(meeting=meeting, ended_at=None).first()
    if room is None:
        raise ValidationError(_("Phòng học của buổi này chưa mở hoặc đã kết thúc."))
    server().end(room.key)
    with transaction.atomic():
        Room.objects.filter(pk=room.pk).update(ended_at=clock.now())
        on = meeting.training_class
        record(actor=actor, action="classes.end_room", on=on, data={"meeting": meeting.pk})


def ask_rooms() -> int:
    """Who is in each room whose meeting goes on becomes spans of presence; how many rooms answered.
    A server that doesn't answer is asked for one room a round, and a round ends in time."""
    now = clock.now()
    due = Room.objects.filter(
        Q(asked_at=None) | Q(asked_at__lte=now - ASKED_EVERY),
        ended_at=None,
        meeting__starts_at__lte=now + online.OPENS_BEFORE,
        meeting__ends_at__gte=now,
        meeting__cancelled_at=None,
        meeting__training_class__state=TrainingClass.State.OPEN,
    ).select_related("meeting")
    until = time.monotonic() + ROUND_SECONDS
    answered = 0
    for room in due.order_by("asked_at", "pk"):
        if time.monotonic() > until or not _asks(room):
            break
        answered += 1
    return answered


def _asks(room: Room) -> bool:
    """Claimed by a conditional UPDATE: another process asks other rooms."""
    now = clock.now()
    asked = Room.objects.filter(pk=room.pk, asked_at=room.asked_at).update(asked_at=now)
    if not asked:
        return True
    try:
        users = server().info(room.key).users
    except ConferenceFailed as error:
        Room.objects.filter(pk=room.pk).update(problem=str(error)[:300])
        return False
    named = {int(one[1:]) for one in users if _is_member(one)}
    members = Member.objects.filter(
        pk__in=named, training_class=room.meeting.training_class_id, left_at=None
    )
    with transaction.atomic():
        see(room.meeting, list(members.values_list("pk", flat=True)), Stay.Source.ROOM, now)
        if room.problem:
            Room.objects.filter(pk=room.pk).update(problem="")
    return True


def _is_member(user: str) -> bool:
    """As we named them when they joined."""
    number = user.removeprefix(USER)
    return user.startswith(USER) and number.isascii() and number.isdecimal() and len(number) < 19
