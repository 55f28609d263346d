"""Asking for names, naming people, sending, returning, deciding, filling free places."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.kernel import clock
from lantoa.kernel.text import clean
from lantoa.people.models import Person, Unit
from lantoa.plans.actions.nomination_notices import tell_decided, tell_returned, tell_sent
from lantoa.plans.models import Nomination, NominationCall, NominationList, PlannedCohort
from lantoa.plans.queries.places import free_places
from lantoa.programmes.actions import enrol
from lantoa.programmes.models import Enrolment

ListState, State = NominationList.State, Nomination.State


@transaction.atomic
def ask_for_names(
    *, actor: User | None, planned: PlannedCohort, due_on: date, note: str = ""
) -> NominationCall:
    """Again: another last day, another note. Raises ValidationError by field."""
    if due_on > planned.cohort.closes_on:
        raise ValidationError({"due_on": _("Hạn đề cử phải trước khi đợt kết thúc.")})
    values = {"due_on": due_on, "note": clean(note)}
    call, _made = NominationCall.objects.update_or_create(
        planned=planned,
        defaults=values,
        create_defaults={**values, "opened_by_id": actor.pk if actor else None},
    )
    record(actor=actor, action="plans.ask_for_names", on=planned.cohort, data={"due": str(due_on)})
    return call


@transaction.atomic
def name_people(
    *, actor: User | None, call: NominationCall, unit: Unit, persons: Sequence[Person]
) -> int:
    """Put people on the unit's list; how many are new. Who is on another list stays there. The
    caller has checked the reach. Raises ValidationError when the list isn't open."""
    asked, _made = NominationList.objects.get_or_create(call=call, unit=unit)
    locked = _open(asked)
    named = set(Nomination.objects.filter(call=call).values_list("person_id", flat=True))
    fresh = [person for person in persons if person.pk not in named]
    Nomination.objects.bulk_create(
        Nomination(list=locked, call=call, person=person) for person in fresh
    )
    if fresh:
        _record(actor, "name_people", locked, persons=len(fresh))
    return len(fresh)


@transaction.atomic
def take_off(*, actor: User | None, nomination: Nomination) -> None:
    """Off a list that is still open. Raises ValidationError."""
    locked = _open(nomination.list)
    nomination.delete()
    _record(actor, "take_off_list", locked, person=nomination.person_id)


@transaction.atomic
def send_names(*, actor: User | None, names: NominationList) -> None:
    """To the level above, while the call runs. Raises ValidationError."""
    locked = _open(names)
    if locked.call.due_on < clock.today():
        raise ValidationError(_("Đã quá hạn đề cử; hãy đề nghị cấp trên lùi hạn."))
    if not locked.names.exists():
        raise ValidationError(_("Danh sách chưa có ai."))
    locked.state, locked.sent_at, locked.comment = ListState.SENT, clock.now(), ""
    locked.save()
    _record(actor, "send_names", locked, persons=locked.names.count())
    tell_sent(locked, actor=actor)


@transaction.atomic
def return_names(*, actor: User | None, names: NominationList, comment: str) -> None:
    """Back to the unit with what is to be changed. Raises ValidationError."""
    locked = _sent(names)
    comment = clean(comment)
    if not comment:
        raise ValidationError({"comment": _("Hãy nói đơn vị cần sửa gì.")})
    locked.state, locked.comment, locked.decided_at = ListState.RETURNED, comment, clock.now()
    locked.save()
    _record(actor, "return_names", locked, note=comment)
    tell_returned(locked, actor=actor)


@transaction.atomic
def decide_names(
    *, actor: User | None, names: NominationList, states: Mapping[int, str], comment: str = ""
) -> int:
    """Nomination id → approved, waiting or trimmed, for each on the list; the approved are enrolled
    at once. How many. Raises ValidationError: more than there are places, or somebody undecided."""
    locked = _sent(names)
    rows = list(locked.names.select_for_update().select_related("person").order_by("pk"))
    allowed = {State.APPROVED, State.WAITING, State.TRIMMED}
    if any(states.get(row.pk) not in allowed for row in rows):
        raise ValidationError(_("Hãy quyết định cho từng người trong danh sách."))
    approved = [row for row in rows if states[row.pk] == State.APPROVED]
    places = free_places(locked)
    if places is not None and len(approved) > places:
        raise ValidationError(
            _("Chỉ tiêu của đơn vị còn %(places)d chỗ, đang cử %(named)d người.")
            % {"places": max(0, places), "named": len(approved)}
        )
    for row in rows:
        row.state = states[row.pk]
    Nomination.objects.bulk_update(rows, ["state"], batch_size=500)
    locked.state, locked.comment, locked.decided_at = (
        ListState.APPROVED,
        clean(comment),
        clock.now(),
    )
    locked.save()
    _enrol(actor, locked, approved)
    _record(
        actor, "decide_names", locked, approved=len(approved), of=len(rows), note=locked.comment
    )
    tell_decided(locked, len(approved), len(rows), actor=actor)
    return len(approved)


@transaction.atomic
def fill_places(*, actor: User | None, names: NominationList) -> list[Person]:
    """After somebody withdrew: those who wait, in order, take the places that are free. A cohort
    that is over takes nobody more."""
    locked = NominationList.objects.select_for_update().get(pk=names.pk)
    if locked.state != ListState.APPROVED or locked.call.planned.cohort.closes_on < clock.today():
        return []
    enrolled = Enrolment.objects.filter(
        cohort=locked.call.planned.cohort_id, person=OuterRef("person"), withdrawn_at=None
    )
    gone = locked.names.filter(~Exists(enrolled), state=State.APPROVED)
    withdrawn = gone.update(state=State.WITHDRAWN)
    places = free_places(locked)
    most = withdrawn if places is None else max(0, places)
    waiting = locked.names.filter(state=State.WAITING, person__left_on=None)
    chosen = list(waiting.select_related("person").order_by("pk")[:most])
    Nomination.objects.filter(pk__in=[row.pk for row in chosen]).update(state=State.APPROVED)
    _enrol(actor, locked, chosen)
    if withdrawn or chosen:
        _record(actor, "fill_places", locked, withdrawn=withdrawn, approved=len(chosen))
    return [row.person for row in chosen]


def fill_after(*, actor: User | None, enrolment: Enrolment) -> list[Person]:
    """The place of somebody who was withdrawn goes to whoever waits on the list they came from."""
    lists = NominationList.objects.filter(
        call__planned__cohort=enrolment.cohort_id,
        names__person=enrolment.person_id,
        names__state=State.APPROVED,
    )
    return [person for names in lists for person in fill_places(actor=actor, names=names)]


def _enrol(actor: User | None, names: NominationList, rows: Sequence[Nomination]) -> None:
    if rows:
        choice = _("Đề cử của %(unit)s") % {"unit": names.unit.name}
        persons = [row.person for row in rows]
        enrol(cohort=names.call.planned.cohort, persons=persons, actor=actor, choice=choice)


def _open(names: NominationList) -> NominationList:
    locked = NominationList.objects.select_for_update().get(pk=names.pk)
    if not locked.is_open:
        raise ValidationError(_("Danh sách đã gửi lên cấp trên nên không sửa được."))
    return locked


def _sent(names: NominationList) -> NominationList:
    locked = NominationList.objects.select_for_update().get(pk=names.pk)
    if locked.state != ListState.SENT:
        raise ValidationError(_("Danh sách không còn chờ duyệt."))
    return locked


def _record(actor: User | None, verb: str, names: NominationList, **data: Any) -> None:
    record(actor=actor, action=f"plans.{verb}", on=names, data=data)
