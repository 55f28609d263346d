"""Rules of what comes after: marking, appeals, council, keys, words on items."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from lantoa.exams.rules.appeals import Appealing, state_of
from lantoa.exams.rules.council import Concern, Hindrance, Pending, concerns, hindrances
from lantoa.exams.rules.item_words import Finding, Reliability, findings, reliability
from lantoa.exams.rules.keys import same_shown
from lantoa.exams.rules.marking import (
    Agreement,
    BadPoints,
    Criterion,
    agreement,
    criteria,
    given,
    read_points,
)
from lantoa.kernel.clock import VIETNAM

OUT = datetime(2022, 5, 23, 8, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("marks", "agreed"),
    [
        ([], Agreement(None)),
        ([700], Agreement(None)),
        ([700, 700], Agreement(700)),
        ([700, 701], Agreement(701)),  # half a hundredth is the candidate's
        ([800, 600], Agreement(700)),  # 20 % is not more than 20 %
        ([601, 400], Agreement(None, 3)),
        ([601, 400, 600], Agreement(601, 3)),
        ([601, 400, 410], Agreement(405, 3)),
        ([800, 400, 600], Agreement(600, 3)),  # midway: where their mean is
        ([1000, 0, 500], Agreement(500, 3, apart=True)),
        ([300, 0, 1000], Agreement(650, 3, apart=True)),
    ],
)
def test_what_marks_agree_on(marks: list[int], agreed: Agreement) -> None:
    assert agreement(marks, 1000, 20) == agreed


def test_marks_that_may_not_differ_at_all() -> None:
    assert agreement([500, 500], 1000, 0).points == 500
    assert agreement([500, 501], 1000, 0) == Agreement(None, 3)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", None), ("  ", None), ("0", 0), ("1,5", 150), ("1.25", 125), (" 6 ", 600),
        ("5,999", BadPoints), ("6,01", BadPoints), ("-1", BadPoints), ("1e9", BadPoints),
        ("NaN", BadPoints), ("Infinity", BadPoints), ("sáu", BadPoints), ("1,2,3", BadPoints),
    ],
)  # fmt: skip
def test_points_as_they_are_typed(typed: str, read: Any) -> None:
    if read is BadPoints:
        with pytest.raises(BadPoints):
            read_points(typed, 600)
    else:
        assert read_points(typed, 600) == read


def test_a_rubric_has_its_own_points_and_no_rubric_the_slots() -> None:
    rubric = [{"title": "Ý", "points": 6}, {"title": "Lời", "points": 4}]
    assert criteria(rubric, 500) == [Criterion("Ý", 600), Criterion("Lời", 400)]
    assert criteria([], 500) == [Criterion("", 500)]
    assert given(725, 1000, 500) == 362


@pytest.mark.parametrize(
    ("out_at", "days_later", "filed", "decided", "state"),
    [
        (None, 0, False, False, Appealing.NOT_OUT),
        (OUT, -0.001, False, False, Appealing.NOT_OUT),  # a paper that came in too early
        (OUT, 0, False, False, Appealing.OPEN),
        (OUT, 15, False, False, Appealing.OPEN),
        (OUT, 15.001, False, False, Appealing.OVER),
        (OUT, 99, True, False, Appealing.FILED),
        (OUT, 99, True, True, Appealing.DECIDED),
        (None, 0, True, False, Appealing.FILED),  # reopened meanwhile
    ],
)
def test_until_when_one_may_appeal(
    out_at: datetime | None, days_later: float, filed: bool, decided: bool, state: Appealing
) -> None:
    now = OUT + timedelta(days=days_later)
    assert state_of(out_at=out_at, now=now, days=15, filed=filed, decided=decided) is state


NOTHING: dict[str, Any] = {
    "submitted": 5, "under_way": 0, "unmarked": 0, "undecided_late": 0, "correcting": 0,
    "unsound": 0, "window_open": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "hinders", "concerns_of"),
    [
        ({}, [], []),
        ({"submitted": 0}, [Hindrance.NOBODY], []),
        ({"under_way": 1}, [Hindrance.UNDER_WAY], []),
        ({"unmarked": 2}, [Hindrance.UNMARKED], []),
        ({"undecided_late": 1}, [Hindrance.LATE], []),
        ({"correcting": 1}, [Hindrance.CORRECTING], []),
        ({"unsound": None}, [], [Concern.NOT_VERIFIED]),
        ({"unsound": 1}, [], [Concern.NOT_SOUND]),
        ({"window_open": True}, [], [Concern.STILL_OPEN]),
    ],
)
def test_what_stands_before_approval(
    change: dict[str, Any], hinders: list[Hindrance], concerns_of: list[Concern]
) -> None:
    pending = Pending(**NOTHING | change)
    assert hindrances(pending) == hinders
    assert concerns(pending) == concerns_of


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("<p>Xã  làm gì?</p>", "<p>Xã làm gì?</p>\n", True),
        ("Xã làm gì?", "Xã làm gì", False),
        ({"stem": "a", "n": [1, 2]}, {"stem": "<b>a</b>", "n": [1, 2]}, True),
        ({"stem": "a"}, {"stem": "a", "b": 1}, False),
        ([1, 2], [1, 2, 3], False),
        (1, 2, False),
        (None, None, True),
    ],
)
def test_what_candidates_saw_stays(one: Any, other: Any, same: bool) -> None:
    assert same_shown(one, other) is same


def item(**change: Any) -> dict[str, Any]:
    figures = {
        "candidates": 100, "share_right": 0.6, "discrimination": 0.4, "point_biserial": 0.35,
        "options": [],
    }  # fmt: skip
    return figures | change


def option(right: bool, share: float, upper: float) -> dict[str, Any]:
    return {"right": right, "share": share, "upper": upper}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, [Finding.GOOD]),
        ({"candidates": 29}, [Finding.FEW]),
        ({"discrimination": 0.19, "point_biserial": 0.1}, [Finding.POOR]),
        ({"discrimination": 0.25, "point_biserial": 0.1}, []),
        ({"discrimination": -0.1, "point_biserial": -0.05}, [Finding.NEGATIVE]),
        ({"share_right": 0.95}, [Finding.EASY]),
        ({"share_right": 0.1}, [Finding.HARD]),
        ({"discrimination": None, "point_biserial": None}, []),
        (
            {"options": [option(True, 0.4, 0.3), option(False, 0.6, 0.7)]},
            [Finding.KEY],
        ),
        (
            {"options": [option(True, 0.6, 0.8), option(False, 0.39, 0.2), option(False, 0.01, 0)]},
            [Finding.DEAD_OPTION],
        ),
    ],
)
def test_words_on_an_item(change: dict[str, Any], found: list[Finding]) -> None:
    assert findings(item(**change)) == found


@pytest.mark.parametrize(
    ("alpha", "word"),
    [
        (None, Reliability.UNKNOWN), (-0.2, Reliability.LOW), (0.59, Reliability.LOW),
        (0.6, Reliability.WEAK), (0.7, Reliability.ENOUGH), (0.8, Reliability.HIGH),
    ],
)  # fmt: skip
def test_words_on_reliability(alpha: float | None, word: Reliability) -> None:
    assert reliability(alpha) is word
