"""The register's figures, summed up the tree, and who stands behind them. Whoever works now counts
once, by the highest qualification."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.http import Http404

from lantoa.accounts.models import User
from lantoa.kernel.text import fold
from lantoa.people.models import Person, Qualification, RoleGrant, Unit, UnitLink
from lantoa.people.permissions import persons_within

LEVELS = sorted(Qualification.Level, reverse=True)
MOST_WORDS = 6


@dataclass
class Row:
    """People by their highest level, in a unit and everything under it, or (`unit` None) in the
    unit alone."""

    unit: Unit | None
    counts: Counter[int] = field(default_factory=Counter)

    @property
    def cells(self) -> list[tuple[str, int]]:
        """Each level and how many, the highest first."""
        return [(level_label(level), self.counts[level]) for level in LEVELS]

    @property
    def total(self) -> int:
        return self.counts.total()


@dataclass(frozen=True)
class Register:
    """`rows` add up to `total`; `none`: the units under it that have nobody."""

    rows: list[Row]
    total: Row
    none: list[Unit]


def register_of(unit: Unit) -> Register:
    """Of a unit that the caller has authorised, in three queries."""
    children = list(
        Unit.objects.filter(parent=unit, ended_on=None).order_by("-kind", "sort_key", "id")
    )
    below = {child.pk: Row(child) for child in children}
    own, total = Row(None), Row(unit)
    place = dict(UnitLink.objects.filter(ancestor__in=below).values_list("unit_id", "ancestor_id"))
    highest = (
        Qualification.objects.filter(person__left_on=None, person__unit__links_up__ancestor=unit)
        .values("person", "person__unit")
        .annotate(highest=Max("level"))
        .values_list("person__unit", "highest")
    )
    for at, level in highest:
        row = below[place[at]] if at in place else own
        row.counts[level] += 1
        total.counts[level] += 1
    rows = [row for row in (own, *below.values()) if row.total]
    return Register(rows, total, [child for child in children if not below[child.pk].total])


def holders(unit: Unit, level: int | None = None, words: str = "") -> QuerySet[Person]:
    """Who holds one, in the unit and under it, with `highest`; of that highest level only."""
    found = (
        Person.objects.filter(left_on=None, unit__links_up__ancestor=unit)
        .annotate(highest=Max("qualifications__level"))
        .filter(highest__isnull=False)
    )
    for word in fold(words).split()[:MOST_WORDS]:
        found = found.filter(search_key__contains=word)
    return found.filter(highest=level) if level else found


def with_the_highest(persons: QuerySet[Person]) -> QuerySet[Person]:
    """Adds `subject`, `school` and `year` of the highest, the latest of several."""
    best = Qualification.objects.filter(person=OuterRef("pk")).order_by("-level", "-year", "pk")
    named = {name: Subquery(best.values(name)[:1]) for name in ("subject", "school", "year")}
    return persons.annotate(**named).select_related("unit").order_by("sort_key", "id")


def level_label(level: int) -> str:
    return str(Qualification.Level(level).label)


def qualification_for(user: User, pk: int) -> Qualification:
    """Of somebody in a coordinator's reach. Raises Http404."""
    within = persons_within(user, RoleGrant.Role.COORDINATOR)
    found = Qualification.objects.filter(person__in=within).select_related("person__unit")
    one = found.filter(pk=pk).first()
    if one is None:
        raise Http404
    return one
