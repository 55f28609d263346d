"""People whom a rule reaches, and what of it each has done."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Min, QuerySet, Sum

from lantoa.obligations.models import Rule
from lantoa.obligations.rules.whom import Facts, Whom
from lantoa.people.models import Person, Unit, UnitLink
from lantoa.programmes.models import Enrolment

Met = tuple[date, str]


def reached(unit: Unit, whom: Whom, persons: Sequence[int] | None = None) -> QuerySet[Person]:
    """Those who work now."""
    found = Person.objects.filter(
        left_on=None, unit_id__in=UnitLink.objects.filter(ancestor=unit).values("unit_id")
    )
    if persons is not None:
        found = found.filter(pk__in=persons)
    if whom.categories:
        found = found.filter(category__in=whom.categories)
    if whom.leaders:
        found = found.filter(is_leader=whom.leaders == "yes")
    if whom.specialisms:
        found = found.filter(specialism__in=whom.specialisms)
    if whom.unit_kinds:
        found = found.filter(unit__kind__in=whom.unit_kinds)
    if whom.title:
        found = found.filter(title_key__contains=whom.title)
    return found


def facts_of(person: Person, rule: Rule) -> Facts:
    return Facts(
        within=UnitLink.objects.filter(ancestor=rule.unit_id, unit=person.unit_id).exists(),
        here=person.left_on is None,
        category=person.category,
        is_leader=person.is_leader,
        specialism=person.specialism,
        unit_kind=person.unit.kind,
        title_key=person.title_key,
    )


def met_by(rule: Rule, year: int, persons: Sequence[int] | None) -> dict[int, Met]:
    """Person → when and by what, of those who have done what the rule asks of that year."""
    done = Enrolment.objects.filter(completed_at__isnull=False, withdrawn_at=None)
    if persons is not None:
        done = done.filter(person__in=persons)
    done = (
        done.filter(completed_at__date__year=year)
        if year
        else done.filter(completed_at__date__gte=rule.starts_on)
    )
    if rule.programme_id is not None:
        rows = done.filter(cohort__programme=rule.programme_id).order_by("completed_at", "pk")
        found: dict[int, Met] = {}
        for person, at, pk in rows.values_list("person_id", "completed_at__date", "pk"):
            found.setdefault(person, (at, f"enrolment:{pk}"))
        return found
    sums = done.values("person").annotate(
        n=Sum("cohort__programme__hours"), first=Min("completed_at__date")
    )
    return {
        row["person"]: (row["first"], f"periods:{row['n']}")
        for row in sums.order_by()
        if (row["n"] or 0) >= (rule.periods or 0)
    }
