"""Item analysis (`stats.classical`) of random answers: wall time. Without a database."""

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from bench.support.figures import markdown
from lantoa.stats.classical import analyse, chosen_one

Say = Callable[[str], object]
ITEMS, OPTIONS = 50, 4


def measure(*, learners: int, runs: int, say: Say) -> dict[str, Any]:
    """`learners` attempts; once as equal forms, once as forms drawn out of twice as many items."""
    say(f"{learners} attempts × {ITEMS} items …")
    rng = np.random.default_rng(1)
    answers = rng.integers(-1, OPTIONS, (learners, ITEMS))
    scores, seconds = (answers == 0).astype(float), rng.random((learners, ITEMS)) * 90
    chosen = [chosen_one(answers[:, place], OPTIONS) for place in range(ITEMS)]
    began = time.perf_counter()
    analyse(scores, [1.0] * ITEMS, seconds=seconds, chosen=chosen)
    equal = time.perf_counter() - began
    pool = np.full((learners, 2 * ITEMS), np.nan)
    for number, row in enumerate(pool):
        row[rng.permutation(2 * ITEMS)[:ITEMS]] = scores[number]
    began = time.perf_counter()
    analyse(pool, [1.0] * (2 * ITEMS))
    drawn = time.perf_counter() - began
    return {
        "attempts": learners,
        "items": ITEMS,
        "equal_s": round(equal, 2),
        "drawn_s": round(drawn, 2),
    }


def table(figures: dict[str, Any]) -> str:
    rows = [("equal forms", figures["equal_s"]), ("drawn from twice as many", figures["drawn_s"])]
    title = "{attempts} attempts × {items} items".format(**figures)
    return f"{title}\n\n{markdown(rows, ('forms', 'wall s'))}"
