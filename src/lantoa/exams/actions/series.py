"""Sittings that repeat: a quarter's waves by agency, and make-ups for the absent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.exams.actions.candidates import add_candidates
from lantoa.exams.actions.exams import NotNow
from lantoa.exams.actions.holding import SittingFields, hold_sitting
from lantoa.exams.models import Candidate, Exam, Sitting
from lantoa.exams.rules.windows import Planned, Window, period_shown
from lantoa.kernel import clock
from lantoa.people.models import Person, Unit, UnitLink


@dataclass(frozen=True)
class SeriesHeld:
    """`past`: windows that are over already and were left out."""

    sittings: int
    there_already: int
    past: int
    candidates: int


@transaction.atomic
def hold_series(
    *,
    actor: User | None,
    exam: Exam,
    planned: Sequence[Planned],
    units: Mapping[int, Unit],
    with_people: bool = False,
) -> SeriesHeld:
    """A sitting for each agency and quarter that has none yet; `with_people` puts everybody of the
    agency and of what stands under it into each."""
    held = set(
        exam.sittings.filter(makes_up_for=None).exclude(period="").values_list("period", "unit_id")
    )
    made = people = 0
    fresh = [one for one in planned if (one.period, one.unit) not in held]
    coming = [one for one in fresh if one.window.closes_at > clock.now()]
    for one in coming:
        unit = units[one.unit]
        sitting = hold_sitting(
            actor=actor,
            exam=exam,
            fields=SittingFields(
                title=f"{period_shown(one.period)} – {unit.name}"[:200],
                window=one.window,
                unit=unit,
                period=one.period,
            ),
        )
        made += 1
        if with_people:
            below = UnitLink.objects.filter(ancestor=unit).values("unit_id")
            persons = Person.objects.filter(unit__in=below, left_on=None)
            people += add_candidates(actor=actor, sitting=sitting, persons=persons).fresh
    data = {"sittings": made, "candidates": people}
    record(actor=actor, action="exams.hold_series", on=exam, data=data)
    return SeriesHeld(made, len(planned) - len(fresh), len(fresh) - len(coming), people)


def absent(sitting: Sitting) -> QuerySet[Candidate]:
    """Candidates who never started."""
    return sitting.candidates.filter(withdrawn_at=None).exclude(attempts__started_at__isnull=False)


@transaction.atomic
def make_up(*, actor: User | None, sitting: Sitting, title: str, window: Window) -> Sitting:
    """A sitting for those who were absent; of the same quarter and agency. Raises NotNow."""
    persons = [one.person for one in absent(sitting).select_related("person")]
    if not persons:
        raise NotNow(_("Không có thí sinh nào vắng mặt trong ca thi này."))
    made = hold_sitting(
        actor=actor,
        exam=sitting.exam,
        fields=SittingFields(
            title=title,
            window=window,
            networks=sitting.networks,
            unit=sitting.unit,
            period=sitting.period,
            makes_up_for=sitting,
        ),
    )
    add_candidates(actor=actor, sitting=made, persons=persons)
    extra = dict(absent(sitting).exclude(extra_minutes=0).values_list("person_id", "extra_minutes"))
    for person, minutes in extra.items():
        Candidate.objects.filter(sitting=made, person=person).update(extra_minutes=minutes)
    data = {"make_up": made.pk, "candidates": len(persons)}
    record(actor=actor, action="exams.make_up", on=sitting, data=data)
    return made
