"""What being in a meeting online comes to."""

from datetime import UTC, datetime, timedelta

import pytest

from lantoa.classes.rules.attending import outweighs
from lantoa.classes.rules.online import extended, is_open, is_web_link, judged, seen
from lantoa.classes.rules.spans import Span

START = datetime(2026, 12, 7, 1, 0, tzinfo=UTC)


def minutes(first: float, last: float) -> Span:
    return Span(START + timedelta(minutes=first), START + timedelta(minutes=last))


MEETING = minutes(0, 100)


@pytest.mark.parametrize(
    ("at", "opens"), [(-15.1, False), (-15, True), (0, True), (100, True), (100.1, False)]
)
def test_the_door(at: float, opens: bool) -> None:
    assert is_open(MEETING, START + timedelta(minutes=at)) is opens


@pytest.mark.parametrize(
    ("spans", "counted", "came"),
    [
        ([], 0, None),
        ([(0, 100)], 100, 0),
        ([(-15, 110)], 100, 0),
        ([(10, 20), (30, 40)], 20, 10),
        ([(30, 40), (10, 20)], 20, 10),
        ([(10, 30), (20, 40)], 30, 10),
        ([(10, 40), (20, 30)], 30, 10),
        ([(-15, -5)], 0, None),
        ([(-15, 0)], 0, 0),
        ([(101, 110)], 0, None),
        ([(50, 50)], 0, 50),
    ],
)
def test_each_moment_counts_once_and_only_within(
    spans: list[tuple[float, float]], counted: int, came: float | None
) -> None:
    found = seen([minutes(*one) for one in spans], MEETING)
    assert found.minutes == counted
    assert found.of_minutes == 100
    assert found.came == (None if came is None else START + timedelta(minutes=came))


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (0, 75, "present"),
        (0, 74.9, ""),
        (15, 90, "present"),
        (15.1, 100, "late"),
        (25, 100, "late"),
        (26, 100, ""),
    ],
)
def test_enough_is_present_or_late_and_less_is_nothing(
    first: float, last: float, said: str
) -> None:
    found = seen([minutes(first, last)], MEETING)
    assert judged(found, MEETING, share=75, late_after=15) == said


@pytest.mark.parametrize(
    ("last", "at", "span"),
    [
        (None, 5, (5, 5)),
        ((0, 5), 6, (0, 6)),
        ((0, 5), 7.5, (0, 7.5)),
        ((0, 5), 7.6, (7.6, 7.6)),
        ((0, 5), 5.3, None),
        ((0, 5), 5, None),
    ],
)
def test_a_pulse_lengthens_a_span_or_begins_one(
    last: tuple[float, float] | None, at: float, span: tuple[float, float] | None
) -> None:
    told = extended(minutes(*last) if last else None, START + timedelta(minutes=at))
    assert told == (minutes(*span) if span else None)


@pytest.mark.parametrize(
    ("evidence", "after", "before", "stands"),
    [
        ("list", 1, "code", True),
        ("list", -1, "code", False),
        ("online", 1, "list", False),
        ("list", -1, "online", True),
        ("online", 1, "online", True),
        ("online", -1, "online", False),
    ],
)
def test_what_somebody_said_stands_over_what_was_reckoned(
    evidence: str, after: int, before: str, stands: bool
) -> None:
    assert outweighs(evidence, START + timedelta(minutes=after), before, START) is stands


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://meet.example.vn/a?b=c", True),
        ("http://10.0.0.1:8080/phong", True),
        ("ftp://meet.example.vn/", False),
        ("javascript:alert(1)", False),
        ("https://ten:mat-khau@meet.example.vn/", False),
        ("https:///a", False),
        ("//meet.example.vn", False),
        ("http://[::1", False),
        ("", False),
    ],
)
def test_a_link_is_http_or_https(url: str, good: bool) -> None:
    assert is_web_link(url) is good
