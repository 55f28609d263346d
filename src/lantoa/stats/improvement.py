"""Exchanging items between forms until two of them share no more than they must."""

from collections import defaultdict
from collections.abc import Sequence
from random import Random
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lantoa.stats.papers import Candidate, Demand

# Exchanges without finding anything better before the search ends.
PATIENCE = 60
# Pairs of forms looked at for one exchange, and for how many exchanges one isn't taken back.
PAIRS, LATELY = 6, 8


class Arrangement:
    """Which form holds which item, and what each two share."""

    def __init__(
        self,
        papers: Sequence[Sequence[Candidate]],
        pool: Sequence[Candidate],
        demand: Demand,
        bound: int,
        rng: Random,
    ) -> None:
        self.pool, self.bound, self.rng = list(pool), bound, rng
        self.at = {one.key: place for place, one in enumerate(self.pool)}
        self.holds = np.zeros((len(papers), len(self.pool)), dtype=np.int32)
        for number, paper in enumerate(papers):
            self.holds[number, [self.at[one.key] for one in paper]] = 1
        self.shared: NDArray[np.int32] = self.holds @ self.holds.T
        np.fill_diagonal(self.shared, 0)
        self.barred = np.zeros_like(self.holds)
        self.moves = 0
        self.most_uses = demand.most_uses or len(papers)
        alike = defaultdict(list)
        for place, one in enumerate(self.pool):
            alike[one.cell, one.band].append(place)
        self.alike = [np.array(alike[one.cell, one.band]) for one in self.pool]
        self.enemies: dict[int, list[int]] = defaultdict(list)
        for one_key, other_key in demand.enemies:
            if one_key in self.at and other_key in self.at:
                self.enemies[self.at[one_key]].append(self.at[other_key])
                self.enemies[self.at[other_key]].append(self.at[one_key])

    def beyond(self) -> NDArray[np.int32]:
        beyond: NDArray[np.int32] = np.maximum(self.shared - self.bound, 0)
        return beyond

    def cost(self) -> int:
        return int((self.beyond() ** 2).sum())

    def exchange(self) -> bool:
        """The best exchange that helps one of the pairs that share most, or one that costs least if
        none helps and it wasn't made lately; False: there is none."""
        beyond = self.beyond()
        worst = [tuple(pair) for pair in np.argwhere(np.triu(beyond) == beyond.max())]
        self.rng.shuffle(worst)
        best: Move | None = None
        for one, other in worst[:PAIRS]:
            for form, beside in ((int(one), int(other)), (int(other), int(one))):
                move = self._best_in(form, beside)
                if move and (best is None or move < best):
                    best = move
                if best and best.gain < 0:
                    return self._put(best)
        return best is not None and self._put(best)

    def _best_in(self, form: int, beside: int) -> "Move | None":
        before = int((self.beyond()[form] ** 2).sum())
        best: Move | None = None
        for out in np.flatnonzero(self.holds[form] & self.holds[beside]):
            free = self._free(form, int(out))
            if not len(free):
                continue
            shared = self.shared[form][:, None] - self.holds[:, [out]] + self.holds[:, free]
            shared[form] = 0
            costs = (np.maximum(shared - self.bound, 0) ** 2).sum(axis=0)
            place = int(costs.argmin())
            move = Move(
                int(costs[place]) - before, self.rng.random(), form, int(out), int(free[place])
            )
            if best is None or move < best:
                best = move
        return best

    def _free(self, form: int, out: int) -> NDArray[np.int64]:
        """What could stand in its place: of the same class, not worn out, no enemy of the others,
        and not put out of this form lately."""
        places = self.alike[out]
        fits = (self.holds[form, places] == 0) & (
            self.holds[:, places].sum(axis=0) < self.most_uses
        )
        fits &= self.barred[form, places] <= self.moves
        free: NDArray[np.int64] = places[fits]
        if not self.enemies:
            return free
        held = self.holds[form].copy()
        held[out] = 0
        return np.array(
            [place for place in free if not held[self.enemies.get(int(place), [])].any()],
            dtype=np.int64,
        )

    def _put(self, move: "Move") -> bool:
        form = move.form
        change = self.holds[:, move.into] - self.holds[:, move.out]
        change[form] = 0
        self.holds[form, move.out], self.holds[form, move.into] = 0, 1
        self.shared[form] += change
        self.shared[:, form] += change
        self.moves += 1
        self.barred[form, move.out] = self.moves + LATELY
        return True

    def papers(self) -> list[list[Candidate]]:
        return [
            sorted((self.pool[place] for place in np.flatnonzero(row)), key=lambda one: one.cell)
            for row in self.holds
        ]


class Move(NamedTuple):
    """Ordered by what it gains (less is better), then by lot."""

    gain: int
    lot: float
    form: int
    out: int
    into: int


def improved(
    papers: Sequence[Sequence[Candidate]],
    pool: Sequence[Candidate],
    demand: Demand,
    bound: int,
    rng: Random,
) -> list[list[Candidate]]:
    """Never worse than what was given."""
    arrangement = Arrangement(papers, pool, demand, bound, rng)
    best, least = arrangement.holds.copy(), arrangement.cost()
    since = 0
    while least and since < PATIENCE and arrangement.exchange():
        since += 1
        if (cost := arrangement.cost()) < least:
            best, least, since = arrangement.holds.copy(), cost, 0
    arrangement.holds = best
    return arrangement.papers()
