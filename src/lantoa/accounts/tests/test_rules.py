from datetime import UTC, datetime, timedelta

import pytest

from lantoa.accounts import rules

NOW = datetime(2026, 5, 6, 3, 0, tzinfo=UTC)


def minutes_ago(*minutes: float) -> list[datetime]:
    return [NOW - timedelta(minutes=m) for m in minutes]


@pytest.mark.parametrize(
    ("failures", "until"),
    [
        ([], None),
        (minutes_ago(1, 2, 3, 4), None),
        (minutes_ago(0, 1, 2, 3, 4), NOW + timedelta(minutes=15)),
        (minutes_ago(14, 15, 16, 17, 18), NOW + timedelta(minutes=1)),
        (minutes_ago(15, 16, 17, 18, 19), None),
        # spread over more than 15 minutes: somebody forgetful, not somebody guessing
        (minutes_ago(0, 4, 8, 12, 16), None),
        (minutes_ago(0, 4, 8, 12, 15), NOW + timedelta(minutes=15)),
    ],
)
def test_five_failures_within_fifteen_minutes_lock_for_fifteen(
    failures: list[datetime], until: datetime | None
) -> None:
    assert rules.locked_until(failures, NOW) == until


def test_attempts_left_counts_only_recent_failures() -> None:
    assert rules.attempts_left([], NOW) == 5
    assert rules.attempts_left(minutes_ago(1, 2), NOW) == 3
    assert rules.attempts_left(minutes_ago(1, 16), NOW) == 4


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("ABCDE-23456", "ABCDE23456"),
        (" abcde 23456 ", "ABCDE23456"),
        ("abcde23456", "ABCDE23456"),
        ("abcd-23456", None),
        ("ABCDE-234567", None),
        ("ABCDE-2345O", None),
        ("", None),
    ],
)
def test_typed_code(typed: str, code: str | None) -> None:
    assert rules.typed_code(typed) == code


def test_new_codes_are_of_the_alphabet_and_differ() -> None:
    codes = {rules.new_activation_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(rules.typed_code(rules.shown(code)) == code for code in codes)
