"""Points of a bridge class: which venues, who looks after them, who sits there, their reports."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.classes.actions.classes import locked_open
from lantoa.classes.models import (
    Meeting,
    Member,
    Point,
    PointEvent,
    PointStanding,
    TrainingClass,
    Venue,
)
from lantoa.classes.rules.bridge import Report, standing
from lantoa.kernel import clock
from lantoa.kernel.bulk import update
from lantoa.kernel.text import clean
from lantoa.people.models import UnitLink


@transaction.atomic
def add_points(
    *, actor: User | None, training_class: TrainingClass, venues: Sequence[Venue]
) -> int:
    """How many are new. Raises ValidationError: it is no bridge, or has ended."""
    locked = locked_open(training_class)
    if locked.mode != TrainingClass.Mode.BRIDGE:
        raise ValidationError(_("Chỉ lớp qua cầu truyền hình có điểm cầu."))
    known = set(locked.points.values_list("venue_id", flat=True))
    fresh = [Point(training_class=locked, venue=v) for v in venues if v.pk not in known]
    Point.objects.bulk_create(fresh)
    if fresh:
        record(actor=actor, action="classes.add_points", on=locked, data={"points": len(fresh)})
    return len(fresh)


@transaction.atomic
def remove_point(*, actor: User | None, point: Point) -> None:
    """While it has reported nothing; its people sit nowhere then. Raises ValidationError."""
    locked = locked_open(point.training_class)
    if PointStanding.objects.filter(point=point).exists():
        raise ValidationError(_("Điểm cầu đã báo cáo nên không bỏ được."))
    record(actor=actor, action="classes.remove_point", on=locked, data={"venue": point.venue_id})
    point.delete()


@transaction.atomic
def set_keeper(*, actor: User | None, point: Point, keeper: User | None) -> None:
    """Raises ValidationError when the class has ended."""
    locked_open(point.training_class)
    Point.objects.filter(pk=point.pk).update(keeper=keeper)
    data = {"point": point.pk, "keeper": keeper.pk if keeper else None}
    record(actor=actor, action="classes.set_keeper", on=point.training_class, data=data)


@transaction.atomic
def seat_at_points(*, actor: User | None, training_class: TrainingClass) -> int:
    """Members without a point go to that of the nearest unit above their own (itself first). How
    many found one; whoever was put somewhere by hand stays."""
    locked = locked_open(training_class)
    points = dict(locked.points.values_list("venue__unit_id", "pk"))
    waiting = locked.members.filter(left_at=None, point=None)
    units = set(waiting.values_list("enrolment__unit_id", flat=True))
    nearest: dict[int, int] = {}
    links = UnitLink.objects.filter(unit_id__in=units, ancestor_id__in=list(points))
    for unit, above in links.order_by("-depth").values_list("unit_id", "ancestor_id"):
        nearest[unit] = points[above]
    rows = waiting.values_list("pk", "enrolment__unit_id")
    seats = [(nearest[unit], pk) for pk, unit in rows if unit in nearest]
    update(Member, ["point"], seats)
    seated = len(seats)
    record(actor=actor, action="classes.seat_at_points", on=locked, data={"members": seated})
    return seated


@transaction.atomic
def set_point(*, actor: User | None, member: Member, point: Point | None) -> None:
    """Raises ValidationError when the class has ended."""
    locked_open(member.training_class)
    Member.objects.filter(pk=member.pk).update(point=point)
    data = {"member": member.pk, "point": point.pk if point else None}
    record(actor=actor, action="classes.set_point", on=member.training_class, data=data)


@transaction.atomic
def report(
    *, actor: User | None, point: Point, meeting: Meeting, reports: Sequence[Report]
) -> PointStanding:
    """Take in what a point says, each by its key once; what stands is reckoned anew from all of it.
    The reports are their own record of who said what when.
    Raises ValidationError when the meeting was cancelled or the class has ended."""
    if not meeting.training_class.is_open:  # not locked: two hundred points report at a time
        raise ValidationError(_("Lớp đã kết thúc nên không nhận báo cáo nữa."))
    if meeting.cancelled_at is not None or meeting.training_class_id != point.training_class_id:
        raise ValidationError(_("Buổi này đã hủy."))
    PointStanding.objects.get_or_create(point=point, meeting=meeting)
    row = PointStanding.objects.select_for_update().get(point=point, meeting=meeting)
    now = clock.now()
    known = set(row.events.values_list("key", flat=True))
    fresh = {one.key: one for one in reports if one.key not in known}
    PointEvent.objects.bulk_create(
        PointEvent(
            standing=row,
            kind=one.kind,
            number=one.number,
            note=clean(one.note)[:300],
            key=one.key,
            made_at=min(one.made_at, now),
            received_at=now,
            by_id=actor.pk if actor else None,
        )
        for one in fresh.values()
    )
    _reckon(row, now)
    return row


def _reckon(row: PointStanding, now: datetime) -> None:
    said = row.events.values_list("kind", "made_at", "number", "note", "key")
    found = standing(Report(*one) for one in said)
    for name, value in vars(found).items():
        setattr(row, name, value)
    row.seen_at = now
    row.save()
