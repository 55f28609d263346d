"""What is asked of the forms of an exam, and what forms break. Pure Python, without NumPy, so that
a page may ask it (docs/architecture.md)."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations


class Constraint(StrEnum):
    CELL = "cell"
    BAND_LEAST = "band_least"
    BAND_MOST = "band_most"
    USES = "uses"  # of all items of a cell together, over all forms
    EXPOSURE = "exposure"  # of one item
    ENEMIES = "enemies"
    OVERLAP = "overlap"
    TWICE = "twice"


@dataclass(frozen=True)
class Candidate:
    """An item that a form may take. `cell`: the one place of the blueprint it can fill."""

    key: int
    cell: int
    band: str = ""


@dataclass(frozen=True)
class Band:
    """Fewest and most items of a difficulty in each form; None: as many as there are."""

    least: int = 0
    most: int | None = None


@dataclass(frozen=True)
class Demand:
    """What every form must be. `most_uses`: forms that one item may stand in; `most_overlap`: items
    that two forms may share (None: as few as can be)."""

    cells: Sequence[int]
    forms: int = 1
    bands: Mapping[str, Band] = field(default_factory=dict)
    enemies: Collection[tuple[int, int]] = ()
    most_uses: int | None = None
    most_overlap: int | None = None

    @property
    def length(self) -> int:
        return sum(self.cells)


@dataclass(frozen=True)
class Finding:
    """A constraint that can't be kept, and by how much: `needed` of it against the `available`.

    `place`: of a cell or uses its index; the band's name; the key of an item, or of two enemies; of
    an overlap the index of the other form, or (0, 1) for any two.
    """

    constraint: Constraint
    place: int | str | tuple[int, int]
    needed: int
    available: int

    @property
    def missing(self) -> int:
        return abs(self.needed - self.available)


Paper = Sequence[Candidate]


def exposures(papers: Sequence[Paper]) -> Counter[int]:
    """In how many of the forms each item stands."""
    return Counter(one.key for paper in papers for one in paper)


def overlaps(papers: Sequence[Paper]) -> list[list[int]]:
    """How many items each two forms share; a form shares all of its own."""
    keys = [{one.key for one in paper} for paper in papers]
    return [[len(one & other) for other in keys] for one in keys]


def breaches(paper: Paper, demand: Demand, others: Sequence[Paper] = ()) -> list[Finding]:
    """What this form breaks, beside the `others` of its batch."""
    return [
        *_twice(paper),
        *_cells(paper, demand),
        *_bands(paper, demand),
        *_enemies(paper, demand),
        *_exposure(paper, demand, others),
        *_overlap(paper, demand, others),
    ]


def _twice(paper: Paper) -> list[Finding]:
    counted = Counter(one.key for one in paper)
    return [Finding(Constraint.TWICE, key, 1, n) for key, n in counted.items() if n > 1]


def _cells(paper: Paper, demand: Demand) -> list[Finding]:
    held = Counter(one.cell for one in paper)
    return [
        Finding(Constraint.CELL, place, count, held[place])
        for place, count in enumerate(demand.cells)
        if held[place] != count
    ]


def _bands(paper: Paper, demand: Demand) -> list[Finding]:
    held = Counter(one.band for one in paper)
    found = []
    for name, band in demand.bands.items():
        if held[name] < band.least:
            found.append(Finding(Constraint.BAND_LEAST, name, band.least, held[name]))
        if band.most is not None and held[name] > band.most:
            found.append(Finding(Constraint.BAND_MOST, name, held[name], band.most))
    return found


def _enemies(paper: Paper, demand: Demand) -> list[Finding]:
    if not demand.enemies:
        return []
    pairs = {(min(pair), max(pair)) for pair in demand.enemies}
    keys = sorted({one.key for one in paper})
    return [
        Finding(Constraint.ENEMIES, pair, 2, 1) for pair in combinations(keys, 2) if pair in pairs
    ]


def _exposure(paper: Paper, demand: Demand, others: Sequence[Paper]) -> list[Finding]:
    if demand.most_uses is None:
        return []
    used = exposures([paper, *others])
    return [
        Finding(Constraint.EXPOSURE, one.key, used[one.key], demand.most_uses)
        for one in paper
        if used[one.key] > demand.most_uses
    ]


def _overlap(paper: Paper, demand: Demand, others: Sequence[Paper]) -> list[Finding]:
    if demand.most_overlap is None:
        return []
    keys = {one.key for one in paper}
    shared = [len(keys & {one.key for one in other}) for other in others]
    return [
        Finding(Constraint.OVERLAP, place, count, demand.most_overlap)
        for place, count in enumerate(shared)
        if count > demand.most_overlap
    ]


def uses_allowed(percent: int | None, forms: int) -> int | None:
    """In how many of so many forms an item may stand at most. One form is always allowed, else a
    few forms could hold no items at all."""
    return None if percent is None else max(1, percent * forms // 100)
