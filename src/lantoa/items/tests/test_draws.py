from random import Random

import pytest

from lantoa.items import draws


def test_a_draw_is_the_same_again_on_every_python() -> None:
    """Written down, not computed: what an attempt keeps is its seed."""
    assert draws.pick(10, 5, Random(7)) == [3, 1, 5, 0, 9]
    assert draws.shuffled(5, Random(7)) == [1, 0, 4, 3, 2]


@pytest.mark.parametrize("seed", range(20))
def test_a_draw_takes_nothing_twice(seed: int) -> None:
    drawn = draws.pick(30, 12, Random(seed))
    assert len(set(drawn)) == 12
    assert set(drawn) <= set(range(30))


def test_every_number_is_drawn_as_often() -> None:
    rng, counted = Random(1), [0] * 5
    for _ in range(5000):
        for number in draws.pick(5, 2, rng):
            counted[number] += 1
    assert all(1850 < n < 2150 for n in counted)


@pytest.mark.parametrize("seed", range(10))
def test_fixed_parts_keep_their_places(seed: int) -> None:
    order = draws.shuffled(6, Random(seed), frozenset({3, 5}))
    assert (order[3], order[5]) == (3, 5)
    assert sorted(order) == list(range(6))


@pytest.mark.parametrize(
    ("length", "fixed", "many"),
    [(0, set(), 1), (1, set(), 1), (3, set(), 6), (4, {3}, 6), (4, set(), 12), (6, set(), 12)],
)
def test_of_few_parts_all_orders_are_there(length: int, fixed: set[int], many: int) -> None:
    some = draws.orders(length, Random(1), frozenset(fixed))
    assert len({tuple(order) for order in some}) == len(some) == many
    assert all(sorted(order) == list(range(length)) for order in some)
    assert all(order[part] == part for order in some for part in fixed)


@pytest.mark.parametrize("seed", range(50))
def test_enemies_are_passed_over(seed: int) -> None:
    """Ten pairs, ten drawn of twenty: drawing blindly would find peace once in 180 times."""
    enemies = {(2 * n, 2 * n + 1) for n in range(10)}
    drawn = draws.pick_apart(range(20), 10, Random(seed), beside=[], enemies=enemies)
    assert drawn is not None
    assert not draws.clashes(drawn, enemies)


def test_enemies_beside_count_too_and_a_corner_is_told() -> None:
    enemies = {(0, 9), (1, 9)}
    assert draws.pick_apart([0, 1], 1, Random(1), beside=[9], enemies=enemies) is None
    assert draws.pick_apart([0, 1, 2], 1, Random(1), beside=[9], enemies=enemies) == [2]


def test_without_enemies_it_is_an_ordinary_draw() -> None:
    apart = draws.pick_apart(range(9), 4, Random(3), beside=[], enemies=frozenset())
    assert apart == draws.pick(9, 4, Random(3))
