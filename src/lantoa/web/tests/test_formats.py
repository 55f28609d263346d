from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from lantoa.web import formats


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (7, "7"),
        (1000, "1.000"),
        (25000, "25.000"),
        (1234.5, "1.234,5"),
        (1234.567, "1.234,57"),
        (2.0, "2"),
        (Decimal("8.50"), "8,5"),
        (-1310, "−1.310"),
        (-0.001, "0"),
        (None, "–"),
    ],
)
def test_numbers_have_dots_for_thousands_and_a_comma_for_decimals(
    value: formats.Number | None, written: str
) -> None:
    assert formats.number(value) == written


def test_digits_are_kept_when_asked_for() -> None:
    assert formats.number(8, 2) == "8,00"


def test_an_english_screen_has_english_separators() -> None:
    with translation.override("en"):
        assert formats.number(18204.5) == "18,204.5"
        assert formats.percent(0.728) == "72.8%"


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (0, "0%"),
        (0.43, "43%"),
        (0.728, "72,8%"),
        (1, "100%"),
        (1.2, "120%"),
        (0.99996, "99,9%"),
        (0.00001, "0,1%"),
        (None, "–"),
    ],
)
def test_a_share_is_never_rounded_to_all_or_nothing(
    share: formats.Number | None, written: str
) -> None:
    assert formats.percent(share) == written


def test_days_and_moments_are_vietnams() -> None:
    late = datetime(2022, 9, 30, 18, 5, tzinfo=UTC)
    assert formats.day(late) == "01/10/2022"
    assert formats.minute(late) == "01/10/2022 01:05"
    assert formats.moment(late) == "01:05 ngày 01/10/2022"
    assert formats.day(date(2022, 5, 6)) == "06/05/2022"
    assert formats.day(None) == formats.minute(None) == formats.moment(None) == "–"


@pytest.mark.parametrize(
    ("seconds", "written"),
    [
        (0, "dưới 1 phút"),
        (59, "dưới 1 phút"),
        (60, "1 phút"),
        (3600, "1 giờ"),
        (3900, "1 giờ 5 phút"),
        (None, "–"),
    ],
)
def test_durations(seconds: int | None, written: str) -> None:
    assert formats.duration(seconds) == written


@pytest.mark.parametrize(
    ("octets", "written"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1500, "1,5 KB"),
        (20_000_000, "20,0 MB"),
        (3_200_000_000, "3,2 GB"),
    ],
)
def test_sizes(octets: int, written: str) -> None:
    assert formats.size(octets) == written


@pytest.mark.parametrize(
    ("name", "letters"), [("Nguyễn Thị Hằng", "NH"), ("Đinh", "Đ"), ("", "?"), ("an nam", "AN")]
)
def test_initials_are_those_of_family_and_given_name(name: str, letters: str) -> None:
    assert formats.initials(name) == letters


@pytest.mark.parametrize(
    ("amount", "words"), [(None, "–"), (0, "0\u00a0đ"), (1_500_000, "1.500.000\u00a0đ")]
)
def test_money_stands_on_one_line_with_its_currency(amount: int | None, words: str) -> None:
    assert formats.dong(amount) == words
