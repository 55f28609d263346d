"""Drawing and shuffling that give the same again for the same seed, on every version of Python: of
`random.Random` only `random()` is used, whose sequence the language keeps. Pure."""

from collections.abc import Sequence, Set
from random import Random


def pick(length: int, count: int, rng: Random) -> list[int]:
    """`count` different numbers below `length`, in the order drawn. Takes time in `count` only."""
    moved: dict[int, int] = {}
    drawn = []
    for left in range(length, length - count, -1):
        place = int(rng.random() * left)
        drawn.append(moved.get(place, place))
        moved[place] = moved.get(left - 1, left - 1)
    return drawn


def shuffled(length: int, rng: Random, fixed: Set[int] = frozenset()) -> list[int]:
    """The numbers below `length` in an order drawn, those in `fixed` in their own places."""
    loose = [number for number in range(length) if number not in fixed]
    drawn = iter([loose[place] for place in pick(len(loose), len(loose), rng)])
    return [number if number in fixed else next(drawn) for number in range(length)]


MOST_ORDERS = 12
"""Orders of an item's options that a bundle holds: enough that neighbours differ, few enough that
each is rendered once and kept."""


def orders(length: int, rng: Random, fixed: Set[int] = frozenset()) -> list[list[int]]:
    """Up to MOST_ORDERS different orders; of few parts, all there are."""
    found: dict[tuple[int, ...], None] = {}
    for _ in range(MOST_ORDERS * 4):
        found.setdefault(tuple(shuffled(length, rng, fixed)))
        if len(found) == MOST_ORDERS:
            break
    return [list(order) for order in found]


def clashes(chosen: Sequence[int], enemies: Set[tuple[int, int]]) -> bool:
    """Whether two of those chosen may not stand together."""
    return any(
        (min(one, other), max(one, other)) in enemies
        for place, one in enumerate(chosen)
        for other in chosen[place + 1 :]
    )
