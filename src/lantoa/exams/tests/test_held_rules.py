from datetime import datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lantoa.exams.queries.series import median
from lantoa.exams.rules.numbers import Pattern, after
from lantoa.exams.rules.roster_lines import lines_of
from lantoa.exams.rules.seating import apart, deal, free_seats
from lantoa.exams.rules.windows import Series, Window, is_short, problems, waves
from lantoa.kernel.clock import VIETNAM

OPENS = datetime(2026, 12, 12, 8, 0, tzinfo=VIETNAM)
HOUR = timedelta(hours=1)


# ---- seats ----


@pytest.mark.parametrize(
    ("groups", "clashes"),
    [
        ([], 0),
        ([1], 0),
        ([1, 1, 2, 2], 0),
        ([1, 1, 1, 2, 3], 0),
        ([1, 1, 1, 1, 2], 2),
        ([1, 1, 1], 2),
    ],
)
def test_colleagues_sit_apart_as_long_as_there_are_others(groups: list[int], clashes: int) -> None:
    order = apart(groups)
    assert sorted(order) == list(range(len(groups)))
    assert sum(groups[a] == groups[b] for a, b in pairwise(order)) == clashes
    for group in set(groups):
        kept = [place for place in order if groups[place] == group]
        assert kept == sorted(kept)


@given(st.lists(st.integers(1, 6), max_size=60))
def test_colleagues_meet_only_where_they_must(groups: list[int]) -> None:
    order = apart(groups)
    assert sorted(order) == list(range(len(groups)))
    most = max((groups.count(group) for group in groups), default=0)
    meetings = sum(groups[a] == groups[b] for a, b in pairwise(order))
    assert meetings == max(0, 2 * most - len(groups) - 1)


def test_seats_are_filled_room_by_room_around_those_taken() -> None:
    assert free_seats([(7, 2), (9, 3)], frozenset({(7, 1), (9, 2)})) == [(7, 2), (9, 1), (9, 3)]


@pytest.mark.parametrize("forms", [2, 3, 5])
def test_neighbours_get_different_forms_and_each_is_used_as_often(forms: int) -> None:
    places = [(room, seat) for room in (1, 2, 3) for seat in range(1, 21)]
    dealt = dict(zip(places, deal(places, forms, first=1), strict=True))
    for room, seat in places[:-1]:
        if (room, seat + 1) in dealt:
            assert dealt[room, seat] != dealt[room, seat + 1]
    counts = [list(dealt.values()).count(form) for form in range(forms)]
    assert max(counts) - min(counts) <= 1


def test_who_comes_later_differs_from_both_neighbours() -> None:
    assert deal([(1, 2)], 3, taken={(1, 1): 0, (1, 3): 2}) == [1]
    assert deal([(1, 2)], 1, taken={(1, 1): 0}) == [0]
    assert deal([None, None, None], 2) == [0, 1, 0]


# ---- numbers ----


def test_numbers_go_on_after_the_highest_of_their_pattern() -> None:
    pattern = Pattern("TN", 4)
    assert pattern.number(0) == "TN0001"
    assert after(pattern, ["TN0007", "TN0003", "XX0099", "TN00010"]).number(0) == "TN0008"
    assert after(Pattern("TN", 4, 50), ["TN0007"]).number(0) == "TN0050"
    assert Pattern("", 2).holds(99)
    assert not Pattern("", 2).holds(100)


# ---- pasted lines ----


@pytest.mark.parametrize(
    ("line", "numbers", "phones", "email", "names"),
    [
        ("019185001234", ("019185001234",), (), "", ()),
        ("0912 345 678", (), ("0912345678",), "", ()),
        ("912345678", (), ("0912345678",), "", ()),
        ("+84 912.345.678", (), ("0912345678",), "", ()),
        ("19185001234", ("019185001234",), ("19185001234",), "", ()),
        ("An@Tinh.Example", (), (), "an@tinh.example", ()),
        ("12\tNguyễn Văn An\t0912345678", (), ("0912345678",), "", ("Nguyễn Văn An",)),
        ("3. Trần Thị Bình; Sở Nội vụ", (), (), "", ("Trần Thị Bình", "Sở Nội vụ")),
        ("Lê Văn C\t01/02/1985\tx@y.example", (), (), "x@y.example", ("Lê Văn C",)),
    ],
)
def test_a_line_says_who_is_meant(
    line: str, numbers: tuple[str], phones: tuple[str], email: str, names: tuple[str]
) -> None:
    (read,) = lines_of(line)
    assert (read.numbers, read.phones, read.email) == (numbers, phones, email)
    assert read.names == names


def test_rows_are_counted_as_pasted() -> None:
    assert [line.row for line in lines_of("a b\n\n  \nc d\n")] == [1, 4]


# ---- windows and series ----


@pytest.mark.parametrize(
    ("last", "closes", "wrong"),
    [
        (None, 2 * HOUR, set()),
        (HOUR, 2 * HOUR, set()),
        (None, timedelta(0), {"closes_at"}),
        (None, -HOUR, {"closes_at"}),
        (None, timedelta(minutes=59), {"closes_at"}),
        (-HOUR, 2 * HOUR, {"last_start_at"}),
        (3 * HOUR, 2 * HOUR, {"last_start_at"}),
    ],
)
def test_what_is_wrong_with_a_window(
    last: timedelta | None, closes: timedelta, wrong: set[str]
) -> None:
    window = Window(OPENS, None if last is None else OPENS + last, OPENS + closes)
    assert set(problems(window, 60)) == wrong


def test_who_starts_last_may_lack_time() -> None:
    assert not is_short(Window(OPENS, OPENS + HOUR, OPENS + 2 * HOUR), 60)
    assert is_short(Window(OPENS, OPENS + HOUR, OPENS + 2 * HOUR), 61)
    assert is_short(Window(OPENS, None, OPENS + 2 * HOUR), 60)


def test_waves_follow_each_other() -> None:
    window = Window(OPENS, OPENS + HOUR, OPENS + 2 * HOUR)
    assert [w.opens_at for w in waves(window, 3, 2 * HOUR)] == [
        OPENS, OPENS + 2 * HOUR, OPENS + 4 * HOUR,
    ]  # fmt: skip


def test_a_series_goes_through_the_agencies_on_working_days() -> None:
    series = Series(2026, [1, 4], 3, 13, time(8), time(10), per_day=2)
    planned = series.planned([11, 12, 13])
    days = [(p.period, p.unit, p.window.opens_at.strftime("%d/%m")) for p in planned]
    # 13/03/2026 is a Friday, 13/12/2026 a Sunday.
    assert days == [
        ("2026-Q1", 11, "13/03"), ("2026-Q1", 12, "13/03"), ("2026-Q1", 13, "16/03"),
        ("2026-Q4", 11, "14/12"), ("2026-Q4", 12, "14/12"), ("2026-Q4", 13, "15/12"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("scores", "middle"),
    [
        ({}, None),
        ({50: 1}, 50),
        ({50: 1, 70: 1}, 60),
        ({10: 1, 50: 3, 90: 1}, 50),
        ({0: 2, 100: 2}, 50),
    ],
)
def test_the_median_of_a_tally(scores: dict[int, int], middle: float | None) -> None:
    assert median(scores) == middle
