"""People into classes: nobody twice at a time, nobody left out where there is room, and what can't
be kept is said."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lantoa.stats.schedules import split
from lantoa.stats.seating import (
    Finding,
    Lack,
    Learner,
    Seat,
    Seating,
    Together,
    Wishes,
    most_away,
    seat,
)

SECONDS = 20


def classes(
    matters: int, each: int, capacity: int, *, least: int = 0, at_once: int = 1
) -> list[Seat]:
    """`each` classes of every matter, four half-days long, so many at one time."""
    made = []
    for number in range(matters * each):
        block = number // at_once
        times = frozenset(range(block * 4, block * 4 + 4))
        made.append(Seat(number, number % matters, capacity, least, times, order=number // matters))
    return made


def people(count: int, units: int, matters: int) -> list[Learner]:
    rng = Random(4)
    return [
        Learner(n, rng.randrange(units), frozenset(range(matters)), waits=n % 2)
        for n in range(count)
    ]


def clashes(found: Seating, seats: list[Seat]) -> int:
    of = {one.key: one for one in seats}
    times = [[t for key in keys for t in of[key].times] for keys in found.classes.values()]
    return sum(len(set(some)) < len(some) for some in times)


def sizes(found: Seating) -> Counter[int]:
    return Counter(key for keys in found.classes.values() for key in keys)


@pytest.mark.parametrize("colleagues", list(Together))
def test_250_people_in_15_classes_of_80_to_90(colleagues: Together) -> None:
    seats = classes(5, 3, 90, least=80, at_once=2)
    learners = people(250, 40, 5)
    found = seat(learners, seats, Wishes(away=100, colleagues=colleagues), seconds=SECONDS)
    assert found.findings == []
    assert clashes(found, seats) == 0
    assert all(len(keys) == 5 for keys in found.classes.values())
    assert all(80 <= size <= 90 for size in sizes(found).values())


def test_the_same_question_has_the_same_answer() -> None:
    seats, learners = classes(3, 3, 40), people(100, 9, 3)
    first = seat(learners, seats, Wishes(away=50), seconds=SECONDS)
    assert seat(learners, seats, Wishes(away=50), seconds=SECONDS) == first


def test_too_few_seats_are_said_and_the_longest_wait_goes_first() -> None:
    learners = [Learner(n, 1, frozenset({0}), waits=int(n < 3)) for n in range(8)]
    found = seat(learners, classes(1, 1, 5), Wishes(), seconds=SECONDS)
    assert found.findings == [
        Finding(Lack.SEATS, 0, 5, 8),
        Finding(Lack.NOT_SEATED, 0, 5, 8),
    ]
    assert {n for n, keys in found.classes.items() if keys} >= {0, 1, 2}


def test_what_meets_at_the_same_time_cannot_be_attended_together() -> None:
    seats = [Seat(0, 0, 9, 0, frozenset({1})), Seat(1, 1, 9, 0, frozenset({1}))]
    found = seat(people(4, 2, 2), seats, Wishes(), seconds=SECONDS)
    assert clashes(found, seats) == 0
    assert sum(one.asked - one.found for one in found.findings) == 4
    partly = [Seat(0, 0, 9, 0, frozenset({1, 2})), Seat(1, 1, 9, 0, frozenset({2, 3}))]
    found = seat(people(4, 2, 2), partly, Wishes(), seconds=SECONDS)
    assert clashes(found, partly) == 0


def test_an_agency_keeps_its_share_of_people() -> None:
    learners = [Learner(n, 1, frozenset({0})) for n in range(9)]
    learners += [Learner(n, 2, frozenset({0})) for n in range(9, 30)]
    found = seat(learners, classes(1, 3, 30), Wishes(away=34), seconds=SECONDS)
    assert found.findings == []
    per_class = Counter((one.unit, found.classes[one.key][0]) for one in learners)
    most = {1: most_away(9, 34), 2: most_away(21, 34)}
    assert all(count <= most[unit] for (unit, _key), count in per_class.items())
    tight = seat(learners, classes(1, 1, 30), Wishes(away=34), seconds=SECONDS)
    assert Finding(Lack.AWAY, 1, 9, 3) in tight.findings


def test_near_classes_are_preferred_and_pins_are_kept() -> None:
    learners = [Learner(n, n % 2, frozenset({0})) for n in range(10)]
    learners[0] = Learner(0, 0, frozenset({0}), pinned=frozenset({1}))
    far = {(0, 0): 0.0, (0, 1): 60.0, (1, 0): 60.0, (1, 1): 0.0}
    found = seat(learners, classes(1, 2, 9), Wishes(distance=far), seconds=SECONDS)
    assert found.classes[0] == [1]
    assert all(found.classes[n] == [n % 2] for n in range(1, 10))


def test_colleagues_together_or_apart() -> None:
    learners = [Learner(n, n // 6, frozenset({0})) for n in range(18)]
    seats = classes(1, 3, 9)
    together = seat(learners, seats, Wishes(colleagues=Together.TOGETHER), seconds=SECONDS)
    apart = seat(learners, seats, Wishes(colleagues=Together.APART), seconds=SECONDS)

    def spread(found: Seating) -> list[int]:
        of = {(one.unit, found.classes[one.key][0]) for one in learners}
        return sorted(Counter(unit for unit, _key in of).values())

    assert spread(together) == [1, 1, 1]
    assert spread(apart) == [3, 3, 3]


def test_a_class_that_stays_too_small_is_said() -> None:
    found = seat(people(6, 2, 1), classes(1, 2, 9, least=5), Wishes(), seconds=SECONDS)
    assert [one.lack for one in found.findings] == [Lack.TOO_FEW]


def test_nobody_and_nothing() -> None:
    assert seat([], classes(1, 1, 5), Wishes(), seconds=SECONDS).classes == {}
    found = seat(people(2, 1, 1), [], Wishes(), seconds=SECONDS)
    assert Finding(Lack.SEATS, 0, 0, 2) in found.findings


@settings(max_examples=60)
@given(st.integers(1, 7), st.integers(1, 5), st.integers(1, 6), st.randoms(use_true_random=False))
def test_counts_split_into_schedules(people_: int, matters: int, times: int, rng: Random) -> None:
    """Any counts whose sums per matter and per time don't exceed the group split without clashes,
    and nothing of them is lost."""
    slots = {m * times + t: (m, t) for m in range(matters) for t in range(times)}
    counts: Counter[int] = Counter()
    for _person in range(people_):
        chosen = rng.sample(range(times), min(matters, times))
        for matter, time in zip(rng.sample(range(matters), len(chosen)), chosen, strict=True):
            if rng.random() < 0.9:
                counts[matter * times + time] += 1
    schedules = split(counts, slots, people_)
    assert len(schedules) == people_
    assert Counter(key for schedule in schedules for key in schedule) == +counts
    for schedule in schedules:
        assert len({slots[key][0] for key in schedule}) == len(schedule)
        assert len({slots[key][1] for key in schedule}) == len(schedule)
