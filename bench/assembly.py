"""Assembling forms (`stats.assembly`) from pools of several sizes: wall time, the largest overlap
of two forms found, and the bound that no arrangement can be below. Without a database."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bench.support.figures import markdown
from lantoa.stats.assembly import CannotAssemble, assemble
from lantoa.stats.papers import Band, Candidate, Demand, exposures

Say = Callable[[str], object]

BANDS = ("easy", "medium", "hard")
FORMS, LENGTH = 20, 40


@dataclass(frozen=True)
class Case:
    """`enemies`: pairs drawn at random; `uses`: most forms an item may stand in."""

    name: str
    items: int
    cells: int
    enemies: int = 0
    uses: int | None = None
    overlap: int | None = None


CASES = (
    Case("rich bank", 2000, 15),
    Case("rich bank, 40 cells, enemies, an item in one form", 2000, 40, enemies=500, uses=1),
    Case("half a bank, enemies, an item in 2 forms", 600, 20, enemies=200, uses=2),
    Case("poor bank, enemies", 300, 20, enemies=100),
    Case("very poor bank", 120, 10),
    Case("impossible: too few uses", 300, 20, uses=2),
)


def _pool(case: Case, rng: random.Random) -> list[Candidate]:
    return [Candidate(n, n % case.cells, rng.choice(BANDS)) for n in range(case.items)]


def _demand(case: Case, rng: random.Random) -> Demand:
    counts = [LENGTH // case.cells + (n < LENGTH % case.cells) for n in range(case.cells)]
    pairs = [sorted(rng.sample(range(case.items), 2)) for _ in range(case.enemies)]
    bands = {"easy": Band(8, 16), "hard": Band(5, 14)}
    enemies = {(one, other) for one, other in pairs}
    return Demand(counts, FORMS, bands, enemies, case.uses, case.overlap)


def _run(case: Case, seed: int) -> dict[str, Any]:
    rng = random.Random(seed)
    pool, demand = _pool(case, rng), _demand(case, rng)
    began = time.perf_counter()
    told: dict[str, Any]
    try:
        made = assemble(pool, demand, seed=seed)
        told = {
            "overlap": made.overlap,
            "bound": made.bound,
            "most_uses": max(exposures(made.papers).values()),
        }
    except CannotAssemble as error:
        told = {"refused": [str(finding.constraint) for finding in error.findings]}
    return {"wall_s": round(time.perf_counter() - began, 2), **told}


def measure(*, learners: int, runs: int, say: Say) -> dict[str, Any]:
    """`learners` and `runs` are not used: three seeds of each case, the slowest told."""
    cases = {}
    for case in CASES:
        say(f"{case.name} …")
        cases[case.name] = max((_run(case, seed) for seed in (1, 2, 3)), key=lambda r: r["wall_s"])
    return {"forms": FORMS, "length": LENGTH, "cases": cases}


def table(figures: dict[str, Any]) -> str:
    rows = [
        (
            name,
            told["wall_s"],
            told.get("overlap", "refused"),
            told.get("bound", "–"),
            told.get("most_uses", "–"),
        )
        for name, told in figures["cases"].items()
    ]
    heads = ("pool", "wall s", "largest overlap", "bound", "most forms of an item")
    return "{forms} forms × {length} items\n\n".format(**figures) + markdown(rows, heads)
