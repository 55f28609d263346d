"""Guesses what a column means, by its labels and by what stands in it."""

from dataclasses import dataclass, replace
from typing import Final

from lantoa.kernel.text import fold, nfc
from lantoa.people.rosters import evidence
from lantoa.people.rosters.fields import Field
from lantoa.people.rosters.header_words import CONTAINED, EXACT, IGNORED
from lantoa.people.rosters.reading import Cell

CERTAIN, LIKELY, UNSURE = 1.0, 0.8, 0.4
_DATE_PARTS: Final = {"ngay": Field.BIRTH_DAY, "thang": Field.BIRTH_MONTH, "nam": Field.BIRTH_YEAR}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet and what it is taken for. `index` counts from 0."""

    index: int
    header: str
    field: Field
    confidence: float
    samples: tuple[str, ...] = ()

    @property
    def letter(self) -> str:
        return column_letter(self.index)


def column_letter(index: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def meaning(label: str) -> tuple[Field, float]:
    """What a header wording means, and how sure that is."""
    words = fold(label)
    if words in EXACT:
        return EXACT[words], CERTAIN
    if IGNORED.search(words):
        return Field.IGNORE, LIKELY
    for pattern, field in CONTAINED:
        if pattern.search(words):
            return field, LIKELY
    return Field.IGNORE, 0.0


def guess_field(top: str, sub: str, sub_words: set[str], cells: list[Cell]) -> tuple[Field, float]:
    """What a column means by its upper and lower label and its filled cells, and how surely.

    `sub_words` are all lower labels of the header, in lower case.
    """
    if sub:
        under = _under(meaning(top)[0] if top else Field.IGNORE, sub, sub_words, cells)
        if under is not None:
            return under
    label = sub if sub and meaning(sub)[1] else f"{top} {sub}".strip()
    if fold(label) in ("nam", "nu") and not top:
        return _under(Field.IGNORE, label, {"nữ"}, cells) or (Field.IGNORE, 0.0)
    if fold(label) in ("ten", "ho"):
        return (Field.GIVEN if fold(label) == "ten" else Field.FAMILY_MIDDLE), CERTAIN
    return evidence.weigh(*meaning(label), cells, named=bool(label))


def _under(
    top: Field, sub: str, sub_words: set[str], cells: list[Cell]
) -> tuple[Field, float] | None:
    """Nam and Nữ, or Ngày, Tháng, Năm, below a common label."""
    word = nfc(sub).lower()
    male, female = word == "nam", fold(sub) == "nu"
    if top is Field.BIRTH_DATE and fold(sub) in _DATE_PARTS and not sub_words & {"nữ", "nu"}:
        return _DATE_PARTS[fold(sub)], CERTAIN
    if not male and not female:
        return None
    dates, marks = evidence.share_of_dates(cells), evidence.share_of_marks(cells)
    as_dates = Field.BIRTH_DATE_MALE if male else Field.BIRTH_DATE_FEMALE
    as_marks = Field.MALE_MARK if male else Field.FEMALE_MARK
    if top is Field.BIRTH_DATE:
        return (as_marks, LIKELY) if marks > max(dates, 0.5) else (as_dates, CERTAIN)
    if dates > 0.5:
        return as_dates, LIKELY
    return as_marks, CERTAIN if top is Field.SEX else LIKELY


def names_apart(columns: list[Column], body: list[list[Cell]]) -> list[Column]:
    """Tên alone is the full name; beside a column of họ đệm it is the tên.

    A name header over two columns (merged, or the second unnamed) is họ đệm and tên. A tên that
    only repeats the last word of the full name is there for sorting, and not needed.
    """
    name = next((c for c in columns if c.field in (Field.FULL_NAME, Field.FAMILY_MIDDLE)), None)
    given = next((c for c in columns if c.field is Field.GIVEN), None)
    if name is None:
        return _changed(columns, given, Field.FULL_NAME)
    if given is None:
        following = next((c for c in columns if c.index == name.index + 1), None)
        if (
            following is None
            or following.header
            or not evidence.single_words(body, following.index)
            or evidence.repeats_last_word(body, name.index, following.index)
        ):
            return columns
        given = following
        columns = _changed(columns, given, Field.GIVEN)
    elif name.field is Field.FULL_NAME and evidence.repeats_last_word(
        body, name.index, given.index
    ):
        return _changed(columns, given, Field.IGNORE)
    return _changed(columns, name, Field.FAMILY_MIDDLE)


def _changed(columns: list[Column], column: Column | None, field: Field) -> list[Column]:
    return [
        replace(c, field=field, confidence=max(c.confidence, LIKELY))
        if column is not None and c.index == column.index
        else c
        for c in columns
    ]
