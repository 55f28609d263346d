"""Text typed with the fonts of before Unicode: TCVN3 (".Vn…" fonts) and VNI ("VNI-…" fonts).

Such text reaches us as Latin-1 letters ("NguyÔn V¨n A"). It is converted only when it is clearly
one of the two: it is not possible Vietnamese as it stands, and all of it is after conversion.
Proper Unicode is never touched.
"""

import re
from collections.abc import Iterable
from enum import StrEnum

from lantoa.kernel.syllables import is_syllable
from lantoa.kernel.text import nfc


class LegacyEncoding(StrEnum):
    TCVN3 = "tcvn3"
    VNI = "vni"


_TCVN3 = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)
_TCVN3_TABLE = str.maketrans(_TCVN3)

# In VNI a vowel is followed by a letter that stands for its marks.
_VNI_MARKS = {
    "ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "à": "\u0302\u0300", "á": "\u0302\u0301", "å": "\u0302\u0309",
    "ã": "\u0302\u0303", "ä": "\u0302\u0323",
    "ê": "\u0306", "è": "\u0306\u0300", "é": "\u0306\u0301", "ú": "\u0306\u0309",
    "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_LETTERS = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_MARKS |= {key.upper(): mark for key, mark in _VNI_MARKS.items()}
_VNI_LETTERS |= {key.upper(): letter.upper() for key, letter in _VNI_LETTERS.items()}
_VNI = re.compile(f"([aeouyôöAEOUYÔÖ])([{''.join(_VNI_MARKS)}])|([{''.join(_VNI_LETTERS)}])")

_BEYOND_LATIN_1 = re.compile(r"[^\x00-\xff–—‘’“”…]")
_HIGH = re.compile(r"[\xa1-\xff]")
_WORD = re.compile(r"[^\W\d_]+")
_STRAY_SIGN = re.compile(r"[\xa1-\xbf×÷\u0300-\u036f]")


def from_tcvn3(text: str) -> str:
    return nfc(text.translate(_TCVN3_TABLE))


def from_vni(text: str) -> str:
    return nfc(_VNI.sub(_vni_letter, text))


def _vni_letter(match: re.Match[str]) -> str:
    vowel, mark, single = match.groups()
    if single:
        return _VNI_LETTERS[single]
    return _VNI_LETTERS.get(vowel, vowel) + _VNI_MARKS[mark]


_CONVERT = {LegacyEncoding.TCVN3: from_tcvn3, LegacyEncoding.VNI: from_vni}


def convert(text: str, encoding: LegacyEncoding) -> str:
    """The text in Unicode, if it can be of that encoding; otherwise as it stands."""
    if not _may_be_legacy(text):
        return text
    converted = _CONVERT[encoding](text)
    return converted if _is_vietnamese(converted) else text


def legacy_encoding(text: str) -> LegacyEncoding | None:
    """The old encoding of a text that clearly has one, else None."""
    if not _may_be_legacy(text) or _is_vietnamese(nfc(text)):
        return None
    fits = [encoding for encoding in LegacyEncoding if _clearly(text, encoding)]
    return fits[0] if len(fits) == 1 else None


def _clearly(text: str, encoding: LegacyEncoding) -> bool:
    """More than a lone sign such as ×, © or µm must speak for it."""
    converted = convert(text, encoding)
    words = [word for word in _WORD.findall(converted) if not word.isascii()]
    return converted != text and any(
        len(word) > 2 or (len(word) == 2 and word[0].isupper()) for word in words
    )


def common_encoding(texts: Iterable[str]) -> LegacyEncoding | None:
    """The old encoding of a whole sheet: at least one text clearly has it, and no text is
    Vietnamese in Unicode or clearly of the other encoding.

    Then texts that could be read both ways ("Tó": Tú) are of that encoding too.
    """
    found: LegacyEncoding | None = None
    for text in texts:
        if text.isascii():
            continue
        if _BEYOND_LATIN_1.search(nfc(text)):
            return None
        encoding = legacy_encoding(text)
        if encoding is not None:
            if found not in (None, encoding):
                return None
            found = encoding
    return found


def _may_be_legacy(text: str) -> bool:
    return not text.isascii() and not _BEYOND_LATIN_1.search(text) and bool(_HIGH.search(text))


def _is_vietnamese(text: str) -> bool:
    """Every word with a letter outside ASCII is a possible syllable, and no stray sign is left."""
    if _STRAY_SIGN.search(text):
        return False
    return all(word.isascii() or is_syllable(word) for word in _WORD.findall(text))
