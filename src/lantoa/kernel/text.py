"""Vietnamese text: one form to store, one key to search by, one tone placement to compare by.

The same name reaches us composed and decomposed, with the tone on either vowel (hòa, hoà), with
typographic and plain apostrophes, with invisible characters from a web page. It is stored as
`clean` gives it and compared through `fold` or `normalise_tones`; nobody's spelling is changed.
"""

import re
import unicodedata
from functools import lru_cache

APOSTROPHES = "'’‘ʼʻ`´′＇"

_NEEDS_CLEANING = re.compile(r"[^!-~À-ÏÑ-ïñ-ƈƊ-ɏḀ-ỿ ]|  |^ | $")
_SPACES = re.compile(r"\s+")
_TONE_NAMES = {"\u0300": 2, "\u0309": 3, "\u0303": 4, "\u0301": 5, "\u0323": 6}
_TONE_MARKS = {number: mark for mark, number in _TONE_NAMES.items()}
_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")
_NOT_WORD = re.compile(r"[\W_]+")
_WORD = re.compile(r"[^\W\d_]+")
# Eth and African D look like Đ and come from old keyboards and fonts.
_D_BAR = str.maketrans({"Ð": "Đ", "ð": "đ", "Ɖ": "Đ"})

LEVEL, FALLING, ASKING, TUMBLING, RISING, HEAVY = 1, 2, 3, 4, 5, 6
"""The six tones in their order: ngang huyền hỏi ngã sắc nặng."""

_QUALITY_VOWELS = "âăêôơư"
_VOWELS = frozenset("aeiouy" + _QUALITY_VOWELS)


def nfc(text: str) -> str:
    """The composed form (NFC), in which all text is stored."""
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """NFC, without control and invisible characters, with single spaces and none at the ends."""
    if not _NEEDS_CLEANING.search(text):
        return text
    composed = nfc(text).translate(_D_BAR)
    visible = "".join(_visible(character) for character in composed)
    return _SPACES.sub(" ", visible).strip()


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category[0] == "Z" or character in "\t\n\r\v\f":
        return " "
    # Cc control, Cf zero-width and soft hyphens, Co/Cs/Cn: nothing a reader could see.
    return "" if category[0] == "C" else character


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The search key: lower case, no accents, đ as d, punctuation as one space.

    Apostrophes join, so that H'Mông, H’Mông and Hmông are found alike.
    """
    joined = _APOSTROPHE.sub("", clean(text))
    lower = unicodedata.normalize("NFKC", joined).casefold().replace("đ", "d")
    decomposed = unicodedata.normalize("NFKD", lower)
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _NOT_WORD.sub(" ", plain).strip()


def without_accents(text: str) -> str:
    """The letters alone, đ as d; signs, spaces and case as they were."""
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return nfc("".join(letter for letter in decomposed if not unicodedata.combining(letter)))


def split_tone(syllable: str) -> tuple[str, int]:
    """A syllable without its tone mark (NFC, vowel quality kept), and the tone 1–6.

    Two or more tone marks are not one syllable: the text comes back whole, as level tone.
    """
    decomposed = unicodedata.normalize("NFD", syllable)
    tones = [_TONE_NAMES[mark] for mark in decomposed if mark in _TONE_NAMES]
    if len(tones) != 1:
        return nfc(syllable), LEVEL
    return nfc("".join(mark for mark in decomposed if mark not in _TONE_NAMES)), tones[0]


def normalise_tones(text: str) -> str:
    """The text with every tone on the vowel where the common spelling puts it.

    hoà becomes hòa, thuý becomes thúy, qúy becomes quý. For comparing, not for storing: people
    write their own names as their papers do.
    """
    return _WORD.sub(lambda word: _placed(word.group()), nfc(text))


@lru_cache(maxsize=16384)
def _placed(word: str) -> str:
    bare, tone = split_tone(word)
    if tone == LEVEL:
        return word
    place = _tone_place(bare.lower())
    if place is None:
        return word
    return nfc(bare[: place + 1] + _TONE_MARKS[tone] + bare[place + 1 :])


def _tone_place(bare: str) -> int | None:
    """The index of the letter that carries the tone, by the common ("old") spelling."""
    start = next((i for i, letter in enumerate(bare) if letter in _VOWELS), len(bare))
    if bare[2:3] and (bare.startswith("qu") or (bare.startswith("gi") and bare[2] in _VOWELS)):
        start = 2  # the u of qu and the i of gi belong to the consonant
    end = start
    while end < len(bare) and bare[end] in _VOWELS:
        end += 1
    if start == end or any(letter in _VOWELS for letter in bare[end:]):
        return None
    quality = [i for i in range(start, end) if bare[i] in _QUALITY_VOWELS]
    if quality:
        return quality[-1]
    if end < len(bare):
        return end - 1
    return start + 1 if end - start == 3 else start
