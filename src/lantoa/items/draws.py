"""Drawing and shuffling that give the same again for the same seed, on every version of Python: of
`random.Random` only `random()` is used, whose sequence the language keeps. Pure."""

from collections.abc import Iterator, Sequence, Set
from itertools import islice, permutations
from math import factorial
from random import Random


def drawn(length: int, rng: Random) -> Iterator[int]:
    """The numbers below `length` one by one as they are drawn, none twice. Takes time only for
    those that are taken."""
    moved: dict[int, int] = {}
    for left in range(length, 0, -1):
        place = int(rng.random() * left)
        yield moved.get(place, place)
        moved[place] = moved.get(left - 1, left - 1)


def pick(length: int, count: int, rng: Random) -> list[int]:
    """`count` different numbers below `length`, in the order drawn."""
    return list(islice(drawn(length, rng), count))


def pick_apart(
    of: Sequence[int],
    count: int,
    rng: Random,
    *,
    beside: Sequence[int],
    enemies: Set[tuple[int, int]],
) -> list[int] | None:
    """`count` of these that are at peace with each other and with those `beside`; None when the
    draw ran into a corner. Without enemies the same as `pick`."""
    chosen: list[int] = []
    if not enemies:
        return [of[place] for place in pick(len(of), count, rng)]
    for place in drawn(len(of), rng):
        if len(chosen) == count:
            break
        if not clashes_with(of[place], [*beside, *chosen], enemies):
            chosen.append(of[place])
    return chosen if len(chosen) == count else None


def shuffled(length: int, rng: Random, fixed: Set[int] = frozenset()) -> list[int]:
    """The numbers below `length` in an order drawn, those in `fixed` in their own places."""
    loose = [number for number in range(length) if number not in fixed]
    lots = iter([loose[place] for place in pick(len(loose), len(loose), rng)])
    return [number if number in fixed else next(lots) for number in range(length)]


MOST_ORDERS = 12
"""Orders of an item's options that a bundle holds: enough that neighbours differ, few enough that
each is rendered once and kept."""


def orders(length: int, rng: Random, fixed: Set[int] = frozenset()) -> list[list[int]]:
    """Up to MOST_ORDERS different orders; of few parts, all there are."""
    loose = [number for number in range(length) if number not in fixed]
    if factorial(len(loose)) <= MOST_ORDERS:
        return [_filled(length, loose, order) for order in permutations(loose)]
    found: dict[tuple[int, ...], None] = {}
    for _ in range(MOST_ORDERS * 4):
        found.setdefault(tuple(shuffled(length, rng, fixed)))
        if len(found) == MOST_ORDERS:
            break
    return [list(order) for order in found]


def _filled(length: int, loose: Sequence[int], order: Sequence[int]) -> list[int]:
    places = dict(zip(loose, order, strict=True))
    return [places.get(number, number) for number in range(length)]


def clashes_with(one: int, others: Sequence[int], enemies: Set[tuple[int, int]]) -> bool:
    return any((min(one, other), max(one, other)) in enemies for other in others)


def clashes(chosen: Sequence[int], enemies: Set[tuple[int, int]]) -> bool:
    """Whether two of those chosen may not stand together."""
    return any(clashes_with(one, chosen[place + 1 :], enemies) for place, one in enumerate(chosen))
