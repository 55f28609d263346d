"""Who sits: putting in, taking out, more time, another seat."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.exams.actions.exams import NotNow
from lantoa.exams.actions.prepare import deal_to_new
from lantoa.exams.models import Candidate, Room, Sitting
from lantoa.kernel import clock
from lantoa.kernel.bulk import insert
from lantoa.people.models import Person
from lantoa.programmes.models import Enrolment

_COLUMNS = (
    "sitting", "person", "unit", "enrolment", "number", "code_hash", "failures", "extra_minutes",
    "added_at",
)  # fmt: skip
MOST_EXTRA = 240
ID_CHUNK = 5_000


@dataclass(frozen=True)
class Added:
    """`again`: were withdrawn and are back; `left`: work here no more and were left out."""

    fresh: int
    again: int
    already: int
    left: int


@transaction.atomic
def add_candidates(*, actor: User | None, sitting: Sitting, persons: Iterable[Person]) -> Added:
    """Put people in, each once; of a sitting opened ahead they get their papers at once."""
    locked = Sitting.objects.select_for_update().select_related("exam").get(pk=sitting.pk)
    _check_open(locked)
    today = clock.today()
    wanted = {person.pk: person for person in persons}
    here = {pk for pk, person in wanted.items() if person.left_on is None or person.left_on > today}
    standing = dict(locked.candidates.values_list("person_id", "withdrawn_at"))
    back = [pk for pk in here if standing.get(pk) is not None]
    fresh = [pk for pk in wanted if pk in here and pk not in standing]
    enrolments = _enrolments(locked, fresh)
    now = clock.now()
    insert(
        Candidate,
        _COLUMNS,
        (
            (locked.pk, pk, wanted[pk].unit_id, enrolments.get(pk), "", "", 0, 0, now)
            for pk in fresh
        ),
    )
    for at in range(0, len(back), ID_CHUNK):
        some = locked.candidates.filter(person__in=back[at : at + ID_CHUNK])
        some.update(withdrawn_at=None, room=None, seat=None, locked_at=None, failures=0)
    added = Added(
        len(fresh), len(back), len(here) - len(fresh) - len(back), len(wanted) - len(here)
    )
    if fresh or back:
        data = {"fresh": len(fresh), "again": len(back)}
        record(actor=actor, action="exams.add_candidates", on=locked, data=data)
        deal_to_new(locked)
    return added


def _check_open(sitting: Sitting) -> None:
    if not sitting.by_roster:
        raise NotNow(_("Ca thi này dành cho cả đợt: ai được ghi danh vào đợt thì được dự thi."))
    if clock.now() >= sitting.closes_at:
        raise NotNow(_("Ca thi đã đóng nên không thêm thí sinh được."))


def _enrolments(sitting: Sitting, persons: list[int]) -> dict[int, int]:
    """Results of people of the exam's cohort are told to their programme."""
    if sitting.exam.cohort_id is None:
        return {}
    enrolled = Enrolment.objects.filter(cohort=sitting.exam.cohort_id, withdrawn_at=None)
    found = dict(enrolled.values_list("person_id", "pk"))
    return {pk: found[pk] for pk in persons if pk in found}


def _started(candidate: Candidate) -> bool:
    return candidate.attempts.filter(started_at__isnull=False).exists()


@transaction.atomic
def withdraw_candidate(*, actor: User | None, candidate: Candidate, reason: str) -> None:
    """Their seat and number become free. Raises NotNow once they have begun."""
    locked = Candidate.objects.select_for_update().get(pk=candidate.pk)
    if locked.withdrawn_at is not None:
        return
    if _started(locked):
        raise NotNow(
            _("Thí sinh đã bắt đầu làm bài; muốn dừng thì kết thúc bài ở bảng điều khiển ca thi.")
        )
    locked.withdrawn_at = clock.now()
    locked.room, locked.seat, locked.number, locked.code_hash = None, None, "", ""
    locked.code_issued_at = None
    locked.save(
        update_fields=["withdrawn_at", "room", "seat", "number", "code_hash", "code_issued_at"]
    )
    data = {"candidate": locked.pk, "reason": reason}
    record(actor=actor, action="exams.withdraw_candidate", on=locked.sitting, data=data)


@transaction.atomic
def restore_candidate(*, actor: User | None, candidate: Candidate) -> None:
    """Raises NotNow."""
    sitting = Sitting.objects.select_for_update().get(pk=candidate.sitting_id)
    if clock.now() >= sitting.closes_at:
        raise NotNow(_("Ca thi đã đóng nên không đưa thí sinh trở lại được."))
    locked = sitting.candidates.select_for_update().get(pk=candidate.pk)
    if locked.withdrawn_at is None:
        return
    locked.withdrawn_at = None
    locked.save(update_fields=["withdrawn_at"])
    data = {"candidate": locked.pk}
    record(actor=actor, action="exams.restore_candidate", on=sitting, data=data)
    deal_to_new(sitting)


@transaction.atomic
def give_extra_minutes(
    *, actor: User | None, candidate: Candidate, minutes: int, reason: str
) -> None:
    """More time for one person, counted from their start. Raises NotNow once they have begun: from
    then on the invigilator adds time."""
    locked = Candidate.objects.select_for_update().get(pk=candidate.pk)
    if _started(locked):
        raise NotNow(_("Thí sinh đã bắt đầu; giám thị thêm giờ ở bảng điều khiển ca thi."))
    before, locked.extra_minutes = locked.extra_minutes, minutes
    locked.save(update_fields=["extra_minutes"])
    data = {"candidate": locked.pk, "before": before, "minutes": minutes, "reason": reason}
    record(actor=actor, action="exams.give_extra_minutes", on=locked.sitting, data=data)


@transaction.atomic
def place_candidate(
    *, actor: User | None, candidate: Candidate, room: Room | None, seat: int | None
) -> None:
    """Raises NotNow."""
    locked = Candidate.objects.select_for_update().get(pk=candidate.pk)
    if room is None:
        seat = None
    elif seat is not None:
        if not 1 <= seat <= room.seats:
            raise NotNow(
                _("%(room)s có chỗ từ 1 đến %(seats)d.") % {"room": room.name, "seats": room.seats}
            )
        there = Candidate.objects.filter(room=room, seat=seat).exclude(pk=locked.pk)
        if other := there.select_related("person").first():
            raise NotNow(
                _("Chỗ %(seat)d của %(room)s đã có %(name)s.")
                % {"seat": seat, "room": room.name, "name": other.person.full_name}
            )
    locked.room, locked.seat = room, seat
    locked.save(update_fields=["room", "seat"])
    data = {"candidate": locked.pk, "room": room.pk if room else None, "seat": seat}
    record(actor=actor, action="exams.place_candidate", on=locked.sitting, data=data)
