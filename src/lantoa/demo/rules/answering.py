"""How somebody answers the final test so that it ends as it did."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

Reply = tuple[int, Any, datetime]
"""Slot, response, moment."""

PACE_SECONDS = (9, 55)
CHANGED_MIND = 0.06


def share_right(rng: Random, *, passed: bool, pass_mark: int) -> float:
    mark = pass_mark / 100
    if passed:
        return min(1.0, rng.triangular(mark + 0.02, 1.0, max(mark + 0.02, 0.8)))
    return max(0.0, rng.triangular(mark - 0.25, mark - 0.04, mark - 0.08))


def replies(
    rng: Random, items: Sequence[dict[str, Any]], started: datetime, right: float
) -> list[Reply]:
    """An answer to every single-choice item in the order shown, `right` of them the right one;
    now and then a second thought."""
    good = set(rng.sample(range(len(items)), round(right * len(items))))
    at, given = started, []
    for slot, item in enumerate(items):
        at += timedelta(seconds=round(rng.uniform(*PACE_SECONDS), 3))
        if rng.random() < CHANGED_MIND:
            given.append((slot, rng.randrange(len(item["options"])), at))
            at += timedelta(seconds=round(rng.uniform(5, 20), 3))
        wrong = [i for i in range(len(item["options"])) if i != item["answer"]]
        given.append((slot, item["answer"] if slot in good else rng.choice(wrong), at))
    return given
