"""A sitting to rehearse with: copied from a real one, with people who don't exist, and taken away
afterwards. All of it belongs to a unit outside the tree: in nobody's reach and in no figure."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.exams.actions.attempts import bundles_for
from lantoa.exams.actions.prepare import deal_papers, waiting_candidates
from lantoa.exams.delivery.codes import code_hash
from lantoa.exams.models import (
    Answer,
    Attempt,
    Candidate,
    Exam,
    LateAnswer,
    Result,
    Sitting,
    Submission,
)
from lantoa.exams.rules.codes import new_code
from lantoa.kernel import clock
from lantoa.people.models import Person, Unit

CODE = "TONG-DUYET"
_ENDED = date(2000, 1, 1)
_LASTS = timedelta(hours=6)


@dataclass(frozen=True)
class Ticket:
    """What a synthetic candidate enters with."""

    candidate: int
    number: str
    code: str


@dataclass(frozen=True)
class Rehearsal:
    sitting: Sitting
    tickets: list[Ticket]


def _marks() -> Q:
    return Q(code=CODE, ended_on=_ENDED, parent=None)


@transaction.atomic
def set_up_rehearsal(*, sitting: Sitting, count: int) -> Rehearsal:
    """Open at once, entry by code, from anywhere, on the very bundles of the real sitting. Raises
    items' BankTooSmall."""
    unit = Unit.objects.create(code=CODE, kind=Unit.Kind.AGENCY, name=CODE, ended_on=_ENDED)
    real = sitting.exam
    exam = Exam.objects.create(
        unit=unit,
        title=real.title,
        blueprint=real.blueprint,
        entry=Exam.Entry.CODE,
        all_on_one_page=real.all_on_one_page,
        instructions=real.instructions,
    )
    exam.forms.set(real.forms.all())
    now = clock.now()
    copy = Sitting.objects.create(
        exam=exam, by_roster=True, opens_at=now - timedelta(minutes=1), closes_at=now + _LASTS,
        prepared_at=now,
    )  # fmt: skip
    copy.bundles.set(sitting.bundles.all() if sitting.prepared_at else bundles_for(exam))
    tickets = _people(copy, unit, count)
    bundles = list(copy.bundles.order_by("pk").values_list("pk", flat=True))
    deal_papers(copy, bundles, list(waiting_candidates(copy)))
    return Rehearsal(copy, tickets)


def _people(sitting: Sitting, unit: Unit, count: int) -> list[Ticket]:
    people = Person.objects.bulk_create(
        Person(unit=unit, given_name=str(n), sort_key=f"{n:06d}") for n in range(1, count + 1)
    )
    codes = [new_code() for _ in people]
    candidates = Candidate.objects.bulk_create(
        Candidate(
            sitting=sitting,
            person=person,
            unit=unit,
            number=f"{CODE.replace('-', '')}{person.pk}",
            code_hash=code_hash(code),
            code_issued_at=sitting.prepared_at,
        )
        for person, code in zip(people, codes, strict=True)
    )
    return [
        Ticket(candidate.pk, candidate.number, code)
        for candidate, code in zip(candidates, codes, strict=True)
    ]


@transaction.atomic
def clear_rehearsals() -> int:
    """Take away all that rehearsals left, also those that were cut off; how many there were."""
    units = list(Unit.objects.filter(_marks()))
    attempts = Attempt.objects.filter(sitting__exam__unit__in=units)
    for model in (Answer, LateAnswer, Submission, Result):
        model.objects.filter(attempt__in=attempts.values("pk")).delete()
    attempts.delete()
    Candidate.objects.filter(unit__in=units).delete()
    Sitting.objects.filter(exam__unit__in=units).delete()
    Exam.objects.filter(unit__in=units).delete()
    Person.objects.filter(unit__in=units).delete()
    for unit in units:
        unit.delete()
    return len(units)


def note_rehearsal(*, actor: User | None, sitting: Sitting, outcome: dict[str, Any]) -> None:
    """The outcome stands in the sitting's history, where the checklist reads it."""
    record(actor=actor, action="exams.rehearse_sitting", on=sitting, data=outcome)
