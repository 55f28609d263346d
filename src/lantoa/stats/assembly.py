"""Assembling parallel forms from a pool, with HiGHS.

All forms at once would be one program of (items × forms) choices and (items × pairs of forms)
overlaps: 40.000 and 380.000 for 20 forms from 2.000 items. Instead:

1. `feasibility` decides over classes of items whether the forms can be, says what is missing if
   not, and gives the bound that no largest overlap can be below.
2. Forms are chosen one after the other, each by a small program: content, difficulty and enemies
   are kept exactly; an item costs as much as forms already hold it, which is just what it adds to
   the sum of overlaps; sharing more than the bound with one earlier form costs extra. The forms to
   come stand in each program as classes, so that an early form takes nothing a later one needs.
3. Items are then exchanged within their class, form by form, while that lowers what overlaps
   beyond the bound (`improvement`).

What comes out keeps every constraint or is refused with findings; whether its largest overlap is
the least possible is known when it equals the bound.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

from lantoa.stats import feasibility
from lantoa.stats.choice import Chooser, forced_enemies
from lantoa.stats.improvement import improved
from lantoa.stats.linear import Infeasible
from lantoa.stats.papers import Candidate, Constraint, Demand, Finding, breaches, overlaps

Progress = Callable[[int, int], object]
TRIES = 3
"""Beginnings from other seeds, when the overlap asked for wasn't reached."""


class CannotAssemble(ValueError):
    """No forms; `findings` say which constraints can't be kept and by how much. `least_uses`: with
    an item in so many forms the rest could be kept; `proven`: nothing else would do better."""

    def __init__(
        self, findings: Sequence[Finding], *, least_uses: int | None = None, proven: bool = True
    ) -> None:
        super().__init__("; ".join(f"{f.constraint} {f.place}" for f in findings))
        self.findings = list(findings)
        self.least_uses = least_uses
        self.proven = proven


@dataclass(frozen=True)
class Assembled:
    """The forms, each in the order of the cells; the largest overlap of two of them, and the bound
    that no arrangement can be below."""

    papers: list[list[Candidate]]
    overlap: int
    bound: int


def assemble(
    pool: Sequence[Candidate],
    demand: Demand,
    *,
    seed: int,
    progress: Progress = lambda done, total: None,
) -> Assembled:
    """Raises CannotAssemble."""
    original = {one.key: one for one in pool}
    pool = [_as_far_as_asked(one, demand) for one in pool]
    bound = _bound(pool, demand)
    if demand.most_overlap is not None and bound > demand.most_overlap:
        raise CannotAssemble([_too_alike(bound, demand)])
    best: list[list[Candidate]] | None = None
    for attempt in range(TRIES):
        rng = Random(seed + attempt)  # noqa: S311
        papers = _one_after_another(pool, demand, bound, rng, progress)
        papers = improved(papers, pool, demand, bound, rng)
        if best is None or _largest(papers) < _largest(best):
            best = papers
        if _largest(best) <= max(bound, demand.most_overlap or 0):
            break
    assert best is not None
    _refuse_what_is_broken(best, demand)
    papers = [[original[one.key] for one in paper] for paper in best]
    return Assembled(papers, _largest(best), bound)


def _as_far_as_asked(one: Candidate, demand: Demand) -> Candidate:
    """Difficulties that nothing is asked of are all the same: fewer classes, more to exchange."""
    return one if one.band in demand.bands else replace(one, band="")


def _bound(pool: Sequence[Candidate], demand: Demand) -> int:
    try:
        return feasibility.least_overlap(pool, demand)
    except Infeasible:
        found = feasibility.findings(pool, demand)
        worn = any(one.constraint is Constraint.USES for one in found)
        least = feasibility.least_uses(pool, demand) if worn else None
        raise CannotAssemble(found, least_uses=least) from None


def _one_after_another(
    pool: Sequence[Candidate], demand: Demand, bound: int, rng: Random, progress: Progress
) -> list[list[Candidate]]:
    chooser = Chooser(pool, demand, bound, rng)
    progress(0, demand.forms)
    for done in range(1, demand.forms + 1):
        try:
            chooser.choose()
        except Infeasible:
            met = forced_enemies(pool, demand)
            # Without any, it is only together with the other limits that enemies leave no form.
            raise CannotAssemble(met, proven=bool(met)) from None
        progress(done, demand.forms)
    return chooser.papers


def _largest(papers: Sequence[Sequence[Candidate]]) -> int:
    shared = overlaps(papers)
    return max((row[at] for n, row in enumerate(shared) for at in range(n)), default=0)


def _too_alike(found: int, demand: Demand) -> Finding:
    assert demand.most_overlap is not None
    return Finding(Constraint.OVERLAP, (0, 1), found, demand.most_overlap)


def _refuse_what_is_broken(papers: list[list[Candidate]], demand: Demand) -> None:
    """The search for few overlaps is no proof: what it could not reach is said as such."""
    if demand.most_overlap is not None and (largest := _largest(papers)) > demand.most_overlap:
        raise CannotAssemble([_too_alike(largest, demand)], proven=False)
    for number, paper in enumerate(papers):
        if broken := breaches(paper, demand, papers[:number]):
            raise CannotAssemble(broken, proven=False)
