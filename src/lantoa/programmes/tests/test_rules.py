from datetime import date

import pytest

from lantoa.programmes import rules
from lantoa.programmes.rules import Progress, Timing


@pytest.mark.parametrize(
    ("required", "passed", "complete"),
    [
        ([], [], False),
        ([], [1], False),
        ([1], [], False),
        ([1], [1], True),
        ([1, 2], [1], False),
        ([1, 2], [2, 1, 1], True),
        ([1, 2], [1, 2, 3], True),
    ],
)
def test_completion_asks_for_every_requirement(
    required: list[int], passed: list[int], complete: bool
) -> None:
    assert rules.is_complete(required, passed) is complete


@pytest.mark.parametrize(
    ("activated", "started", "completed", "certified", "expected"),
    [
        (False, False, False, False, Progress.INACTIVE),
        (True, False, False, False, Progress.NOT_BEGUN),
        (True, True, False, False, Progress.LEARNING),
        (False, True, False, False, Progress.LEARNING),
        (True, True, True, False, Progress.COMPLETED),
        (False, False, True, False, Progress.COMPLETED),
        (True, True, True, True, Progress.CERTIFIED),
    ],
)
def test_progress_is_the_furthest_fact(
    activated: bool, started: bool, completed: bool, certified: bool, expected: Progress
) -> None:
    got = rules.progress(
        activated=activated, started=started, completed=completed, certified=certified
    )
    assert got == expected


@pytest.mark.parametrize(
    ("closes_on", "completed", "expected"),
    [
        (date(2022, 5, 21), False, Timing.LATE),
        (date(2022, 5, 21), True, Timing.ON_TIME),
        (date(2022, 5, 22), False, Timing.DUE_SOON),
        (date(2022, 5, 29), False, Timing.DUE_SOON),
        (date(2022, 5, 30), False, Timing.ON_TIME),
        (date(2022, 5, 22), True, Timing.ON_TIME),
    ],
)
def test_late_begins_the_day_after_the_window_closes(
    closes_on: date, completed: bool, expected: Timing
) -> None:
    today = date(2022, 5, 22)
    assert rules.timing(closes_on=closes_on, completed=completed, today=today) == expected


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2022, 5, 22), 12, date(2021, 5, 22)),
        (date(2022, 3, 31), 1, date(2022, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2022, 1, 15), 1, date(2021, 12, 15)),
        (date(2022, 12, 31), 1, date(2022, 11, 30)),
        (date(2023, 1, 31), 2, date(2022, 11, 30)),
    ],
)
def test_months_before(day: date, months: int, expected: date) -> None:
    assert rules.months_before(day, months) == expected
