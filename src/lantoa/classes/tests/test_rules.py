from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lantoa.classes.rules import codes
from lantoa.classes.rules.attending import (
    CLOSES_AFTER,
    OPENS_BEFORE,
    Attended,
    attended,
    standing_at,
    takes_code,
)
from lantoa.classes.rules.offline import read_sent
from lantoa.classes.rules.spans import Half, Span, half_of, slots, teaching_days

NINE = datetime(2026, 11, 27, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
SECRET = b"a secret of a meeting"


def test_spans_that_touch_do_not_clash() -> None:
    first = Span(NINE, NINE + HOUR)
    assert not first.overlaps(Span(NINE + HOUR, NINE + 2 * HOUR))
    assert first.overlaps(Span(NINE + HOUR / 2, NINE + 2 * HOUR))
    assert Span(NINE - HOUR, NINE + 2 * HOUR).overlaps(first)


def test_days_pass_over_weekends_unless_told() -> None:
    friday = date(2026, 11, 27)
    assert teaching_days(friday, 2, weekends=False) == [friday, date(2026, 11, 30)]
    assert teaching_days(friday, 2, weekends=True) == [friday, date(2026, 11, 28)]
    day = [(friday, Half.MORNING), (friday, Half.EVENING)]
    assert slots([friday], [Half.EVENING, Half.MORNING]) == day


@pytest.mark.parametrize(
    ("at", "half"),
    [("07:30", "morning"), ("11:59", "morning"), ("12:00", "afternoon"), ("17:30", "evening")],
)
def test_the_half_of_a_day(at: str, half: str) -> None:
    assert half_of(time.fromisoformat(at)) == half


def test_attendance_is_rounded_down_and_never_enough_of_nothing() -> None:
    share = Attended(799, 1000)
    assert share.percent == 79
    assert not share.is_enough(80)
    assert Attended(800, 1000).is_enough(80)
    assert Attended(0, 0).percent is None
    assert not Attended(0, 0).is_enough(1)


def test_late_counts_as_there_and_excused_does_not() -> None:
    held = {1: 4, 2: 4, 3: 2, 4: 2}
    assert attended(held, {1: "present", 2: "late", 3: "excused", 4: "absent"}) == Attended(8, 12)
    assert attended(held, {9: "present"}) == Attended(0, 12)


def test_a_code_lives_a_minute_before_and_after() -> None:
    seconds = 1_764_230_400.0
    shown = codes.code(SECRET, codes.step_at(seconds))
    token = codes.token(SECRET, codes.step_at(seconds))
    assert len(shown) == 6
    assert len(token) == codes.TOKEN_DIGITS
    for off in (-60, 0, 60):
        assert codes.matches(SECRET, shown, seconds + off)
        assert codes.matches(SECRET, token, seconds + off)
    for off in (-120, 120):
        assert not codes.matches(SECRET, token, seconds + off)
    assert not codes.matches(b"another meeting", token, seconds)
    assert not codes.matches(SECRET, "", seconds)
    assert not codes.matches(SECRET, "mười hai", seconds)


def test_hotp_values_are_those_of_an_independent_calculation() -> None:
    """HMAC-SHA-256 with dynamic truncation, RFC 6238 appendix B: T = 1 for the 32-byte test key is
    46119246 in eight digits."""
    assert codes.code(b"12345678901234567890123456789012", 1) == "119246"


def test_when_a_code_is_taken_and_who_is_late() -> None:
    ends = NINE + 4 * HOUR
    assert takes_code(NINE, ends, NINE - OPENS_BEFORE)
    assert not takes_code(NINE, ends, NINE - OPENS_BEFORE - timedelta(seconds=1))
    assert takes_code(NINE, ends, ends + CLOSES_AFTER)
    assert not takes_code(NINE, ends, ends + CLOSES_AFTER + timedelta(seconds=1))
    assert standing_at(NINE, NINE + timedelta(minutes=15)) == "present"
    assert standing_at(NINE, NINE + timedelta(minutes=16)) == "late"


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=70) | st.floats(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["marks", "key", "member", "standing", "made_ms", "offline"]), inner
        )
    ),
)


@given(ANYTHING)
def test_whatever_is_sent_is_read_or_refused(sent: object) -> None:
    try:
        read = read_sent(sent, most=5)
    except ValueError:
        return
    assert all(isinstance(one.member, int) and 8 <= len(one.key) <= 64 for one in read)


def test_a_list_of_marks_is_read() -> None:
    row = {"key": "abcdefgh", "member": 3, "standing": "late", "made_ms": 1_764_000_000_000}
    (one,) = read_sent({"marks": [row]}, most=5)
    assert (one.key, one.member, one.standing, one.offline) == ("abcdefgh", 3, "late", False)
    with pytest.raises(ValueError, match="not a list"):
        read_sent({"marks": [row] * 6}, most=5)
