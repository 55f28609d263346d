"""The units and people of the register that a roster's rows may mean, in a few queries."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from django.db.models import Q, QuerySet

from lantoa.accounts.models import User
from lantoa.people.models import Person, RoleGrant, Unit, UnitLink, UnitPredecessor
from lantoa.people.permissions import unit_ids_within
from lantoa.people.rosters import KnownUnit, UnitMatcher
from lantoa.people.rosters.people import Known

AT_ONCE: Final = 5000
_COLUMNS: Final = (
    "id", "unit_id", "family_name", "middle_name", "given_name", "birth_date", "birth_year", "sex",
    "phone", "email", "personal_number_hash", "title", "ethnicity", "note", "left_on", "user_id",
)  # fmt: skip


@dataclass
class UnitsBelow:
    """Where people of a roster may be put: the importing unit and everything under it, now."""

    matcher: UnitMatcher[int]
    names: dict[int, str]
    root: int

    @property
    def only(self) -> int | None:
        """The unit, when there is no other to choose."""
        return self.root if len(self.names) == 1 else None


def units_below(unit: Unit) -> UnitsBelow:
    below = UnitLink.objects.filter(ancestor=unit).values("unit_id")
    units = list(Unit.objects.filter(pk__in=below, ended_on=None).values_list("id", "code", "name"))
    former: dict[int, list[str]] = {}
    links = UnitPredecessor.objects.filter(unit_id__in=below, predecessor__ended_on__isnull=False)
    for unit_id, name in links.values_list("unit_id", "predecessor__name"):
        former.setdefault(unit_id, []).append(name)
    above = Unit.objects.filter(links_down__unit=unit).values_list("name", flat=True)
    known = [
        KnownUnit(pk, code, name, tuple(dict.fromkeys(former.get(pk, ()))))
        for pk, code, name in units
    ]
    names = {pk: name for pk, _code, name in units}
    return UnitsBelow(UnitMatcher(known, context=list(above)), names, unit.pk)


@dataclass
class People:
    """People in reach who share something with the rows asked about."""

    unit_names: dict[int, str]
    by_id: dict[int, Known] = field(default_factory=dict)
    by_number: dict[str, Known] = field(default_factory=dict)
    by_name: dict[str, list[Known]] = field(default_factory=dict)
    by_phone: dict[str, list[Known]] = field(default_factory=dict)
    by_email: dict[str, list[Known]] = field(default_factory=dict)
    numbers_elsewhere: set[str] = field(default_factory=set)

    def describe(self, known: Known) -> str:
        birth = f"{known.birth_date:%d/%m/%Y}" if known.birth_date else str(known.birth_year or "")
        unit = self.unit_names.get(known.unit_id, "")
        told = ", ".join(part for part in (birth, unit) if part)
        return f"{known.name} ({told})" if told else known.name


@dataclass(frozen=True)
class Wanted:
    """What rows are looked up by."""

    numbers: Collection[str]
    names: Collection[str]
    phones: Collection[str]
    emails: Collection[str]
    ids: Collection[int]


def find_people(actor: User | None, wanted: Wanted) -> People:
    """People whom the actor may see (everybody for the system itself, `None`). Of people out of
    reach nothing is told but that a personal number is somebody's."""
    reach = unit_ids_within(actor, RoleGrant.Role.COORDINATOR) if actor else None
    units = Unit.objects.all() if reach is None else Unit.objects.filter(pk__in=reach)
    people = People(dict(units.values_list("id", "name")))
    within = Person.objects.all() if reach is None else Person.objects.filter(unit_id__in=reach)
    # A number is one person's: found anywhere, told apart here.
    for known in _known(Person.objects.all(), "personal_number_hash", wanted.numbers):
        if known.unit_id in people.unit_names:
            people.by_number[known.number_hash] = _kept(people, known)
        else:
            people.numbers_elsewhere.add(known.number_hash)
    _index(people, people.by_name, within, "search_key", wanted.names)
    _index(people, people.by_phone, within.filter(left_on=None), "phone", wanted.phones)
    _index(people, people.by_email, within.filter(left_on=None), "user__email", wanted.emails)
    for known in _known(within, "id", wanted.ids):
        _kept(people, known)
    return people


def _index(
    people: People,
    index: dict[str, list[Known]],
    persons: QuerySet[Person],
    column: str,
    values: Collection[str],
) -> None:
    for key, known in _keyed(persons, column, values):
        index.setdefault(key, []).append(_kept(people, known))


def _kept(people: People, known: Known) -> Known:
    return people.by_id.setdefault(known.id, known)


def _known(persons: QuerySet[Person], column: str, values: Collection[Any]) -> Iterator[Known]:
    return (known for _key, known in _keyed(persons, column, values))


def _keyed(
    persons: QuerySet[Person], column: str, values: Collection[Any]
) -> Iterator[tuple[Any, Known]]:
    for some in batches(values):
        found = persons.filter(Q(**{f"{column}__in": some}))
        for key, *row in found.values_list(column, *_COLUMNS).iterator(chunk_size=AT_ONCE):
            yield key, _as_known(row)


def _as_known(row: Sequence[Any]) -> Known:
    values: list[Any] = list(row)
    values[10] = values[10] or ""  # no personal number
    values[14] = values[14] is not None  # the day they left
    return Known(*values)


def batches(values: Iterable[Any]) -> Iterator[list[Any]]:
    waiting = iter(values)
    while some := list(islice(waiting, AT_ONCE)):
        yield some
