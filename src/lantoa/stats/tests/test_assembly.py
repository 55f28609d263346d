import random
from collections import Counter
from itertools import combinations

import pytest

from lantoa.stats.assembly import Assembled, CannotAssemble, assemble
from lantoa.stats.feasibility import least_overlap
from lantoa.stats.papers import (
    Band,
    Candidate,
    Constraint,
    Demand,
    Finding,
    breaches,
    exposures,
    overlaps,
    uses_allowed,
)

BANDS = ("easy", "medium", "hard")


def pool_of(*sizes: int, bands: tuple[str, ...] = BANDS) -> list[Candidate]:
    """So many items of each cell, their difficulties in turn."""
    pool = []
    for cell, size in enumerate(sizes):
        pool += [Candidate(1000 * (cell + 1) + n, cell, bands[n % len(bands)]) for n in range(size)]
    return pool


def refused(pool: list[Candidate], demand: Demand) -> CannotAssemble:
    with pytest.raises(CannotAssemble) as caught:
        assemble(pool, demand, seed=1)
    return caught.value


def attempted(
    pool: list[Candidate], demand: Demand, seed: int
) -> tuple[Assembled | None, CannotAssemble | None]:
    try:
        return assemble(pool, demand, seed=seed), None
    except CannotAssemble as error:
        return None, error


def largest(papers: list[list[Candidate]]) -> int:
    shared = overlaps(papers)
    return max(shared[one][other] for one, other in combinations(range(len(papers)), 2))


def test_forms_hold_what_the_cells_say_and_nothing_twice() -> None:
    demand = Demand([3, 2, 5], forms=4)
    made = assemble(pool_of(12, 8, 20), demand, seed=1)
    assert [breaches(paper, demand) for paper in made.papers] == [[]] * 4
    assert (made.overlap, made.bound) == (0, 0)
    assert set(exposures(made.papers).values()) == {1}


def test_the_same_seed_gives_the_same_forms_and_another_others() -> None:
    pool, demand = pool_of(30, 30), Demand([4, 4], forms=3)

    def keys(seed: int) -> list[list[int]]:
        return [[one.key for one in p] for p in assemble(pool, demand, seed=seed).papers]

    assert keys(5) == keys(5)
    assert keys(5) != keys(6)


def test_difficulty_stays_between_its_bounds() -> None:
    demand = Demand([6, 6], forms=3, bands={"easy": Band(2, 3), "hard": Band(5, 6)})
    made = assemble(pool_of(30, 30), demand, seed=2)
    for paper in made.papers:
        held = Counter(one.band for one in paper)
        assert 2 <= held["easy"] <= 3
        assert 5 <= held["hard"] <= 6


def test_enemies_never_meet() -> None:
    pool = pool_of(8, 8)
    enemies = {(1000 + n, 2000 + n) for n in range(8)} | {(1000, 1001), (1002, 1003)}
    demand = Demand([4, 4], forms=6, enemies=enemies)
    made = assemble(pool, demand, seed=3)
    for paper in made.papers:
        keys = {one.key for one in paper}
        assert not [pair for pair in enemies if set(pair) <= keys]


def test_an_item_wears_out_and_early_forms_leave_enough_for_late_ones() -> None:
    # Every use of every item is needed: a greedy early form would leave the last one without.
    demand = Demand([4, 4], forms=6, bands={"hard": Band(2, 3)}, most_uses=2)
    made = assemble(pool_of(12, 12), demand, seed=4)
    assert set(exposures(made.papers).values()) == {2}


@pytest.mark.parametrize("seed", range(6))
def test_two_forms_share_no_more_than_the_bound_says_they_must(seed: int) -> None:
    """4 forms × 6 of 12 items, each item twice: 12 shared over 6 pairs, so 2 at least."""
    demand = Demand([6], forms=4)
    made = assemble(pool_of(12), demand, seed=seed)
    assert made.bound == 2
    assert made.overlap == largest(made.papers) == 2


def test_the_bound_is_below_what_any_arrangement_shares() -> None:
    """By trying them all: 3 forms × 3 of 5 items."""
    pool, demand = pool_of(5, bands=("easy",)), Demand([3], forms=3)
    every = [frozenset(p) for p in combinations(range(5), 3)]
    least = min(
        max(len(a & b), len(a & c), len(b & c)) for a in every for b in every for c in every
    )
    assert least_overlap(pool, demand) <= least == 2
    assert assemble(pool, demand, seed=1).overlap == least


def test_a_short_cell_is_named_with_what_is_missing() -> None:
    error = refused(pool_of(12, 3), Demand([4, 5], forms=2))
    assert error.findings == [Finding(Constraint.CELL, 1, 5, 3)]
    assert error.findings[0].missing == 2
    assert error.proven


def test_an_empty_cell_is_named_too() -> None:
    assert refused(pool_of(5), Demand([2, 1])).findings == [Finding(Constraint.CELL, 1, 1, 0)]


@pytest.mark.parametrize(
    ("band", "finding"),
    [
        # Of 6 items 2 are hard; a form takes 5, so between 1 and 2 hard ones are in any form.
        (Band(3, None), Finding(Constraint.BAND_LEAST, "hard", 3, 2)),
        (Band(0, 0), Finding(Constraint.BAND_MOST, "hard", 1, 0)),
    ],
)
def test_difficulty_that_cannot_be_is_named(band: Band, finding: Finding) -> None:
    assert refused(pool_of(6), Demand([5], bands={"hard": band})).findings == [finding]


def test_worn_items_are_counted_and_the_least_limit_is_told() -> None:
    """5 forms × 4 = 20 uses; 8 items in at most 2 forms give 16; 3 forms would do."""
    error = refused(pool_of(8), Demand([4], forms=5, most_uses=2))
    assert error.findings == [Finding(Constraint.USES, 0, 20, 16)]
    assert error.least_uses == 3


def test_enemies_that_must_meet_are_named() -> None:
    error = refused(pool_of(3), Demand([2], enemies={(1000, 1001), (1000, 1002), (1001, 1002)}))
    (finding,) = error.findings
    assert finding.constraint is Constraint.ENEMIES
    assert error.proven


def test_overlap_that_no_arrangement_reaches_is_proven() -> None:
    error = refused(pool_of(12), Demand([6], forms=4, most_overlap=1))
    assert error.findings == [Finding(Constraint.OVERLAP, (0, 1), 2, 1)]
    assert error.proven


def test_overlap_only_not_found_is_not_called_impossible() -> None:
    """7 forms × 3 of 7 items sharing 1 each is the Fano plane; sharing it is possible, and when the
    search misses it, it says so rather than claiming a proof."""
    demand = Demand([3], forms=7, most_overlap=1)
    pool = pool_of(7, bands=("easy",))
    assert least_overlap(pool, demand) == 1
    made, error = attempted(pool, demand, seed=1)
    assert (made and made.overlap == 1) or (error and not error.proven)


def test_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    assemble(
        pool_of(9), Demand([2], forms=3), seed=1, progress=lambda done, of: told.append((done, of))
    )
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


def _random_case(rng: random.Random) -> tuple[list[Candidate], Demand]:
    cells = rng.randint(1, 4)
    pool = pool_of(*[rng.randint(3, 14) for _ in range(cells)])
    keys = [one.key for one in pool]
    pairs = [rng.sample(keys, 2) for _ in range(rng.randint(0, 8))]
    bands = {
        band: Band(rng.randint(0, 1), rng.randint(2, 6)) for band in BANDS[: rng.randint(0, 3)]
    }
    return pool, Demand(
        [rng.randint(1, 4) for _ in range(cells)],
        rng.randint(1, 6),
        bands,
        {(min(pair), max(pair)) for pair in pairs},
        rng.choice([None, 1, 2, 4]),
        rng.choice([None, 0, 2, 5]),
    )


@pytest.mark.parametrize("seed", range(60))
def test_whatever_comes_out_keeps_every_constraint(seed: int) -> None:
    pool, demand = _random_case(random.Random(seed))
    made, error = attempted(pool, demand, seed)
    if made:
        _holds(made, demand)
    assert made or (error and (error.findings or not error.proven))


def _holds(made: Assembled, demand: Demand) -> None:
    assert len(made.papers) == demand.forms
    for number, paper in enumerate(made.papers):
        others = [other for at, other in enumerate(made.papers) if at != number]
        assert breaches(paper, demand, others) == []
    assert made.bound <= made.overlap


@pytest.mark.parametrize(
    ("percent", "forms", "most"), [(None, 5, None), (30, 10, 3), (10, 4, 1), (100, 7, 7), (0, 3, 1)]
)
def test_a_share_of_the_forms_as_a_number_of_them(
    percent: int | None, forms: int, most: int | None
) -> None:
    assert uses_allowed(percent, forms) == most


def test_every_breach_is_found() -> None:
    easy, hard, second = Candidate(1, 0, "easy"), Candidate(2, 0, "hard"), Candidate(3, 1, "easy")
    demand = Demand(
        [1, 2], 2, {"easy": Band(2, None), "hard": Band(0, 0)}, {(1, 2)}, 1, most_overlap=1
    )
    found = breaches([hard, easy, easy], demand, [[easy, hard, second]])
    assert {(one.constraint, one.place, one.needed, one.available) for one in found} == {
        ("twice", 1, 1, 2),
        ("cell", 0, 1, 3),
        ("cell", 1, 2, 0),
        ("band_most", "hard", 1, 0),
        ("enemies", (1, 2), 2, 1),
        ("exposure", 1, 3, 1),
        ("exposure", 2, 2, 1),
        ("overlap", 0, 2, 1),
    }
