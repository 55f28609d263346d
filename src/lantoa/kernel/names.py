"""Vietnamese names: họ – đệm – tên, shown in that order, sorted by tên, then họ, then đệm.

Sort keys are strings of digits only, so that plain byte order, SQLite and every locale of
PostgreSQL put them in the same, Vietnamese order.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from lantoa.kernel.text import APOSTROPHES, clean, split_tone

SORT_KEY_LENGTH: Final = 300
COLLATION_KEY_LENGTH: Final = 400
"""No key is longer: columns that keep them need no more. What a longer text says beyond this does
not count for its order."""

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_CODES = {letter: str(code) for code, letter in enumerate(_ALPHABET, start=20)}
_PART_END = "00"
_NUMBER = "10"
_OTHER = "90"
_TOKENS = re.compile(r"\d+|[^\W\d_]+")
_WORD_PARTS = re.compile(f"([{APOSTROPHES}-])")


class PersonName(NamedTuple):
    """họ, đệm, tên. Only `given` is always there."""

    family: str
    middle: str
    given: str

    @property
    def full(self) -> str:
        return " ".join(part for part in self if part)


def split_name(full_name: str, *, given_words: int = 1) -> PersonName:
    """The parts of a full name: the last word is the tên, the first the họ.

    `given_words` is the manual override for a tên of several words. A name whose tên does not
    stand last (as with some ethnic minorities) is entered in parts, not split.
    """
    words = clean(full_name).split(" ")
    given_words = max(1, min(given_words, len(words)))
    before, given = words[:-given_words], " ".join(words[-given_words:])
    family = before[0] if before else ""
    return PersonName(family, " ".join(before[1:]), given)


def join_name(family_middle: str, given: str) -> PersonName:
    """The parts of a name given as họ đệm in one column and tên in another."""
    before = clean(family_middle).split(" ")
    return PersonName(before[0], " ".join(before[1:]), clean(given))


def capitalise(name: str) -> str:
    """A cleaned name with each word capitalised, as H'Mông, Ê-Ban.

    A word in mixed case is left as its owner writes it; so is a single capital.
    """
    return " ".join(_capitalised_word(word) for word in name.split(" "))


@lru_cache(maxsize=16384)
def _capitalised_word(word: str) -> str:
    one_case = word.islower() or (word.isupper() and len(word) > 1)
    if not one_case:
        return word
    return "".join(part[:1].upper() + part[1:].lower() for part in _WORD_PARTS.split(word))


def sort_key(family: str, middle: str, given: str) -> str:
    """Sorts people by tên, then họ, then đệm. Digits only; about 5 characters per letter."""
    parts = (given, family, middle)
    return _PART_END.join(collation_key(part) for part in parts)[:SORT_KEY_LENGTH]


@lru_cache(maxsize=65536)
def collation_key(text: str) -> str:
    """Sorts texts in Vietnamese order, syllable by syllable as a Vietnamese dictionary does.

    Letters come first (a ă â b …), within equal letters the tone (ngang huyền hỏi ngã sắc nặng).
    A number sorts by its value (Phường 2 before Phường 10) and before letters. Case, punctuation
    and the placement of the tone make no difference. Digits only.
    """
    bare = re.sub(f"[{APOSTROPHES}]", "", clean(text)).lower()
    key = "".join(_token_key(token) for token in _TOKENS.findall(bare))
    return key[:COLLATION_KEY_LENGTH]


@lru_cache(maxsize=16384)
def _token_key(token: str) -> str:
    """Letters of two digits each, ended by the tone: less than any letter, so An before Anh."""
    if token.isdecimal():
        value = str(int(token[:99]))
        return f"{_NUMBER}{len(value):02d}{value}01"
    bare, tone = split_tone(token)
    return "".join(_letter_code(letter) for letter in bare) + f"0{tone}"


def _letter_code(letter: str) -> str:
    code = _LETTER_CODES.get(letter)
    if code is not None:
        return code
    plain = [c for c in unicodedata.normalize("NFD", letter) if not unicodedata.combining(c)]
    codes = [_LETTER_CODES.get(c, f"{_OTHER}{ord(c):07d}") for c in plain]
    return "".join(codes)
