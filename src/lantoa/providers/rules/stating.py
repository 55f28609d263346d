"""What a cell of a provider's list says of a result. Pure."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from lantoa.kernel.text import fold

PASSED: Final = frozenset(
    {"dat", "hoan thanh", "da hoan thanh", "co", "x", "1", "true", "passed", "pass", "completed",
     "gioi", "kha", "xuat sac", "trung binh"}
)  # fmt: skip
NOT_PASSED: Final = frozenset(
    {"chua dat", "khong dat", "chua hoan thanh", "khong hoan thanh", "khong", "truot", "0", "false",
     "failed", "fail", "incomplete", "yeu", "kem"}
)  # fmt: skip
NO_RESULT: Final = frozenset({"", "-", "chua thi", "chua co", "vang", "vang mat"})
_NUMBER: Final = re.compile(r"^(\d{1,4})(?:[.,](\d{1,4}))?(?:\s*/\s*(\d{1,4}))?\s*%?$")
_DAY: Final = re.compile(r"^(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})$")
_ISO: Final = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")


class Unreadable(Exception):
    """Why not: the code of a sentence (`words.SENTENCES`) and what it names."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params


@dataclass(frozen=True, slots=True)
class Stated:
    """`score` in percent. No result yet: both are None."""

    passed: bool | None = None
    score: int | None = None
    on: date | None = None


def passed_of(text: str) -> bool | None:
    """None when nothing is said yet. Raises Unreadable."""
    words = fold(text)
    if words in NO_RESULT:
        return None
    if words in PASSED:
        return True
    if words in NOT_PASSED:
        return False
    raise Unreadable("passed_unread", text=text[:60])


def score_of(text: str, greatest: int) -> int | None:
    """Percent of the scale, half a per cent up: "8,5" of 10 is 85; "17/20" and "85%" say their own
    scale. None when there is none. Raises Unreadable."""
    typed = text.strip()
    if fold(typed) in NO_RESULT:
        return None
    found = _NUMBER.match(typed)
    if found is None:
        raise Unreadable("score_unread", text=typed[:60])
    whole, part, of = found.groups()
    scale = 100 if typed.endswith("%") else int(of) if of else greatest
    digits = part or ""
    # In whole numbers: 8,45 of 10 is 84,5 and goes up to 85.
    numerator, denominator = int(whole + digits) * 100, int(10 ** len(digits)) * scale
    if not scale or numerator > denominator * 100:
        raise Unreadable("score_above", text=typed[:60], greatest=scale)
    return (2 * numerator + denominator) // (2 * denominator)


def day_of(text: str) -> date | None:
    """Raises Unreadable."""
    typed = text.strip()
    if not typed:
        return None
    if found := _ISO.match(typed):
        year, month, day = map(int, found.groups())
    elif found := _DAY.match(typed):
        day, month, year = map(int, found.groups())
    else:
        raise Unreadable("day_unread", text=typed[:60])
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable("day_unread", text=typed[:60]) from None


def stated(
    *,
    passed: str,
    score: str,
    on: str,
    greatest: int,
    pass_percent: int,
    opens_on: date,
    today: date,
) -> Stated:
    """A row's result. The word wins nothing against the points: where they disagree, somebody has
    to look. Raises Unreadable."""
    said, percent, day = passed_of(passed), score_of(score, greatest), day_of(on)
    if day is not None and day > today:
        raise Unreadable("day_ahead", text=on.strip()[:60])
    if day is not None and day < opens_on:
        raise Unreadable("day_before", text=on.strip()[:60])
    by_score = None if percent is None else percent >= pass_percent
    if said is not None and by_score is not None and said != by_score:
        raise Unreadable(
            "word_against_score", word=passed[:30], score=score[:30], percent=pass_percent
        )
    return Stated(said if said is not None else by_score, percent, day)
