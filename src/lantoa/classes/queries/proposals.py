"""What a proposal begins from, and how it is read."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from lantoa.accounts.models import User
from lantoa.classes.models import Member, Proposal, TrainingClass, Venue
from lantoa.classes.rules.proposing import Place
from lantoa.kernel import clock
from lantoa.people.models import Person, Unit
from lantoa.plans.permissions import managed_units
from lantoa.programmes.models import Cohort, Enrolment, Requirement

MONTH = timedelta(days=30)
LONGEST_WAIT = 3


@dataclass(frozen=True)
class Waiting:
    """An enrolled person and what they have no class for; `waits` in months, 3 at most."""

    enrolment: int
    unit: int
    requirements: tuple[int, ...]
    waits: int


def waiting_of(cohort: Cohort, requirements: Sequence[int]) -> list[Waiting]:
    placed = set(
        Member.objects.filter(
            enrolment__cohort=cohort, left_at=None, training_class__requirement__in=requirements
        )
        .exclude(training_class__state=TrainingClass.State.CANCELLED)
        .values_list("enrolment_id", "training_class__requirement_id")
    )
    standing = Enrolment.objects.filter(cohort=cohort, withdrawn_at=None, person__left_on=None)
    now = clock.now()
    found = []
    for pk, unit, since in standing.order_by("pk").values_list("pk", "unit_id", "enrolled_at"):
        lacks = tuple(r for r in requirements if (pk, r) not in placed)
        if lacks:
            waits = min(LONGEST_WAIT, (now - since) // MONTH)
            found.append(Waiting(pk, unit, lacks, waits))
    return found


def places_of_units(units: Iterable[int]) -> dict[int, Place]:
    """Where each unit's people come from: its own venue, one with coordinates before others."""
    found: dict[int, Place] = {}
    venues = Venue.objects.filter(unit__in=list(units), closed_at=None).order_by("pk")
    for venue in venues:
        known = found.get(venue.unit_id)
        if known is None or (known.latitude is None and venue.latitude is not None):
            found[venue.unit_id] = Place(venue.zone, venue.latitude, venue.longitude)
    return found


def proposals_of(user: User, cohort: Cohort) -> QuerySet[Proposal]:
    return _managed(user).filter(cohort=cohort).order_by("-made_at", "-pk")


def proposal_for(user: User, pk: int) -> Proposal:
    found = _managed(user).select_related("cohort__programme", "cohort__unit")
    return get_object_or_404(found, pk=pk)


def _managed(user: User) -> QuerySet[Proposal]:
    return Proposal.objects.filter(cohort__unit_id__in=managed_units(user))


@dataclass(frozen=True)
class Shown:
    """A proposed class in words."""

    key: int
    name: str
    times: list[tuple[date, str]]
    venue: Venue | None
    trainer: Person | None
    units: list[tuple[Unit, int]]
    enrolments: list[Enrolment]
    held: bool
    others: list["Shown"] = field(default_factory=list)  # of the same requirement

    @property
    def size(self) -> int:
        return len(self.enrolments)


def name_of(requirement: Requirement, number: int) -> str:
    return _("%(title)s – lớp %(number)d") % {"title": requirement.title[:130], "number": number}


def shown_classes(proposal: Proposal) -> list[Shown]:
    told = proposal.outcome.get("classes", [])
    requirements = Requirement.objects.in_bulk([one["requirement"] for one in told])
    venues = Venue.objects.in_bulk([one["venue"] for one in told if one["venue"]])
    trainers = Person.objects.in_bulk([one["trainer"] for one in told if one["trainer"]])
    rows = Enrolment.objects.filter(cohort=proposal.cohort_id).select_related("person", "unit")
    people = {row.pk: row for row in rows.order_by("person__sort_key", "pk")}
    order = {pk: n for n, pk in enumerate(people)}
    shown = [
        _shown(one, proposal, requirements, venues, trainers, people, order)
        for one in told
        if one["requirement"] in requirements
    ]
    matter = {one["key"]: one["requirement"] for one in told}
    for one in shown:
        one.others.extend(
            other for other in shown if other is not one and matter[other.key] == matter[one.key]
        )
    return shown


def _shown(
    one: dict[str, Any],
    proposal: Proposal,
    requirements: dict[int, Requirement],
    venues: dict[int, Venue],
    trainers: dict[int, Person],
    people: dict[int, Enrolment],
    order: dict[int, int],
) -> Shown:
    inside = sorted((pk for pk in one["enrolments"] if pk in people), key=order.__getitem__)
    rows = [people[pk] for pk in inside]
    units = {row.unit_id: row.unit for row in rows}
    counts = Counter(row.unit_id for row in rows).most_common()
    return Shown(
        one["key"],
        name_of(requirements[one["requirement"]], one["number"]),
        [(date.fromisoformat(day), half) for day, half in one["times"]],
        venues.get(one["venue"] or 0),
        trainers.get(one["trainer"] or 0),
        [(units[unit], count) for unit, count in counts],
        rows,
        one["key"] in proposal.held,
    )
