"""Tells a person's row from totals, signatures, headings and repeated headers."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from lantoa.kernel.text import fold, nfc
from lantoa.people.rosters.parsed import Skipped

_TOTAL = re.compile(r"(tổng\s*(cộng|số)?|cộng)\b", re.IGNORECASE)
_TOTAL_PLAIN = re.compile(r"(tong (cong|so)|cong) ?(\d|nguoi|danh sach|hoc vien|can bo|$)")
_LIST_HAS = re.compile(r"danh sach (nay )?(co|gom|an dinh)\b|an dinh danh sach")
_COUNT = re.compile(r"\d+(?:\.\d{3})*")
_SIGNED: Final = re.compile(
    r"(tm|kt|tuq|tl|q) |(pho )?(chu tich|giam doc|thu truong|truong phong|hieu truong|bi thu"
    r"|chanh van phong)$|nguoi (lap|tong hop|ghi)|lap (bang|bieu)|noi nhan|nhu tren"
    r"|ky ten|ky (va )?ghi ro|xac nhan|thu ky$|uy ban nhan dan|ghi chu"
    r"|(.* )?ngay .*thang .*nam"
)
_SECTION_WORDS: Final = re.compile(
    r"\b(phong|ban|khoi|truong|ubnd|xa|phuong|to|lanh dao|trung tam|so|chi bo|chi cuc|doan|hoi"
    r"|mat tran|dang uy|hdnd|tram|don vi|co quan|can bo|cong chuc|vien chuc|nhom|lop)\b"
)
_SECTION_NUMBER: Final = re.compile(r"([IVX]+|[A-ZĐ])[.)\-:]?")


def is_total(text: str) -> bool:
    """ "Tổng cộng: 17 người", "Cộng", "Danh sách này có 17 người". A Mr Tống Văn Công is not."""
    words = fold(text)
    if _LIST_HAS.match(words):
        return True
    composed = nfc(text).strip(" (*-")
    found = _TOTAL.match(composed)
    rest = fold(composed[found.end() :]) if found else ""
    if found and (not rest or rest[0].isdigit() or len(found.group()) > 5 or ":" in composed):
        return True
    # Without accents only: Tống Công is a person.
    return text.isascii() and _TOTAL_PLAIN.match(words) is not None


def claimed_total(texts: Sequence[str]) -> int | None:
    """The number of people that a total line names, in the same cell or in one beside it."""
    for text in texts:
        found = _COUNT.search(text)
        if found:
            return int(found.group().replace(".", ""))
    return None


def is_signature(text: str) -> bool:
    """A line of the block under the table: who signs, where, who gets a copy."""
    if nfc(text).lower().lstrip("- ").startswith(("lưu:", "lưu :")):
        return True
    return _SIGNED.match(fold(text)) is not None


def is_section(ordinal: str, text: str) -> bool:
    """A heading inside the table: numbered I, II, A, B, or naming a body rather than a person."""
    if _SECTION_NUMBER.fullmatch(ordinal):
        return True
    return not ordinal and (_SECTION_WORDS.search(fold(text)) is not None or ":" in text)


def is_numbering(texts: Sequence[str]) -> bool:
    """The row of column numbers below a header: 1 2 3 4, (1) (2) (3), A B C."""
    marks = [text.strip("()[] ") for text in texts if text]
    if len(marks) < 3:
        return False
    if all(mark.isdecimal() and len(mark) < 3 for mark in marks):
        numbers = [int(mark) for mark in marks]
        return all(after == before + 1 for before, after in pairwise(numbers))
    return all(len(mark) == 1 and mark.isalnum() for mark in marks)


def repeats_header(texts: Sequence[str], labels: Sequence[Sequence[str]]) -> bool:
    """Whether the row says again what one of the header's rows says."""
    here = {(i, fold(text)) for i, text in enumerate(texts) if text}
    return any(
        len(here & {(i, fold(label)) for i, label in enumerate(row) if label}) >= 2
        for row in labels
    )


def kind_of_nameless(
    texts: Sequence[str], *, numbered: bool, others: int, in_footer: bool
) -> Skipped | None:
    """What a row without a name is; None when it is a person's row that lacks the name.

    `others` counts the filled columns that the header gives a meaning.
    """
    filled = [text for text in texts if text]
    if numbered:
        return None if others > 1 else Skipped.EMPTY_NUMBERED
    if any(is_total(text) for text in filled[:2]):
        return Skipped.TOTAL
    if others < 3 and (in_footer or any(is_signature(text) for text in filled)):
        return Skipped.FOOTER
    return None if others > 1 else Skipped.TEXT
