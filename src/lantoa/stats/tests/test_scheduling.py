"""Days, rooms and trainers without clashes; what can't be held says why."""

from collections import Counter

from lantoa.stats.scheduling import Held, Missing, Room, Timetable, Trainer, Wanted, schedule


def wanted(matters: int, each: int, *, halves: int = 4, size: int = 80) -> list[Wanted]:
    return [Wanted(m * 100 + n, m, size, halves) for m in range(matters) for n in range(each)]


def twice(held: list[Held], what: str) -> list[tuple[object, int]]:
    used = Counter((getattr(one, what), t) for one in held for t in one.times)
    return [key for key, count in used.items() if key[0] is not None and count > 1]


def test_15_classes_with_rooms_and_trainers() -> None:
    rooms = [Room(1, 90), Room(2, 100, busy=frozenset(range(12))), Room(3, 40)]
    trainers = [Trainer(n, frozenset({n, (n + 1) % 5}), frozenset({4 * n})) for n in range(5)]
    found = schedule(wanted(5, 3), 60, rooms, trainers, at_once=2)
    assert found.missing == {}
    assert len(found.held) == 15
    assert twice(found.held, "room") == [] == twice(found.held, "trainer")
    assert {one.room for one in found.held} <= {1, 2}
    assert all(min(one.times) >= 12 for one in found.held if one.room == 2)
    for one in found.held:
        trainer = trainers[one.trainer or 0]
        assert one.key // 100 in trainer.matters
        assert not trainer.busy & set(one.times)
    at_once = Counter(t for one in found.held for t in one.times)
    assert max(at_once.values()) <= 2


def test_classes_of_one_matter_are_at_different_times_in_order() -> None:
    found = schedule(wanted(2, 3), 60, [], [], at_once=9)
    first = [next(h.times[0] for h in found.held if h.key == key) for key in (0, 1, 2)]
    assert first == sorted(set(first))


def test_a_class_that_is_held_stays() -> None:
    asked = wanted(2, 2)
    asked[1] = Wanted(1, 0, 80, 4, fixed=(16, 7, None))
    found = schedule(asked, 40, [Room(6, 90), Room(7, 300)], [], at_once=1)
    assert next(one for one in found.held if one.key == 1) == Held(1, (16, 17, 18, 19), 7, None)
    assert found.missing == {}


def why(found: Timetable) -> set[Missing]:
    return set(found.missing.values())


def test_what_cannot_be_says_why() -> None:
    assert why(schedule(wanted(1, 1), 3, [], [], at_once=1)) == {Missing.TIME}
    assert why(schedule(wanted(1, 1), 8, [Room(1, 50)], [], at_once=1)) == {Missing.ROOM}
    trainers = [Trainer(1, frozenset({9}))]
    assert why(schedule(wanted(1, 1), 8, [], trainers, at_once=1)) == {Missing.TRAINER}
    found = schedule(wanted(1, 3), 8, [], [], at_once=1)
    assert found.missing == {2: Missing.TOGETHER}
