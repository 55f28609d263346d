import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from lantoa.exams import rules
from lantoa.exams.rules import Standing, State, Tally
from lantoa.exams.rules.access import bad_network, is_within, seb_admits, seb_hash
from lantoa.exams.rules.codes import ALPHABET, new_code, regular, shown
from lantoa.exams.rules.log import marked

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
    assert rules.reaches(points, possible, mark) is passed
    assert rules.percent(points, possible) == percent


def test_score_and_pass_agree_everywhere() -> None:
    for possible in range(1, 60):
        for points in range(possible + 1):
            for mark in (1, 50, 70, 100):
                shown = rules.percent(points, possible) >= mark
                assert shown is rules.reaches(points, possible, mark)


ROOT = b"r" * 32


@dataclass
class Row:
    sequence: int
    slot: int
    response: str
    received_ms: int = 1_652_000_000_000
    spent_ms: int | None = None
    hash: bytes = b""


def chain(*rows: Row) -> list[Row]:
    previous = ROOT
    for row in rows:
        row.hash = previous = rules.link(
            previous, row.sequence, row.slot, row.received_ms, row.spent_ms, row.response
        )
    return list(rows)


def test_a_whole_chain_holds_and_any_change_breaks_it() -> None:
    rows = chain(Row(1, 0, "2"), Row(3, 1, "0"), Row(2, 0, "1"))
    assert rules.first_break(ROOT, rows) is None
    assert rules.first_break(ROOT, []) is None
    assert rules.first_break(b"o" * 32, rows) == 1
    assert rules.first_break(ROOT, [rows[0], rows[2]]) == 2
    assert rules.first_break(ROOT, [rows[1], rows[0], rows[2]]) == 3
    for change in (
        {"response": "3"},
        {"slot": 5},
        {"sequence": 9},
        {"received_ms": 1_652_000_000_001},
        {"spent_ms": 0},
        {"hash": b"0" * 32},
    ):
        spoilt = [rows[0], replace(rows[1], **change), rows[2]]
        assert rules.first_break(ROOT, spoilt) == spoilt[1].sequence


def test_cutting_the_end_is_seen_by_the_head_and_by_receipts() -> None:
    rows = chain(Row(1, 0, "2"), Row(2, 1, "0"))
    assert rules.first_break(ROOT, rows[:1]) is None
    assert rules.head_of(ROOT, rows[:1]) != rules.head_of(ROOT, rows) == rows[-1].hash


def test_the_root_belongs_to_one_paper_of_one_attempt() -> None:
    digest, attempt = "ab" * 32, UUID(int=1)
    roots = {
        rules.root(digest, attempt, 1),
        rules.root("cd" * 32, attempt, 1),
        rules.root(digest, UUID(int=2), 1),
        rules.root(digest, attempt, 2),
    }
    assert len(roots) == 4


def test_the_link_is_as_the_protocol_says_byte_by_byte() -> None:
    """docs/exam-protocol.md: previous 32, sequence u32, slot u16, time u64, spent u32, JSON."""
    text = '"Đà Nẵng"'
    told = (
        ROOT
        + (7).to_bytes(4, "big")
        + (3).to_bytes(2, "big")
        + (1_652_000_000_000).to_bytes(8, "big")
        + b"\xff\xff\xff\xff"
        + text.encode()
    )
    assert rules.link(ROOT, 7, 3, 1_652_000_000_000, None, text) == hashlib.sha256(told).digest()


@pytest.mark.parametrize(
    ("bits", "slot", "answered", "after"),
    [
        (b"", 0, True, b"\x01"),
        (b"\x01", 9, True, b"\x02\x01"),
        (b"\x02\x01", 9, False, b"\x01"),
        (b"\x01", 0, False, b""),
        (b"\x01", 5, False, b"\x01"),
    ],
)
def test_bits_of_what_is_answered(bits: bytes, slot: int, answered: bool, after: bytes) -> None:
    assert marked(bits, slot, answered=answered) == after


def test_the_highest_sequence_counts_whatever_the_order() -> None:
    rows = [Row(1, 0, "0"), Row(4, 0, "3"), Row(2, 0, "1"), Row(3, 1, "2")]
    assert rules.latest(rows) == {0: "3", 1: "2"}
    assert rules.latest(reversed(rows)) == {0: "3", 1: "2"}


def test_unanswered() -> None:
    assert rules.unanswered(4, {0: 0, 1: None, 2: [], 3: ""}) == [1, 2, 3]


def test_tallies_keep_the_order_of_appearance() -> None:
    tallies = rules.tallies([(1, 1), (0, 1), (1, 1)], [("B", 2), ("A", 1), ("B", 2)])
    assert [(t.title, t.points, t.possible, t.percent) for t in tallies] == [
        ("B", 2, 2, 100),
        ("A", 0, 1, 0),
    ]


FREE = {"pass_mark": 50, "part_minimum": None, "topic_minimum": None, "parts_average": None}


@pytest.mark.parametrize(
    ("change", "parts", "topics", "failed"),
    [
        ({}, [(50, 100), (50, 100)], [(50, 100), (50, 100)], []),
        ({"pass_mark": 51}, [(50, 100), (50, 100)], [(100, 200)], ["pass_mark"]),
        # TTLT 17/2016: each part at least 5/10, whatever the sum.
        ({"part_minimum": 50}, [(90, 100), (49, 100)], [(139, 200)], ["part_minimum"]),
        ({"part_minimum": 50}, [(90, 100), (50, 100)], [(140, 200)], []),
        # Practical: average of modules from 50%, each module from 40%.
        ({"topic_minimum": 40}, [(139, 200)], [(100, 100), (39, 100)], ["topic_minimum"]),
        ({"topic_minimum": 40}, [(140, 200)], [(100, 100), (40, 100)], []),
        # A part of few points weighs as much as a large one.
        ({"parts_average": 60}, [(100, 100), (0, 1000)], [(1, 1)], ["pass_mark", "parts_average"]),
        ({"parts_average": 50}, [(1, 3), (2, 3)], [(1, 1)], []),
        ({"pass_mark": 0, "parts_average": 50}, [], [], []),
    ],
)
def test_every_rule_of_passing(
    change: dict[str, int],
    parts: list[tuple[int, int]],
    topics: list[tuple[int, int]],
    failed: list[str],
) -> None:
    def tallies(pairs: list[tuple[int, int]]) -> list[Tally]:
        return [Tally(str(n), got, of) for n, (got, of) in enumerate(pairs)]

    total = (sum(got for got, _ in parts), sum(of for _, of in parts) or 1)
    found = rules.failed_rules({**FREE, **change}, total, tallies(parts), tallies(topics))
    assert found == failed


@pytest.mark.parametrize(
    ("points", "possible", "hundredths", "worth"),
    [(1, 1, 100, 100), (0, 1, 100, 0), (2, 3, 100, 66), (3, 4, 250, 187), (25, 100, 100, 25)],
)
def test_what_part_of_a_slot_is_worth(
    points: int, possible: int, hundredths: int, worth: int
) -> None:
    assert rules.worth(points, possible, hundredths) == worth


@pytest.mark.parametrize(
    ("address", "networks", "within"),
    [
        ("10.1.2.3", [], True),
        ("10.1.2.3", ["10.1.0.0/16"], True),
        ("10.2.2.3", ["10.1.0.0/16"], False),
        ("10.2.2.3", ["10.1.0.0/16", "10.2.2.3"], True),
        ("::ffff:10.1.2.3", ["10.1.0.0/16"], True),
        ("2001:db8::5", ["2001:db8::/32"], True),
        ("2001:db8::5", ["10.0.0.0/8"], False),
        ("", ["10.0.0.0/8"], False),
        ("unix:", ["0.0.0.0/0"], False),
    ],
)
def test_networks(address: str, networks: list[str], within: bool) -> None:
    assert is_within(address, networks) is within


@pytest.mark.parametrize(
    ("text", "bad"),
    [("10.1.0.0/16", False), (" 10.1.0.1 ", False), ("10.1.0.0/33", True), ("phòng", True),
     ("", True)],
)  # fmt: skip
def test_bad_networks_are_known(text: str, bad: bool) -> None:
    assert bad_network(text) is bad


def test_safe_exam_browsers_hash() -> None:
    url, key = "https://thi.example/sit/1/", "ab" * 32
    right = hashlib.sha256((url + key).encode()).hexdigest()
    assert seb_hash(f"{url}#q-3", key) == right
    assert seb_admits([url], [], "")
    assert seb_admits(["https://thi.example/sit/1/paper", url], ["0" * 64, key], right.upper())
    assert not seb_admits([url], [key], "")
    assert not seb_admits([f"{url}?x=1"], [key], right)


def test_access_codes() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(set(code) <= set(ALPHABET) for code in codes)
    code = codes.pop()
    assert regular(f" {shown(code).lower()} ") == code
