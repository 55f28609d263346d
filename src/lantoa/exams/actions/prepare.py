"""Opening a sitting ahead of time: bundles are compiled, forms dealt, attempts become rows. On the
day starting only stamps a time."""

import secrets
from collections.abc import Callable, Sequence

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.exams.actions.attempts import bundles_for, new_seed
from lantoa.exams.actions.exams import NotNow
from lantoa.exams.models import Attempt, Candidate, Sitting
from lantoa.exams.queries.exams import has_started
from lantoa.exams.rules.seating import Seat, deal
from lantoa.kernel import clock, ids
from lantoa.kernel.bulk import insert
from lantoa.programmes.models import Enrolment

AT_ONCE = 5_000
"""Candidates in one transaction: others go on saving answers in between."""

_COLUMNS = (
    "public_id", "sitting", "candidate", "bundle", "seed", "number", "epoch", "added_seconds",
    "head", "saves", "last_sequence", "answered",
)  # fmt: skip

Progress = Callable[[int, int], None]


def prepare_sitting(
    *, actor: User | None, sitting: Sitting, progress: Progress = lambda _done, _all: None
) -> int:
    """Make the sitting ready: how many attempts were made. Doing it again makes those that are
    missing, from the same bundles. Raises items' BankTooSmall."""
    _begin(sitting)
    everybody = sitting.candidates.filter(withdrawn_at=None).count()
    missing = waiting_candidates(sitting).count()
    made = 0
    while dealt := _deal_some(sitting):
        made += dealt
        progress(everybody - missing + made, everybody)
    _finish(actor, sitting, made)
    return made


@transaction.atomic
def _begin(sitting: Sitting) -> None:
    locked = (
        Sitting.objects.select_for_update().select_related("exam__blueprint").get(pk=sitting.pk)
    )
    if not locked.bundles.exists():
        locked.bundles.set(bundles_for(locked.exam))
    if not locked.by_roster:
        _put_in_cohort(locked)


def _put_in_cohort(sitting: Sitting) -> None:
    """The final test of a whole cohort: everybody enrolled is a candidate."""
    enrolled = Enrolment.objects.filter(
        cohort=sitting.exam.cohort_id, withdrawn_at=None, completed_at=None
    ).exclude(person__in=sitting.candidates.values("person"))
    Candidate.objects.bulk_create(
        (
            Candidate(sitting=sitting, person_id=one.person_id, unit_id=one.unit_id, enrolment=one)
            for one in enrolled
        ),
        batch_size=AT_ONCE,
    )


Waiting = tuple[int, int | None, int | None]
"""A candidate's id, room and seat."""


def waiting_candidates(sitting: Sitting) -> "QuerySet[Candidate, Waiting]":
    """Those without an attempt yet, in the order in which they sit."""
    return (
        Candidate.objects.filter(sitting=sitting, withdrawn_at=None, attempts=None)
        .order_by(
            F("room_id").asc(nulls_last=True),
            F("seat").asc(nulls_last=True),
            "unit__sort_key",
            "person__sort_key",
            "pk",
        )
        .values_list("pk", "room_id", "seat")
    )


@transaction.atomic
def _deal_some(sitting: Sitting) -> int:
    locked = Sitting.objects.select_for_update().get(pk=sitting.pk)
    bundles = list(locked.bundles.order_by("pk").values_list("pk", flat=True))
    return deal_papers(locked, bundles, list(waiting_candidates(locked)[:AT_ONCE]))


def deal_papers(
    sitting: Sitting,
    bundles: Sequence[int],
    waiting: Sequence[Waiting],
) -> int:
    """Attempts for these candidates (id, room, seat), neighbours on different forms."""
    if not waiting:
        return 0
    places = [(room, seat) if room and seat else None for _pk, room, seat in waiting]
    rooms = {place[0] for place in places if place}
    forms = deal(
        places,
        len(bundles),
        taken=_taken(rooms, bundles) if len(bundles) > 1 else None,
        first=secrets.randbelow(len(bundles)),
    )
    rows = (
        (ids.new_id(), sitting.pk, pk, bundles[form], new_seed(), 1, 0, 0, b"", 0, 0, b"")
        for (pk, _room, _seat), form in zip(waiting, forms, strict=True)
    )
    insert(Attempt, _COLUMNS, rows)
    return len(waiting)


def _taken(rooms: set[int], bundles: Sequence[int]) -> dict[Seat, int]:
    """The form of every seat that has one already."""
    seated = Attempt.objects.filter(
        candidate__room__in=rooms, candidate__seat__isnull=False, candidate__withdrawn_at=None
    ).values_list("candidate__room_id", "candidate__seat", "bundle_id")
    at = {pk: place for place, pk in enumerate(bundles)}
    return {
        (room, seat): at[bundle] for room, seat, bundle in seated if room and seat and bundle in at
    }


@transaction.atomic
def _finish(actor: User | None, sitting: Sitting, made: int) -> None:
    locked = Sitting.objects.select_for_update().get(pk=sitting.pk)
    is_first = locked.prepared_at is None
    if is_first:
        locked.prepared_at = clock.now()
        locked.save(update_fields=["prepared_at"])
    if is_first or made:
        digests = list(locked.bundles.order_by("pk").values_list("digest", flat=True))
        data = {"attempts": made, "digests": digests}
        record(actor=actor, action="exams.prepare_sitting", on=locked, data=data)
    sitting.prepared_at = locked.prepared_at


def deal_to_new(sitting: Sitting) -> int:
    """In the caller's transaction: papers for whoever was added after the opening."""
    if sitting.prepared_at is None:
        return 0
    bundles = list(sitting.bundles.order_by("pk").values_list("pk", flat=True))
    return deal_papers(sitting, bundles, list(waiting_candidates(sitting)))


@transaction.atomic
def undo_preparation(*, actor: User | None, sitting: Sitting) -> int:
    """Take the papers back while nobody has started; how many there were. Raises NotNow."""
    locked = Sitting.objects.select_for_update().get(pk=sitting.pk)
    if has_started(locked):
        raise NotNow(_("Đã có thí sinh bắt đầu làm bài nên không hủy mở sẵn được nữa."))
    taken, _each = Attempt.objects.filter(sitting=locked).delete()
    locked.bundles.clear()
    locked.prepared_at = None
    locked.save(update_fields=["prepared_at"])
    record(actor=actor, action="exams.undo_preparation", on=locked, data={"attempts": taken})
    sitting.prepared_at = None
    return taken
