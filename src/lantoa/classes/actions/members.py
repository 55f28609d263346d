"""Putting enrolled people into a class and taking them out."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.classes.actions.classes import locked_open
from lantoa.classes.actions.telling import tell
from lantoa.classes.models import Member, TrainingClass
from lantoa.classes.queries.members import engaged, spans_of, unplaced
from lantoa.kernel import clock
from lantoa.programmes.models import Enrolment
from lantoa.web import formats

NAMED = 3


@transaction.atomic
def place(
    *,
    actor: User | None,
    training_class: TrainingClass,
    enrolments: Sequence[Enrolment],
    quiet: bool = False,
) -> int:
    """How many; they are told, unless the caller does it (`quiet`). Raises ValidationError, and
    places nobody, when there are too few seats or somebody sits in another class then."""
    locked = locked_open(training_class)
    free = locked.capacity - locked.members.filter(left_at=None).count()
    if len(enrolments) > free:
        words = {"free": formats.number(max(free, 0)), "chosen": formats.number(len(enrolments))}
        raise ValidationError(_("Lớp còn %(free)s chỗ, đang chọn %(chosen)s người.") % words)
    if clashing := _clashing(locked, enrolments):
        names = ", ".join(one.person.full_name for one in clashing[:NAMED])
        words = {"count": formats.number(len(clashing)), "names": names}
        raise ValidationError(_("%(count)s người trùng lịch với lớp khác: %(names)s.") % words)
    return len(_write(actor, locked, enrolments, quiet=quiet))


@transaction.atomic
def place_first(
    *,
    actor: User | None,
    training_class: TrainingClass,
    unit: int | None = None,
    search: str = "",
    most: int | None = None,
) -> int:
    """The first of those who could be in it, as many as there are seats; who sits in another class
    at the time is passed over."""
    locked = locked_open(training_class)
    free = locked.capacity - locked.members.filter(left_at=None).count()
    wanted = list(unplaced(locked, unit=unit, search=search))
    busy = {one.pk for one in _clashing(locked, wanted)}
    most = free if most is None else min(most, free)
    chosen = [one for one in wanted if one.pk not in busy][: max(most, 0)]
    return len(_write(actor, locked, chosen))


@transaction.atomic
def take_out(*, actor: User | None, member: Member) -> bool:
    """Their marks stay. False when they were out already."""
    locked_open(member.training_class)
    gone = Member.objects.filter(pk=member.pk, left_at=None).update(
        left_at=clock.now(), left_by_id=actor.pk if actor else None
    )
    if gone:
        data = {"enrolment": member.enrolment_id}
        record(actor=actor, action="classes.take_out", on=member.training_class, data=data)
    return bool(gone)


def _clashing(locked: TrainingClass, enrolments: Sequence[Enrolment]) -> list[Enrolment]:
    wanted = spans_of(locked)
    if not wanted:
        return []
    busy = engaged([one.person_id for one in enrolments], besides=locked)
    return [one for one in enrolments if busy.clashes(one.person_id, wanted)]


def _write(
    actor: User | None,
    locked: TrainingClass,
    enrolments: Sequence[Enrolment],
    *,
    quiet: bool = False,
) -> list[Member]:
    if not enrolments:
        return []
    by = actor.pk if actor else None
    members = Member.objects.bulk_create(
        [Member(training_class=locked, enrolment=one, placed_by_id=by) for one in enrolments],
        batch_size=500,
    )
    if not quiet:
        _tell_placed(locked, members)
    record(actor=actor, action="classes.place", on=locked, data={"members": len(members)})
    return members


def _tell_placed(locked: TrainingClass, members: Sequence[Member]) -> None:
    first = locked.meetings.filter(cancelled_at=None).order_by("starts_at").first()
    body = _("Buổi đầu: %(at)s.") % {"at": formats.minute(first.starts_at)} if first else ""
    tell(members, locked, f"place:{locked.pk}", _("Anh/chị học lớp %(class)s"), body)
