"""What the cells of a column say about it: the header may be missing, vague or wrong."""

import re
from datetime import date
from typing import Final

from lantoa.kernel.text import fold
from lantoa.people.rosters.fields import Field
from lantoa.people.rosters.phones import read_phone
from lantoa.people.rosters.reading import Cell

_DATE_TEXT = re.compile(r"\d{1,4}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{1,4}")
_TWELVE = re.compile(r"'?0\d{11}")
_ENOUGH: Final = 0.6
_UNSURE: Final = 0.4


def weigh(
    field: Field, confidence: float, cells: list[Cell], *, named: bool
) -> tuple[Field, float]:
    """The header's meaning, put in doubt by what the column holds; for an unknown header what it
    plainly holds. A named column of dates may hold any dates: only the header makes them births.
    """
    if not cells:
        return field, confidence
    seen = _seen(cells)
    if confidence == 0.0:
        taken = seen is not None and not (named and seen in (Field.BIRTH_DATE, Field.SEX))
        return (seen, _UNSURE) if seen is not None and taken else (field, confidence)
    if seen is not None and field in _RECOGNISED and seen is not field:
        return field, _UNSURE
    return field, confidence


_RECOGNISED: Final = (Field.EMAIL, Field.PHONE, Field.PERSONAL_NUMBER, Field.BIRTH_DATE, Field.SEX)


def _seen(cells: list[Cell]) -> Field | None:
    """What nearly every cell plainly is, whatever the header says."""
    texts = [str(cell).strip() for cell in cells]
    count = len(texts)
    if sum("@" in text for text in texts) > _ENOUGH * count:
        return Field.EMAIL
    if sum(_TWELVE.fullmatch(text) is not None for text in texts) > _ENOUGH * count:
        return Field.PERSONAL_NUMBER
    if share_of_dates(cells, years=False) > _ENOUGH:
        return Field.BIRTH_DATE
    if sum(fold(text) in ("nam", "nu") for text in texts) > _ENOUGH * count:
        return Field.SEX
    if sum(bool(read_phone(cell)[0]) for cell in cells) > _ENOUGH * count:
        return Field.PHONE
    return None


def share_of_dates(cells: list[Cell], *, years: bool = True) -> float:
    if not cells:
        return 0.0
    return sum(_is_date(cell, years) for cell in cells) / len(cells)


def _is_date(cell: Cell, years: bool) -> bool:
    if isinstance(cell, date):
        return True
    if isinstance(cell, str):
        text = cell.strip()
        return _DATE_TEXT.match(text) is not None or (years and _is_year(text))
    return years and _is_year(str(cell))


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdecimal() and text[:2] in ("19", "20")


def share_of_marks(cells: list[Cell]) -> float:
    if not cells:
        return 0.0
    return sum(fold(str(cell)) in ("x", "v", "1", "nam", "nu") for cell in cells) / len(cells)


def single_words(body: list[list[Cell]], index: int) -> bool:
    """Whether the column holds one word per cell nearly everywhere, as a column of tên does."""
    texts = [row[index] for row in body if index < len(row) and isinstance(row[index], str)]
    single = sum(str(text).strip().replace("'", "").isalpha() for text in texts)
    return len(texts) > 0.5 * len(body) and single > 0.8 * len(texts)


def repeats_last_word(body: list[list[Cell]], names: int, given: int) -> bool:
    """Whether one column only repeats the last word of another in most rows."""
    pairs = [
        (fold(str(row[names])), fold(str(row[given])))
        for row in body
        if max(names, given) < len(row) and row[names] and row[given]
    ]
    return sum(name.endswith(word) for name, word in pairs) > 0.8 * len(pairs) > 0
