"""Choosing the items of one form beside those chosen before."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from random import Random

from lantoa.stats.feasibility import Class
from lantoa.stats.linear import INFINITY, Infeasible, Program
from lantoa.stats.papers import Candidate, Constraint, Demand, Finding

# Sharing one more item than the bound with an earlier form costs as much as so many uses.
BEYOND_BOUND = 4.0
SECONDS, GAP = 4.0, 0.02
# Items of a class offered to one form, beyond those it could take: enough for enemies to be evaded.
SPARE = 40


class Chooser:
    """Forms one after the other; `papers` are those chosen so far."""

    def __init__(self, pool: Sequence[Candidate], demand: Demand, bound: int, rng: Random) -> None:
        self.demand, self.bound, self.rng = demand, bound, rng
        self.papers: list[list[Candidate]] = []
        self.used: Counter[int] = Counter()
        self.classes: dict[Class, list[Candidate]] = defaultdict(list)
        for one in pool:
            self.classes[one.cell, one.band].append(one)

    def choose(self) -> None:
        """The next form. Raises Infeasible."""
        try:
            paper = self._solved(spare=SPARE)
        except Infeasible:
            paper = self._solved(spare=None)
        self.papers.append(paper)
        self.used.update(one.key for one in paper)

    def _solved(self, *, spare: int | None) -> list[Candidate]:
        program, offered = Program(), self._offered(spare)
        for one in offered:
            program.column(self.used[one.key] + self.rng.random() * 0.5, 1, whole=True)
        keep_content(program, offered, self.demand)
        keep_apart(program, offered, self.demand)
        self._share_little(program, offered)
        self._leave_enough(program, offered)
        found = program.solve(seconds=SECONDS, gap=GAP)
        chosen = [one for place, one in enumerate(offered) if found[place] > 0.5]
        return sorted(chosen, key=lambda one: one.cell)

    def _offered(self, spare: int | None) -> list[Candidate]:
        """Of every class those least used, by lot where equal: no other fits better."""
        offered: list[Candidate] = []
        limit = self.demand.most_uses
        for (place, _band), items in self.classes.items():
            free = [one for one in items if limit is None or self.used[one.key] < limit]
            lots = {one.key: self.rng.random() for one in free}
            free.sort(key=lambda one: (self.used[one.key], lots[one.key]))
            most = None if spare is None else self.demand.cells[place] + spare
            offered += free[:most]
        return offered

    def _share_little(self, program: Program, offered: Sequence[Candidate]) -> None:
        for paper in self.papers:
            keys = {one.key for one in paper}
            columns = [place for place, one in enumerate(offered) if one.key in keys]
            if len(columns) > self.bound:
                beyond = program.column(BEYOND_BOUND)
                weights = [1.0] * len(columns)
                program.row(-INFINITY, self.bound, [*columns, beyond], [*weights, -1.0])

    def _leave_enough(self, program: Program, offered: Sequence[Candidate]) -> None:
        """The forms still to come, as uses of classes: what they need must be left over."""
        demand, coming = self.demand, self.demand.forms - len(self.papers) - 1
        if demand.most_uses is None or not coming:
            return
        taken: dict[Class, list[int]] = defaultdict(list)
        for place, one in enumerate(offered):
            taken[one.cell, one.band].append(place)
        later: dict[Class, int] = {}
        for key, items in self.classes.items():
            left = sum(min(demand.most_uses - self.used[one.key], coming + 1) for one in items)
            later[key] = program.column(0.0, len(items) * coming)
            program.row(-INFINITY, left, [later[key], *taken[key]])
        for place, count in enumerate(demand.cells):
            columns = [column for key, column in later.items() if key[0] == place]
            program.row(count * coming, count * coming, columns)
        for name, band in demand.bands.items():
            columns = [column for key, column in later.items() if key[1] == name]
            most = INFINITY if band.most is None else band.most * coming
            program.row(band.least * coming, most, columns)


def keep_content(program: Program, offered: Sequence[Candidate], demand: Demand) -> None:
    cells: dict[int, list[int]] = defaultdict(list)
    bands: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(offered):
        cells[one.cell].append(place)
        bands[one.band].append(place)
    for cell, count in enumerate(demand.cells):
        program.row(count, count, cells[cell])
    for name, band in demand.bands.items():
        program.row(band.least, INFINITY if band.most is None else band.most, bands[name])


def keep_apart(program: Program, offered: Sequence[Candidate], demand: Demand) -> None:
    places = {one.key: place for place, one in enumerate(offered)}
    for one, other in demand.enemies:
        if one in places and other in places:
            program.row(-INFINITY, 1, [places[one], places[other]])


def forced_enemies(pool: Sequence[Candidate], demand: Demand) -> list[Finding]:
    """The fewest enemies that meet in a form which is otherwise as asked for."""
    program, places = Program(), {one.key: place for place, one in enumerate(pool)}
    for _one in pool:
        program.column(0.0, 1, whole=True)
    keep_content(program, pool, demand)
    pairs = [pair for pair in demand.enemies if pair[0] in places and pair[1] in places]
    meet = {}
    for one, other in pairs:
        meet[one, other] = program.column(1.0, 1)
        columns = [places[one], places[other], meet[one, other]]
        program.row(-INFINITY, 1, columns, [1.0, 1.0, -1.0])
    found = program.solve()
    return [
        Finding(Constraint.ENEMIES, pair, 2, 1)
        for pair, column in meet.items()
        if found[column] > 0.5
    ]
