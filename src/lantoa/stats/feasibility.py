"""Whether forms as asked for can be at all, and if not, what is missing and how much.

Items of one cell and one difficulty are interchangeable as long as enemies are left out, so the
question is asked of such classes and not of single items: how often is each class used over all
forms? Its program is a flow from cells through classes to difficulties; a flow has whole-numbered
solutions and parts into equal forms, so the answer is exact for content, difficulty and exposure.

The same program gives a bound for overlap. An item in u forms adds u(u-1)/2 to the overlaps of all
pairs of forms; the j-th use of an item therefore costs j-1, and the cheapest way to use the
classes, shared out evenly over the pairs, is less than no arrangement can do.
"""

from collections import Counter
from collections.abc import Sequence
from math import ceil

import numpy as np
from numpy.typing import NDArray

from lantoa.stats.linear import INFINITY, Infeasible, Program
from lantoa.stats.papers import Candidate, Constraint, Demand, Finding

Class = tuple[int, str]
# What is rather bent than reported: exposure before difficulty before content.
BEND_EXPOSURE, BEND_BAND, BEND_CELL = 1e3, 1e5, 1e7
ALMOST = 1e-6


class Uses:
    """The program of classes. Elastic: every constraint can be bent at a price."""

    def __init__(self, pool: Sequence[Candidate], demand: Demand, *, elastic: bool) -> None:
        self.demand = demand
        self.program = Program()
        self.sizes = Counter((one.cell, one.band) for one in pool)
        self.limit = min(demand.forms, demand.most_uses or demand.forms)
        self.elastic = elastic
        self.within: dict[Class, list[int]] = {}
        self.beyond: dict[Class, list[int]] = {}
        for key, size in self.sizes.items():
            self.within[key] = [self.program.column(use, size) for use in range(self.limit)]
            bent = range(self.limit, demand.forms) if elastic else ()
            self.beyond[key] = [self.program.column(use + BEND_EXPOSURE, size) for use in bent]
        self.cells = [self._cell(place, count) for place, count in enumerate(demand.cells)]
        self.bands = {name: self._band(name) for name in demand.bands}

    def _all(self, keys: Sequence[Class]) -> list[int]:
        return [column for key in keys for column in self.within[key] + self.beyond[key]]

    def _cell(self, place: int, count: int) -> int:
        columns = self._all([key for key in self.sizes if key[0] == place])
        short = self.program.column(BEND_CELL, INFINITY if self.elastic else 0.0)
        needed = float(count * self.demand.forms)
        self.program.row(needed, needed, [*columns, short])
        return short

    def _band(self, name: str) -> tuple[int, int]:
        band, forms = self.demand.bands[name], self.demand.forms
        columns = self._all([key for key in self.sizes if key[1] == name])
        free = INFINITY if self.elastic else 0.0
        short, over = self.program.column(BEND_BAND, free), self.program.column(BEND_BAND, free)
        most = INFINITY if band.most is None else float(band.most * forms)
        weights = [1.0] * len(columns)
        self.program.row(float(band.least * forms), INFINITY, [*columns, short], [*weights, 1.0])
        self.program.row(-INFINITY, most, [*columns, over], [*weights, -1.0])
        return short, over


def least_overlap(pool: Sequence[Candidate], demand: Demand) -> int:
    """No arrangement has a smaller largest overlap of two forms. Raises Infeasible."""
    if demand.forms < 2:
        Uses(pool, demand, elastic=False).program.solve()
        return 0
    uses = Uses(pool, demand, elastic=False)
    found = uses.program.solve()
    shared = float(np.dot(found, np.array(uses.program.costs)))
    pairs = demand.forms * (demand.forms - 1) // 2
    return ceil(shared / pairs - ALMOST)


def findings(pool: Sequence[Candidate], demand: Demand) -> list[Finding]:
    """What of content, difficulty and exposure can't be kept, by as little as possible."""
    uses = Uses(pool, demand, elastic=True)
    found = uses.program.solve()
    return [
        *_short_cells(uses, found),
        *_bent_bands(uses, found),
        *_worn_cells(uses, found),
    ]


def _per_form(value: float, forms: int) -> int:
    return ceil(value / forms - ALMOST)


def _short_cells(uses: Uses, found: NDArray[np.float64]) -> list[Finding]:
    return [
        Finding(Constraint.CELL, place, count, count - missing)
        for place, count in enumerate(uses.demand.cells)
        if (missing := _per_form(found[uses.cells[place]], uses.demand.forms)) > 0
    ]


def _bent_bands(uses: Uses, found: NDArray[np.float64]) -> list[Finding]:
    told = []
    for name, (short, over) in uses.bands.items():
        band = uses.demand.bands[name]
        if (missing := _per_form(found[short], uses.demand.forms)) > 0:
            told.append(Finding(Constraint.BAND_LEAST, name, band.least, band.least - missing))
        if (extra := _per_form(found[over], uses.demand.forms)) > 0 and band.most is not None:
            told.append(Finding(Constraint.BAND_MOST, name, band.most + extra, band.most))
    return told


def _worn_cells(uses: Uses, found: NDArray[np.float64]) -> list[Finding]:
    """`needed` and `available` are uses over all forms."""
    told = []
    for place in range(len(uses.demand.cells)):
        keys = [key for key in uses.sizes if key[0] == place]
        beyond = sum(found[column] for key in keys for column in uses.beyond[key])
        if beyond > ALMOST:
            within = sum(found[column] for key in keys for column in uses.within[key])
            told.append(Finding(Constraint.USES, place, round(within + beyond), round(within)))
    return told


def least_uses(pool: Sequence[Candidate], demand: Demand) -> int | None:
    """The smallest limit of forms per item that leaves the rest possible; None: no limit does."""
    for limit in range(1, demand.forms + 1):
        tried = Demand(demand.cells, demand.forms, demand.bands, most_uses=limit)
        try:
            Uses(pool, tried, elastic=False).program.solve()
        except Infeasible:
            continue
        return limit
    return None
