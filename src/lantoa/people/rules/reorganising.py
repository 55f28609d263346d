"""What becomes of which unit in a reform of many at one stroke. Pure: ids and words in, what is
founded, continued, merged, split and abolished out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lantoa.people.rules.catalogue import Catalogue, FormerPlace, Place
from lantoa.people.rules.units import without_prefix

Standing = tuple[str, str]
"""A unit as it stood: its name and, in words, its place."""


@dataclass
class Target:
    """A unit after the reform. `continues`: the unit that goes on as this one (the one with its
    code, or, where no code is known, its name); `merges`: those that end in it; `parts`: those of
    which only a part comes here."""

    place: Place
    continues: int | None = None
    merges: list[int] = field(default_factory=list)
    parts: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Reform:
    """`targets` by code, provinces before their communes. `abolished`: unit -> the code of the
    province that takes over what is left of it. `missing`: places of the mapping that aren't there;
    `untouched`: units that are there and not in the mapping."""

    targets: Mapping[str, Target]
    abolished: Mapping[int, str]
    missing: tuple[FormerPlace, ...]
    untouched: tuple[int, ...]


def reform_of(
    catalogue: Catalogue,
    *,
    communes: Mapping[Standing, int],
    districts: Mapping[Standing, int],
    provinces: Mapping[str, int],
    codes: Mapping[int, str],
) -> Reform:
    """The reform of 01/07/2025 for the units that are there: communes by name and place, districts
    by name and province, provinces by name, and the code of each. A commune that was split goes on
    in the first of its successors."""
    targets = {p.code: Target(p) for p in (*catalogue.provinces, *catalogue.communes)}
    missing, seen = [], set()
    heirs: dict[str, str] = {}
    for former, became in catalogue.became.items():
        heirs[former.place.rsplit(", ", 1)[-1]] = targets[became[0]].place.parent_code
        unit = communes.get((former.name, former.place))
        if unit is None:
            missing.append(former)
            continue
        seen.add(unit)
        targets[became[0]].merges.append(unit)
        for code in became[1:]:
            targets[code].parts.append(unit)
    for name, unit in provinces.items():
        if name in heirs:
            targets[heirs[name]].merges.append(unit)
            seen.add(unit)
    names = {unit: name for name, unit in provinces.items()}
    names |= {unit: name for (name, _place), unit in communes.items()}
    for target in targets.values():
        _continue_one(target, codes, names)
    abolished = {
        unit: heirs[province] for (_name, province), unit in districts.items() if province in heirs
    }
    there = {*communes.values(), *provinces.values(), *districts.values()}
    return Reform(targets, abolished, tuple(missing), tuple(sorted(there - seen - set(abolished))))


def _continue_one(target: Target, codes: Mapping[int, str], names: Mapping[int, str]) -> None:
    same_code = [unit for unit in target.merges if codes.get(unit) == target.place.code]
    same_name = [unit for unit in target.merges if _bare(names[unit]) == _bare(target.place.name)]
    found = next(iter(same_code or same_name), None)
    if found is not None:
        target.continues = found
        target.merges.remove(found)


def _bare(name: str) -> str:
    for prefix in ("Thành phố", "Tỉnh", "Phường", "Xã", "Thị trấn", "Đặc khu"):
        name = without_prefix(name, prefix)
    return name


def ended_by(reform: Reform) -> Iterable[tuple[int, str]]:
    """Each unit that ends in another, with the code of that one."""
    for code, target in reform.targets.items():
        for unit in target.merges:
            yield unit, code
