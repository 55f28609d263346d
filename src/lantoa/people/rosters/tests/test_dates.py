from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lantoa.people.rosters.dates import Birth, DateColumn, read_birth, study_column
from lantoa.people.rosters.messages import Level
from lantoa.people.rosters.reading import Cell
from lantoa.people.rosters.tests.files import AS_OF

PLAIN = DateColumn()
THE_DAY = date(1978, 9, 3)


def codes(cell: Cell, column: DateColumn = PLAIN) -> list[str]:
    return [issue.code for issue in read_birth(cell, column, AS_OF)[1]]


@pytest.mark.parametrize(
    "cell",
    [
        THE_DAY,
        "03/09/1978",
        "3/9/1978",
        "03-09-1978",
        "03.09.1978",
        "1978-09-03",
        "1978/9/3",
        "1978-09-03 00:00:00",
        "1978-09-03T00:00:00",
        " 03 / 09 / 1978 ",
        "3.9.1978.",
        "3 9 1978",
        "'03/09/1978",
        "ngày 3 tháng 9 năm 1978",
        "Ngày 03 tháng 09 năm 1978",
        "03\u00a0/09/1978",
    ],
)
def test_a_whole_date_is_read_without_a_word(cell: Cell) -> None:
    assert read_birth(cell, PLAIN, AS_OF) == (Birth(THE_DAY, 1978), [])


@pytest.mark.parametrize(
    ("cell", "expected", "code"),
    [
        ("03.09.78", THE_DAY, "birth_two_digit_year"),
        ("3/9/78", THE_DAY, "birth_two_digit_year"),
        ("11.12.01", date(2001, 12, 11), "birth_two_digit_year"),
        ("01.06.00", date(2000, 6, 1), "birth_two_digit_year"),
        (28736, THE_DAY, "birth_from_serial"),
        ("28736", THE_DAY, "birth_from_serial"),
        ("03091978", THE_DAY, "birth_no_separators"),
        (3091978, THE_DAY, "birth_no_separators"),
        ("19780903", THE_DAY, "birth_no_separators"),
    ],
)
def test_a_date_in_another_form_is_read_and_told(cell: Cell, expected: date, code: str) -> None:
    birth, issues = read_birth(cell, PLAIN, AS_OF)
    assert birth == Birth(expected, expected.year)
    assert [issue.code for issue in issues] == [code]
    assert issues[0].level is Level.INFO


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (1991, "birth_year_only"),
        ("1991", "birth_year_only"),
        ("00/00/1991", "birth_year_only"),
        ("--/--/1991", "birth_year_only"),
        ("__/__/1991", "birth_year_only"),
        ("0/5/1991", "birth_month_only"),
        ("5/1991", "birth_month_only"),
        ("05-1991", "birth_month_only"),
    ],
)
def test_only_a_year_is_kept_as_a_year(cell: Cell, code: str) -> None:
    birth, issues = read_birth(cell, PLAIN, AS_OF)
    assert birth == Birth(None, 1991)
    assert [issue.code for issue in issues] == [code]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("31/02/1980", "birth_impossible"),
        ("29/02/1981", "birth_impossible"),
        ("32/01/1980", "birth_impossible"),
        ("13/1980", "birth_impossible"),
        ("1980-13-01", "birth_impossible"),
        ("04/25/1978", "birth_month_first"),
        ("03/09/2024", "birth_unlikely"),
        ("03/09/1878", "birth_unlikely"),
        (date(2020, 1, 1), "birth_unlikely"),
        (2020, "birth_unlikely"),
        ("03.09.20", "birth_unlikely"),
        ("chưa rõ", "birth_unreadable"),
        ("03/09", "birth_unreadable"),
        ("3/9/978", "birth_unreadable"),
        ("120578", "birth_unreadable"),
        (123456, "birth_unreadable"),
        (0.5, "birth_unreadable"),
        ("13131978", "birth_unreadable"),
        ("123456789012", "birth_unreadable"),
    ],
)
def test_what_cannot_be_a_date_of_birth_is_kept_out(cell: Cell, code: str) -> None:
    birth, issues = read_birth(cell, PLAIN, AS_OF)
    assert birth == Birth()
    assert [issue.code for issue in issues] == [code]
    assert issues[0].level is not Level.INFO


@pytest.mark.parametrize("cell", [None, "", "  ", True])
def test_nothing_says_nothing(cell: Cell) -> None:
    assert read_birth(cell, PLAIN, AS_OF) == (Birth(), [])


def test_a_month_first_column_is_not_guessed_at() -> None:
    column = study_column(["04/25/1978", "03/09/1978", "12/31/1980"])
    assert codes("03/09/1978", column) == ["birth_order_unclear"]
    assert codes("05/05/1978", column) == []
    assert codes("25/04/1978", column) == []
    assert codes("1978-04-05", column) == []


def test_one_slip_does_not_put_a_column_in_doubt() -> None:
    column = study_column(["25/04/1978"] * 10 + ["04/25/1978"])
    assert codes("03/09/1978", column) == []


def test_dates_that_excel_swapped_are_noticed() -> None:
    """American Excel: days to 12 became (swapped) dates, the others stayed texts."""
    real = [date(1978, 3, 9), date(1980, 1, 12), date(1981, 11, 2), date(1990, 7, 7)]
    texts = ["25/04/1978", "13/01/1980", "31/12/1981", "20/02/1990"]
    column = study_column([*real, *texts])
    assert codes(date(1978, 3, 9), column) == ["birth_maybe_swapped"]
    assert codes("25/04/1978", column) == []
    assert not study_column([*real, *texts, "03/09/1978"]).maybe_swapped
    assert not study_column([*real, *texts, date(1980, 1, 20)]).maybe_swapped


@given(st.dates(date(1927, 1, 1), date(2011, 12, 31)))
def test_every_way_of_writing_a_day_is_the_same_day(day: date) -> None:
    for form in ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%d.%m.%y"):
        birth, _ = read_birth(day.strftime(form), PLAIN, AS_OF)
        assert birth.day == day


@given(st.one_of(st.text(max_size=20), st.integers(), st.floats(allow_nan=False), st.dates()))
def test_anything_is_survived_and_nothing_unlikely_taken(cell: Cell) -> None:
    birth, issues = read_birth(cell, PLAIN, AS_OF)
    if birth.year is not None:
        assert 1926 <= birth.year <= 2012
    elif isinstance(cell, (int, float)) and not isinstance(cell, bool):
        assert issues
