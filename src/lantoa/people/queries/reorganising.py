"""What a reform will do, told before it does it."""

from dataclasses import dataclass

from django.db.models import Count

from lantoa.people.models import Person, RoleGrant, Unit
from lantoa.people.rules.catalogue import Catalogue
from lantoa.people.rules.reorganising import Reform, ended_by, reform_of

Kind = Unit.Kind


@dataclass(frozen=True)
class ProvinceChange:
    """A province after the reform: what it is made of, how many communes before and after, how many
    people go to another commune of it."""

    name: str
    made_of: tuple[str, ...]
    communes_before: int
    communes_after: int
    people_moved: int


@dataclass(frozen=True)
class Foreseen:
    """`people_kept`: their unit goes on; `people_moved`: it ends in another; `people_left_over`: it
    is abolished, and they go to the province. `split_people`: of communes that come into several,
    who go to the first. `roles`: held in units that end."""

    founded: int
    continued: int
    merged: int
    split: int
    abolished: int
    agencies_moved: int
    people_kept: int
    people_moved: int
    people_left_over: int
    split_people: int
    roles: int
    missing: int
    untouched: tuple[str, ...]
    provinces: tuple[ProvinceChange, ...]


def reform_here(catalogue: Catalogue) -> Reform:
    """The reform of 01/07/2025 for the units of this installation. No authorisation: for commands
    of who keeps the system."""
    live = Unit.objects.filter(ended_on=None).select_related("parent__parent")
    rows = list(live.filter(kind__in=[Kind.PROVINCE, Kind.DISTRICT, Kind.COMMUNE]))
    communes, districts, provinces = {}, {}, {}
    for unit in rows:
        parent = unit.parent
        if unit.kind == Kind.PROVINCE:
            provinces[unit.name] = unit.pk
        elif unit.kind == Kind.DISTRICT and parent is not None:
            districts[unit.name, parent.name] = unit.pk
        elif parent is not None and parent.parent is not None:
            communes[unit.name, f"{parent.name}, {parent.parent.name}"] = unit.pk
    return reform_of(
        catalogue,
        communes=communes,
        districts=districts,
        provinces=provinces,
        codes={unit.pk: unit.code for unit in rows},
    )


def foresee(reform: Reform) -> Foreseen:
    ended = dict(ended_by(reform))
    gone = {*ended, *reform.abolished}
    names = dict(Unit.objects.filter(ended_on=None).values_list("pk", "name"))
    people = dict(
        Person.objects.filter(left_on=None)
        .values("unit")
        .annotate(n=Count("pk"))
        .values_list("unit", "n")
    )
    split = {unit for target in reform.targets.values() for unit in target.parts}
    moved = sum(people.get(unit, 0) for unit in ended)
    left_over = sum(people.get(unit, 0) for unit in reform.abolished)
    agencies = Unit.objects.filter(ended_on=None, kind=Kind.AGENCY).values_list("parent", flat=True)
    continued = sum(target.continues is not None for target in reform.targets.values())
    return Foreseen(
        founded=len(reform.targets) - continued,
        continued=continued,
        merged=len(ended),
        split=len(split),
        abolished=len(reform.abolished),
        agencies_moved=sum(parent in gone for parent in agencies),
        people_kept=sum(people.values()) - moved - left_over,
        people_moved=moved,
        people_left_over=left_over,
        split_people=sum(people.get(unit, 0) for unit in split),
        roles=_roles(gone),
        missing=len(reform.missing),
        untouched=tuple(names[unit] for unit in reform.untouched),
        provinces=_provinces(reform, names, people),
    )


def _roles(gone: set[int]) -> int:
    held = RoleGrant.objects.filter(withdrawn_at=None).values_list("unit_id", flat=True)
    return sum(unit in gone for unit in held)


def _provinces(
    reform: Reform, names: dict[int, str], people: dict[int, int]
) -> tuple[ProvinceChange, ...]:
    rows = []
    for code, target in reform.targets.items():
        if target.place.parent_code != "VN":
            continue
        below = [t for t in reform.targets.values() if t.place.parent_code == code]
        own = [target.continues] if target.continues else []
        rows.append(
            ProvinceChange(
                name=target.place.name,
                made_of=tuple(sorted(names[unit] for unit in (*own, *target.merges))),
                communes_before=sum(len(t.merges) + (t.continues is not None) for t in below),
                communes_after=len(below),
                people_moved=sum(people.get(unit, 0) for t in below for unit in t.merges),
            )
        )
    return tuple(rows)
