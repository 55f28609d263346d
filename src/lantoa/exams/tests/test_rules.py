from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from lantoa.exams import rules
from lantoa.exams.rules import Standing, State

OPENS = datetime(2022, 5, 6, tzinfo=UTC)
CLOSES = datetime(2022, 5, 23, tzinfo=UTC)
NOON = datetime(2022, 5, 10, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)

FRESH = Standing(
    opens_at=OPENS,
    closes_at=CLOSES,
    courses_done=True,
    attempts_used=0,
    attempts_allowed=3,
    passed=False,
)


@pytest.mark.parametrize(
    ("change", "now", "state"),
    [
        ({}, NOON, State.OPEN),
        ({}, OPENS, State.OPEN),
        ({}, OPENS - MINUTE, State.UPCOMING),
        ({}, CLOSES - MINUTE, State.OPEN),
        ({}, CLOSES, State.CLOSED),
        ({"courses_done": False}, NOON, State.LOCKED),
        ({"courses_done": False}, CLOSES, State.CLOSED),
        ({"courses_done": False}, OPENS - MINUTE, State.UPCOMING),
        ({"attempts_used": 2}, NOON, State.OPEN),
        ({"attempts_used": 3}, NOON, State.EXHAUSTED),
        ({"attempts_used": 3}, CLOSES, State.EXHAUSTED),
        ({"attempts_used": 99, "attempts_allowed": None}, NOON, State.OPEN),
        ({"attempts_used": 1, "open_deadline": NOON + MINUTE}, NOON, State.IN_PROGRESS),
        ({"attempts_used": 3, "open_deadline": NOON}, NOON, State.IN_PROGRESS),
        ({"open_deadline": NOON - rules.GRACE}, NOON, State.IN_PROGRESS),
        ({"open_deadline": NOON - 2 * rules.GRACE}, NOON, State.SUBMITTING),
        ({"open_deadline": CLOSES, "courses_done": False}, NOON, State.IN_PROGRESS),
        ({"passed": True}, NOON, State.PASSED),
        ({"passed": True, "attempts_used": 3}, CLOSES, State.PASSED),
        ({"passed": True, "courses_done": False}, OPENS - MINUTE, State.PASSED),
    ],
)
def test_where_a_person_stands(change: dict[str, Any], now: datetime, state: State) -> None:
    assert rules.state_of(replace(FRESH, **change), now) is state


@pytest.mark.parametrize(
    ("used", "allowed", "left"), [(0, 3, 3), (2, 3, 1), (3, 3, 0), (4, 3, 0), (9, None, None)]
)
def test_attempts_left(used: int, allowed: int | None, left: int | None) -> None:
    standing = replace(FRESH, attempts_used=used, attempts_allowed=allowed)
    assert standing.attempts_left == left


@pytest.mark.parametrize(
    ("started", "deadline"),
    [
        (NOON, NOON + 30 * MINUTE),
        (CLOSES - 30 * MINUTE, CLOSES),
        (CLOSES - 10 * MINUTE, CLOSES),
    ],
)
def test_the_deadline_never_passes_the_end_of_the_sitting(
    started: datetime, deadline: datetime
) -> None:
    assert rules.deadline(started_at=started, minutes=30, closes_at=CLOSES) == deadline


@pytest.mark.parametrize(
    ("points", "possible", "mark", "passed", "percent"),
    [
        (7, 10, 70, True, 70),
        (6, 10, 70, False, 60),
        (23, 33, 70, False, 69),  # 69,7%: shown as 69, not as a 70 that failed
        (24, 33, 70, True, 72),
        (0, 10, 0, True, 0),
        (10, 10, 100, True, 100),
        (0, 0, 0, False, 0),
    ],
)
def test_the_score_reaches_the_mark_exactly_when_passed(
    points: int, possible: int, mark: int, passed: bool, percent: int
) -> None:
    assert rules.passed(points, possible, mark) is passed
    assert rules.percent(points, possible) == percent


def test_score_and_pass_agree_everywhere() -> None:
    for possible in range(1, 60):
        for points in range(possible + 1):
            for mark in (1, 50, 70, 100):
                shown = rules.percent(points, possible) >= mark
                assert shown is rules.passed(points, possible, mark)


@dataclass
class Row:
    sequence: int
    slot: int
    response: Any
    received_at: datetime = NOON
    previous_hash: str = ""
    hash: str = ""


def chain(*rows: Row) -> list[Row]:
    previous = "root"
    for row in rows:
        row.previous_hash = previous
        row.hash = previous = rules.link(
            previous=previous,
            attempt="a",
            sequence=row.sequence,
            slot=row.slot,
            response=row.response,
            received_at=row.received_at,
        )
    return list(rows)


def broken(rows: list[Row]) -> int | None:
    return rules.first_break(root="root", attempt="a", rows=rows)


def test_a_whole_chain_holds_and_any_change_breaks_it() -> None:
    rows = chain(Row(1, 0, 2), Row(3, 1, 0), Row(2, 0, 1))
    assert broken(rows) is None
    assert broken([]) is None
    assert rules.first_break(root="other", attempt="a", rows=rows) == 1
    assert rules.first_break(root="root", attempt="b", rows=rows) == 1
    assert broken([rows[0], rows[2]]) == 2
    assert broken([rows[1], rows[0], rows[2]]) == 3
    for change in (
        {"response": 3},
        {"slot": 5},
        {"sequence": 9},
        {"received_at": NOON + timedelta(milliseconds=1)},
        {"hash": "0" * 64},
    ):
        spoilt = [rows[0], replace(rows[1], **change), rows[2]]
        assert broken(spoilt) == spoilt[1].sequence


def test_cutting_the_end_is_seen_only_by_who_holds_a_receipt() -> None:
    """Said plainly: a shortened log is a valid log; receipts are what shows the cut."""
    rows = chain(Row(1, 0, 2), Row(2, 1, 0))
    assert broken(rows[:1]) is None
    assert rows[:1][-1].hash != rows[-1].hash


def test_the_highest_sequence_counts_whatever_the_order() -> None:
    rows = [Row(1, 0, 0), Row(4, 0, 3), Row(2, 0, 1), Row(3, 1, 2)]
    assert rules.latest(rows) == {0: 3, 1: 2}
    assert rules.latest(reversed(rows)) == {0: 3, 1: 2}


def test_unanswered() -> None:
    assert rules.unanswered(4, {0: 0, 1: None, 2: []}) == [1, 2, 3]


def test_tallies_keep_the_order_of_appearance() -> None:
    tallies = rules.tallies([(1, 1), (0, 1), (1, 1)], [("B", 2), ("A", 1), ("B", 2)])
    assert [(t.title, t.points, t.possible, t.percent) for t in tallies] == [
        ("B", 2, 2, 100),
        ("A", 0, 1, 0),
    ]
