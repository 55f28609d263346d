"""Whom a choice of people means, and what enrolling them would do."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from lantoa.accounts.models import User
from lantoa.kernel import clock
from lantoa.kernel.text import fold
from lantoa.people.models import Person, UnitLink
from lantoa.people.permissions import Role, persons_within
from lantoa.programmes.models import Cohort, Enrolment


@dataclass(frozen=True)
class Choice:
    """A choice of people in words that a form, a job and a dry run share."""

    unit: int | None = None
    below: bool = True
    categories: tuple[str, ...] = ()
    leaders: str = ""
    specialism: str = ""
    title: str = ""
    persons: tuple[int, ...] = ()

    def as_params(self) -> dict[str, Any]:
        return {
            "unit": self.unit,
            "below": self.below,
            "categories": list(self.categories),
            "leaders": self.leaders,
            "specialism": self.specialism,
            "title": self.title,
            "persons": list(self.persons),
        }

    @classmethod
    def from_params(cls, params: dict[str, Any]) -> "Choice":
        lists = {key: tuple(params[key]) for key in ("categories", "persons")}
        return cls(**{**params, **lists})


def persons_chosen(user: User, cohort: Cohort, choice: Choice) -> QuerySet[Person]:
    """The people a choice means, of the coordinator's units under the cohort's unit."""
    under_cohort = UnitLink.objects.filter(ancestor=cohort.unit_id).values("unit_id")
    persons = persons_within(user, Role.COORDINATOR).filter(unit_id__in=under_cohort)
    if choice.persons:
        return persons.filter(pk__in=choice.persons).order_by("sort_key")
    if choice.unit is not None:
        reach = UnitLink.objects.filter(ancestor=choice.unit)
        reach = reach if choice.below else reach.filter(depth=0)
        persons = persons.filter(unit_id__in=reach.values("unit_id"))
    if choice.categories:
        persons = persons.filter(category__in=choice.categories)
    if choice.leaders:
        persons = persons.filter(is_leader=choice.leaders == "yes")
    if choice.specialism:
        persons = persons.filter(specialism=choice.specialism)
    if choice.title:
        persons = persons.filter(title_key__contains=fold(choice.title))
    return persons.order_by("sort_key")


@dataclass(frozen=True)
class DryRun:
    fresh: int
    already: int
    not_active: int


def dry_run(cohort: Cohort, persons: QuerySet[Person]) -> DryRun:
    """What enrolling them would do; `programmes.actions.enrol` tells them apart in the same way."""
    today = clock.today()
    standing = Enrolment.objects.filter(
        cohort=cohort, person=OuterRef("pk"), withdrawn_at__isnull=True
    )
    counts = (
        persons.order_by()
        .annotate(already=Exists(standing))
        .aggregate(
            all=Count("pk"),
            enrolled=Count("pk", filter=Q(already=True)),
            left=Count("pk", filter=Q(already=False, left_on__lte=today)),
        )
    )
    return DryRun(
        fresh=counts["all"] - counts["enrolled"] - counts["left"],
        already=counts["enrolled"],
        not_active=counts["left"],
    )
