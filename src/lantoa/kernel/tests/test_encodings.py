import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lantoa.kernel import syllables
from lantoa.kernel.encodings import (
    _TCVN3,
    LegacyEncoding,
    common_encoding,
    convert,
    from_vni,
    legacy_encoding,
)
from lantoa.kernel.syllables import is_syllable
from lantoa.kernel.text import _TONE_MARKS, nfc, normalise_tones

TO_TCVN3 = str.maketrans({letter: code for code, letter in _TCVN3.items()})


def every_syllable() -> list[str]:
    found = []
    for onset, rime in itertools.product(["", *syllables._ONSETS], sorted(syllables._RIMES)):
        for mark in ("", *_TONE_MARKS.values()):
            vowels = [i for i, letter in enumerate(rime) if letter in "aăâeêioôơuưy"]
            spelt = nfc(rime[: vowels[0] + 1] + mark + rime[vowels[0] + 1 :])
            word = normalise_tones(onset + spelt)
            if is_syllable(word):
                found.append(word)
    return found


SYLLABLES = every_syllable()


def test_there_are_as_many_syllables_as_vietnamese_allows() -> None:
    assert 10_000 < len(SYLLABLES) < 20_000


def test_syllables() -> None:
    words = "nguyễn Hoàng QUÝ gì giếng khuỷu thuở ổn ước Uyên ý kạn xoong nghiêng lăng"
    assert [word for word in words.split(" ") if not is_syllable(word)] == []


@pytest.mark.parametrize(
    "word", ["Müller", "Niê", "Êban", "NguyÔn", "ThÞ", "ngi", "ghà", "các".replace("á", "à"), "zô"]
)
def test_not_syllables(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("typed", "encoding", "expected"),
    [
        ("NguyÔn V¨n A", "tcvn3", "Nguyễn Văn A"),
        ("TrÇn ThÞ H\u00ad¬ng", "tcvn3", "Trần Thị Hương"),
        ("Sè ®iÖn tho¹i", "tcvn3", "Số điện thoại"),
        ("Ph\u00adêng §øc Xu©n", "tcvn3", "Phường Đức Xuân"),
        ("Hµ", "tcvn3", "Hà"),
        ("Nguyeãn Vaên A", "vni", "Nguyễn Văn A"),
        ("Traàn Thò Höông", "vni", "Trần Thị Hương"),
        ("NGUYEÃN ÑÌNH ÔÛ", "vni", "NGUYỄN ĐÌNH Ở"),
    ],
)
def test_legacy_text_is_recognised(typed: str, encoding: str, expected: str) -> None:
    assert legacy_encoding(typed) == encoding
    assert convert(typed, LegacyEncoding(encoding)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Nguyễn Văn A", "Lý", "Tó", "Hùng", "Niê", "Y Bhăm Êban", "Müller", "José", "Noël",
        "café", "naïve", "3 × 4", "©", "5 µm", "25 °C", "«abc»", "Windows®", "½", "", "abc",
        "user@thainguyen.example", "Lý Ân",
    ],
)  # fmt: skip
def test_other_text_is_left_alone(text: str) -> None:
    assert legacy_encoding(text) is None


def test_no_vietnamese_syllable_is_ever_touched() -> None:
    assert [word for word in SYLLABLES if legacy_encoding(word) is not None] == []


def test_every_syllable_in_tcvn3_is_read_rightly_or_left() -> None:
    for word in SYLLABLES:
        typed = word.capitalize().translate(TO_TCVN3)
        encoding = legacy_encoding(typed)
        if encoding is not None:
            assert convert(typed, encoding) == word.capitalize()


def test_most_syllables_in_tcvn3_are_recognised() -> None:
    accented = [word for word in SYLLABLES if not word.isascii() and len(word) > 2]
    known = [word for word in accented if legacy_encoding(word.translate(TO_TCVN3))]
    assert len(known) > 0.6 * len(accented)


@given(st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=5))
def test_proper_unicode_phrases_are_left_alone(words: list[str]) -> None:
    assert legacy_encoding(" ".join(words)) is None


@given(st.text())
def test_any_text_is_survived(text: str) -> None:
    encoding = legacy_encoding(text)
    if encoding is not None:
        convert(text, encoding)
    from_vni(text)


def test_a_sheet_settles_what_a_cell_cannot() -> None:
    assert legacy_encoding("Tó") is None
    assert common_encoding(["STT", "NguyÔn V¨n", "Tó"]) == LegacyEncoding.TCVN3
    assert convert("Tó", LegacyEncoding.TCVN3) == "Tú"


@pytest.mark.parametrize(
    "texts",
    [
        ["Nguyễn Văn", "NguyÔn V¨n"],  # a sheet that also holds Unicode
        ["NguyÔn V¨n", "Nguyeãn Vaên"],  # two old encodings
        ["Lý", "Hùng"],
        ["abc"],
        [],
    ],
)
def test_a_mixed_sheet_is_not_settled(texts: list[str]) -> None:
    assert common_encoding(texts) is None
