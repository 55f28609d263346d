"""The 12-digit personal number (TT 59/2021/TT-BCA: province, century and sex, year, six digits).

Only a whole number is taken. One that a spreadsheet has spoilt is kept out: putting the digits
back would be guessing at somebody's identity. The checks warn and never reject (domain rules §5).
"""

import re
from typing import Final

from lantoa.kernel.text import clean
from lantoa.people.rosters.empty import is_empty
from lantoa.people.rosters.fields import Field
from lantoa.people.rosters.messages import Issue
from lantoa.people.rosters.reading import Cell

LENGTH: Final = 12
_PROVINCES: Final = frozenset(
    f"{code:03d}"
    for code in [
        1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36,
        37, 38, 40, 42, 44, 45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74,
        75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94, 95, 96,
    ]
)  # fmt: skip
_SCIENTIFIC = re.compile(r"\d([.,]\d+)?e\+?\d+", re.IGNORECASE)


def read_personal_number(cell: Cell) -> tuple[str, list[Issue]]:
    """The number as 12 digits, or "" with the reason why it was kept out."""
    if cell is None or isinstance(cell, bool):
        return "", []
    typed = clean(str(cell)).lstrip("'")
    if len(typed) == LENGTH and typed.isascii() and typed.isdecimal():
        return typed, _province(typed)
    if is_empty(typed):
        return "", []
    if _SCIENTIFIC.fullmatch(typed):
        return "", [_issue("personal_number_scientific")]
    digits = re.sub(r"[\s.\-]", "", typed)
    if not (digits.isascii() and digits.isdecimal()):
        return "", [_issue("personal_number_odd")]
    if len(digits) == LENGTH:
        return digits, _province(digits)
    if len(digits) == LENGTH - 1:
        return "", [_issue("personal_number_lost_zero")]
    if len(digits) == 9 or (len(digits) == 8 and not isinstance(cell, str)):
        return "", [_issue("personal_number_old")]
    return "", [_issue("personal_number_length", count=len(digits))]


def check_personal_number(number: str, birth_year: int | None, sex: str) -> list[Issue]:
    """Warn where the number speaks of another year of birth or sex than the row does."""
    if not number:
        return []
    issues = []
    century, year = int(number[3]), int(number[4:6])
    spoken_year = 1900 + 100 * (century // 2) + year
    if birth_year is not None and birth_year != spoken_year:
        issues.append(_issue("personal_number_birth", year=spoken_year))
    if sex and sex != ("female" if century % 2 else "male"):
        issues.append(_issue("personal_number_sex"))
    return issues


def masked(typed: str) -> str:
    """Enough to recognise a kept-out number in the file, too little to use it."""
    return "•" * max(0, len(typed) - 3) + typed[-3:]


def _province(digits: str) -> list[Issue]:
    # 1xx to 3xx stand for a country of birth, whose codes are not listed here.
    known = digits[:3] in _PROVINCES or digits[0] in "123"
    return [] if known else [_issue("personal_number_province")]


def _issue(code: str, **params: str | int) -> Issue:
    return Issue(code, Field.PERSONAL_NUMBER, params)
