"""Dates of birth as people type them and as Excel mangles them.

Day before month is how dates are written here; a column with signs of the other order is not
guessed at. Whatever is not certain is kept out and told.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

from lantoa.kernel.text import clean
from lantoa.people.rosters.fields import Field
from lantoa.people.rosters.messages import Issue
from lantoa.people.rosters.reading import Cell

YOUNGEST: Final = 14
OLDEST: Final = 100
"""Ages at which somebody can stand in a list; outside of them the date is a slip."""

_EXCEL_EPOCH = date(1899, 12, 30)
_SERIALS = range(6_000, 60_000)
_BETWEEN = r"\s*[-/.,\\ ]+\s*"
_PARTS = re.compile(
    rf"(\d{{1,4}}|[-_x.…]{{1,4}}){_BETWEEN}(\d{{1,2}}|[-_x.…]{{1,2}}){_BETWEEN}(\d{{1,4}})"
)
_IN_WORDS = re.compile(r"(?:ngày\s*)?(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})")
_MONTH_YEAR = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{4})")
_TIME = re.compile(r"[ T]0{1,2}:00(:00(\.0+)?)?$")
_MIN_EVIDENCE = 4


class Birth(NamedTuple):
    """What is known: a whole date (with its year), only a year, or nothing."""

    day: date | None = None
    year: int | None = None


NOTHING: Final = Birth()
_Read = tuple[Birth, list[Issue]]


@dataclass(frozen=True, slots=True)
class DateColumn:
    """What the cells of a column say together about the order of day and month."""

    month_first: bool = False
    maybe_swapped: bool = False


def study_column(cells: Iterable[Cell]) -> DateColumn:
    """Look through a date column before reading it.

    American settings turn 03/09 typed here into the 9th of March and leave 25/09 a text: then
    every real date has a day of at most 12 and every text a first number above 12.
    """
    month_first = 0
    real = [0, 0]
    texts = [0, 0]
    for cell in cells:
        if isinstance(cell, date):
            real[cell.day > 12] += 1
        elif isinstance(cell, str):
            found = _PARTS.search(cell)
            if found is None or len(found[1]) == 4 or not (found[1] + found[2]).isdecimal():
                continue
            texts[int(found[1]) > 12] += 1
            month_first += int(found[1]) <= 12 < int(found[2]) <= 31
    swapped = real[0] >= _MIN_EVIDENCE and texts[1] >= _MIN_EVIDENCE and not real[1] + texts[0]
    # One slip among many days above 12 does not put the whole column in doubt.
    return DateColumn(month_first * 5 > texts[1], swapped)


def read_birth(cell: Cell, column: DateColumn, as_of: date) -> _Read:
    """The birth date in a cell, with what must be told about it."""
    if cell is None or isinstance(cell, bool):
        return NOTHING, []
    if isinstance(cell, date):
        typed = f"{cell:%d/%m/%Y}"
        if column.maybe_swapped:
            return NOTHING, [_issue("birth_maybe_swapped", typed)]
        return _likely(cell, typed, as_of, [])
    if isinstance(cell, (int, float)):
        return _from_number(cell, as_of)
    return _from_text(_TIME.sub("", clean(cell).strip(" .'")), column, as_of)


def _from_number(number: float, as_of: date) -> _Read:
    if not math.isfinite(number):
        return _unreadable(str(number))
    whole = int(number)
    if 1900 <= whole <= 2100:
        return _year_only(whole, as_of)
    if whole in _SERIALS:
        found = _EXCEL_EPOCH + timedelta(days=whole)
        note = _issue("birth_from_serial", str(whole), date=f"{found:%d/%m/%Y}")
        return _likely(found, str(whole), as_of, [note])
    if whole == number and 7 <= len(str(whole)) <= 8:
        return _run_together(str(whole).zfill(8), str(whole), as_of)
    return NOTHING, [_issue("birth_unreadable", str(number))]


def _from_text(text: str, column: DateColumn, as_of: date) -> _Read:
    if not text:
        return NOTHING, []
    if text.isdecimal():
        if len(text) in (7, 8):
            return _run_together(text.zfill(8), text, as_of)
        return _from_number(int(text), as_of) if len(text) < 7 else _unreadable(text)
    words = _IN_WORDS.fullmatch(text.lower())
    if words:
        return _checked(int(words[3]), int(words[2]), int(words[1]), text, as_of, [])
    month = _MONTH_YEAR.fullmatch(text)
    if month:
        return _month_only(text, int(month[1]), int(month[2]), as_of)
    parts = _PARTS.fullmatch(text)
    if not parts:
        return _unreadable(text)
    first, middle, last = parts.groups()
    if len(first) == 4 and first.isdecimal():
        if not middle.isdecimal():
            return _year_only(int(first), as_of)
        return _checked(int(first), int(middle), int(last), text, as_of, [])
    return _day_month_year(first, middle, last, text, column, as_of)


def _day_month_year(
    first: str, middle: str, last: str, text: str, column: DateColumn, as_of: date
) -> _Read:
    year, notes = _full_year(last, text, as_of)
    if year is None:
        return NOTHING, notes
    if not first.strip("0-_x.…") and not middle.strip("0-_x.…"):
        return _year_only(year, as_of)  # 00/00/1978, --/--/1978: the day is not known
    if not first.strip("0-_x.…") or not middle.isdecimal() or not first.isdecimal():
        return _month_only(text, int(middle) if middle.isdecimal() else 1, year, as_of)
    day, month = int(first), int(middle)
    if day <= 12 < month <= 31:
        return NOTHING, [_issue("birth_month_first", text)]
    if column.month_first and month <= 12 and day <= 12 and day != month:
        return NOTHING, [_issue("birth_order_unclear", text)]
    return _checked(year, month, day, text, as_of, notes)


def _full_year(digits: str, text: str, as_of: date) -> tuple[int | None, list[Issue]]:
    if len(digits) == 4:
        return int(digits), []
    if len(digits) != 2:
        return None, [_issue("birth_unreadable", text)]
    both = (1900 + int(digits), 2000 + int(digits))
    likely = [year for year in both if YOUNGEST <= as_of.year - year <= OLDEST]
    if len(likely) != 1:
        return None, [_issue("birth_century_unclear" if likely else "birth_unlikely", text)]
    return likely[0], [_issue("birth_two_digit_year", text, year=likely[0])]


def _run_together(digits: str, typed: str, as_of: date) -> _Read:
    """12051978, or 2051978 from a number cell that lost its zero; also 19780512."""
    day_first = _valid(int(digits[4:]), int(digits[2:4]), int(digits[:2]), as_of)
    year_first = _valid(int(digits[:4]), int(digits[4:6]), int(digits[6:]), as_of)
    if (day_first is None) == (year_first is None):
        return _unreadable(typed)
    found = day_first or year_first
    note = _issue("birth_no_separators", typed, date=f"{found:%d/%m/%Y}")
    return Birth(found, found.year if found else None), [note]


def _checked(year: int, month: int, day: int, text: str, as_of: date, notes: list[Issue]) -> _Read:
    try:
        found = date(year, month, day)
    except ValueError:
        return NOTHING, [_issue("birth_impossible", text)]
    return _likely(found, text, as_of, notes)


def _likely(found: date, typed: str, as_of: date, notes: list[Issue]) -> _Read:
    if not YOUNGEST <= as_of.year - found.year <= OLDEST:
        return NOTHING, [_issue("birth_unlikely", typed)]
    return Birth(found, found.year), notes


def _valid(year: int, month: int, day: int, as_of: date) -> date | None:
    birth, _ = _checked(year, month, day, "", as_of, [])
    return birth.day


def _year_only(year: int, as_of: date) -> _Read:
    if not YOUNGEST <= as_of.year - year <= OLDEST:
        return NOTHING, [_issue("birth_unlikely", str(year))]
    return Birth(None, year), [Issue("birth_year_only", Field.BIRTH_DATE, {"year": year})]


def _month_only(text: str, month: int, year: int, as_of: date) -> _Read:
    if not 1 <= month <= 12:
        return NOTHING, [_issue("birth_impossible", text)]
    birth, notes = _year_only(year, as_of)
    if birth.year is None:
        return birth, notes
    return birth, [_issue("birth_month_only", text, year=year)]


def _unreadable(text: str) -> _Read:
    return NOTHING, [_issue("birth_unreadable", text[:60])]


def _issue(code: str, typed: str, **params: str | int) -> Issue:
    return Issue(code, Field.BIRTH_DATE, {"typed": typed, **params})
