"""Asking for a proposal, moving people in it, applying it."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.classes.actions.classes import open_class
from lantoa.classes.actions.meetings import NewMeeting, add_meetings, set_trainers
from lantoa.classes.actions.members import place
from lantoa.classes.actions.telling import tell_placed
from lantoa.classes.models import Lecturer, Meeting, Proposal, TrainingClass
from lantoa.classes.queries.proposals import Shown, shown_classes
from lantoa.classes.rules.proposing import Asked
from lantoa.classes.rules.spans import Half
from lantoa.classes.timing import span_of
from lantoa.jobs.actions import enqueue
from lantoa.jobs.models import Job
from lantoa.kernel import clock
from lantoa.people.models import Person
from lantoa.programmes.models import Cohort, Requirement

HANDLER = "lantoa.classes.tasks.propose"
State = Proposal.State


@transaction.atomic
def ask(*, actor: User | None, cohort: Cohort, asked: Asked) -> Proposal:
    """The proposal to be worked out; `work_out` queues it."""
    if not asked.times():
        raise ValidationError({"last_day": _("Không có buổi nào trong khoảng này.")})
    made = Proposal.objects.create(
        cohort=cohort, wishes=asked.as_json(), made_by_id=actor.pk if actor else None
    )
    record(actor=actor, action="classes.ask_proposal", on=cohort, data={"proposal": made.pk})
    return made


@transaction.atomic
def work_out(*, actor: User | None, proposal: Proposal, url: str) -> Job:
    """Anew, keeping who was moved and which classes are held. Raises ValidationError."""
    locked = _open(proposal)
    locked.state = State.WORKING
    locked.save(update_fields=["state"])
    return enqueue(
        handler=HANDLER,
        title=_("Xếp lớp cho %(cohort)s") % {"cohort": proposal.cohort.name},
        params={"proposal": proposal.pk, "url": url},
        actor=actor,
    )


@transaction.atomic
def keep(*, proposal: Proposal, outcome: dict[str, Any]) -> None:
    """What was worked out; a proposal that was applied or dropped meanwhile stays as it is."""
    Proposal.objects.filter(pk=proposal.pk, state=State.WORKING).update(
        outcome=outcome, state=State.READY
    )
    proposal.refresh_from_db()


@transaction.atomic
def move(*, actor: User | None, proposal: Proposal, enrolment: int, to: int) -> None:
    """Into another proposed class of the same requirement, where they then stay. Raises
    ValidationError."""
    locked = _open(proposal)
    classes = {one["key"]: one for one in locked.outcome.get("classes", [])}
    target = classes.get(to)
    before = next(
        (
            one
            for one in classes.values()
            if enrolment in one["enrolments"]
            and target is not None
            and one["requirement"] == target["requirement"]
        ),
        None,
    )
    if target is None or before is None or before is target:
        raise ValidationError(_("Hãy chọn một lớp khác cùng nội dung."))
    before["enrolments"].remove(enrolment)
    target["enrolments"].append(enrolment)
    others = [key for key in locked.moved.get(str(enrolment), []) if key != before["key"]]
    locked.moved[str(enrolment)] = [*others, to]
    locked.save(update_fields=["outcome", "moved"])
    data = {"proposal": locked.pk, "enrolment": enrolment, "to": to}
    record(actor=actor, action="classes.move_in_proposal", on=locked.cohort, data=data)


@transaction.atomic
def hold(*, actor: User | None, proposal: Proposal, keys: Sequence[int]) -> None:
    """These classes keep their time, room and trainer when it is worked out again."""
    locked = _open(proposal)
    known = {one["key"] for one in locked.outcome.get("classes", [])}
    locked.held = sorted(known & set(keys))
    locked.save(update_fields=["held"])
    data = {"proposal": locked.pk, "held": locked.held}
    record(actor=actor, action="classes.hold_in_proposal", on=locked.cohort, data=data)


@transaction.atomic
def drop(*, actor: User | None, proposal: Proposal) -> None:
    locked = _open(proposal)
    locked.state = State.DROPPED
    locked.save(update_fields=["state"])
    record(actor=actor, action="classes.drop_proposal", on=locked.cohort, data={"of": locked.pk})


@transaction.atomic
def apply(*, actor: User | None, proposal: Proposal) -> list[TrainingClass]:
    """All its classes with days, rooms, trainers and people, or none of it. Raises ValidationError:
    since it was made somebody took a room, or sits elsewhere."""
    locked = _open(proposal)
    if locked.state != State.READY:
        raise ValidationError(_("Đề xuất chưa xếp xong."))
    asked = Asked.from_json(locked.wishes)
    numbers = {one["key"]: one["requirement"] for one in locked.outcome["classes"]}
    requirements = Requirement.objects.in_bulk(set(numbers.values()))
    made = [
        _make(actor, locked, shown, requirements[numbers[shown.key]], asked)
        for shown in shown_classes(locked)
    ]
    tell_placed(locked)
    locked.state, locked.applied_at = State.APPLIED, clock.now()
    locked.save(update_fields=["state", "applied_at"])
    data = {"proposal": locked.pk, "classes": len(made)}
    record(actor=actor, action="classes.apply_proposal", on=locked.cohort, data=data)
    return made


def _make(
    actor: User | None, proposal: Proposal, shown: Shown, requirement: Requirement, asked: Asked
) -> TrainingClass:
    fields = {
        "name": shown.name,
        "requirement": requirement,
        "venue": shown.venue,
        "capacity": max(asked.capacity, shown.size),
    }
    made = open_class(actor=actor, cohort=proposal.cohort, fields=fields)
    spans = [span_of(day, Half(half)) for day, half in shown.times]
    each, more = divmod(requirement.periods or len(spans), len(spans))
    news = [
        NewMeeting(span.starts, span.ends, max(1, min(20, each + (n < more))))
        for n, span in enumerate(spans)
    ]
    meetings: list[Meeting] = add_meetings(actor=actor, training_class=made, meetings=news)
    if shown.trainer:
        set_trainers(actor=actor, meetings=meetings, trainers=[shown.trainer])
    if shown.enrolments:
        place(actor=actor, training_class=made, enrolments=shown.enrolments, quiet=True)
    return made


@transaction.atomic
def set_lecturers(
    *, actor: User | None, requirement: Requirement, persons: Sequence[Person]
) -> None:
    """These people, and nobody else, can teach it."""
    Lecturer.objects.filter(requirement=requirement).delete()
    Lecturer.objects.bulk_create(
        Lecturer(requirement=requirement, person=person) for person in persons
    )
    data = {"requirement": requirement.pk, "persons": [person.pk for person in persons]}
    record(actor=actor, action="classes.set_lecturers", on=requirement.programme, data=data)


def _open(proposal: Proposal) -> Proposal:
    locked = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if locked.state in (State.APPLIED, State.DROPPED):
        raise ValidationError(_("Đề xuất này đã áp dụng hoặc đã bỏ."))
    return locked
