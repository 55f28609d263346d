"""Vietnamese mobile numbers as they come: dots, +84, a lost zero, two in one cell."""

import re
from typing import Final

from lantoa.kernel.text import clean
from lantoa.people.rosters.empty import is_empty
from lantoa.people.rosters.fields import Field
from lantoa.people.rosters.messages import Issue
from lantoa.people.rosters.reading import Cell

MOBILE_PREFIXES: Final = frozenset(
    [f"03{n}" for n in range(2, 10)]
    + ["052", "055", "056", "058", "059", "070", "076", "077", "078", "079"]
    + [f"08{n}" for n in range(1, 10)]
    + ["090", "091", "092", "093", "094", "096", "097", "098", "099"]
)
"""Prefixes given out for mobile phones (numbering plan since 2018, with those added to 2025)."""

_SPOILT = re.compile(r"\d([.,]\d+)?e\+?\d+", re.IGNORECASE)
_LABEL = re.compile(r"^(?:sđt|sdt|đt|dt|dđ|đtdđ|tel|zalo|mobile|phone)\s*[:.]?\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[,;/|]|hoặc|và|\s-\s|\n)\s*", re.IGNORECASE)
_ALLOWED = re.compile(r"[\d\s.()+\-]+")


def read_phone(cell: Cell) -> tuple[str, list[Issue]]:
    """The number in its national form (ten digits from 0), or "" with the reason."""
    if cell is None:
        return "", []
    typed = clean(str(cell)).lstrip("'")
    if len(typed) == 10 and typed.isascii() and typed.isdecimal() and typed[:3] in MOBILE_PREFIXES:
        return typed, []
    if is_empty(typed):
        return "", []
    if _SPOILT.fullmatch(typed) or (isinstance(cell, float) and not cell.is_integer()):
        return "", [_issue("phone_spoilt", typed)]
    bare = _LABEL.sub("", typed)
    several = [part for part in _BETWEEN.split(bare) if len(_digits(part)) >= 9]
    if len(several) > 1:
        phone, issues = _read_one(several[0], typed)
        if not phone:
            return "", issues
        same = {_read_one(part, typed)[0] for part in several} == {phone}
        return phone, [] if same else [_issue("phone_several", typed, phone=phone)]
    return _read_one(bare, typed)


def _read_one(text: str, typed: str) -> tuple[str, list[Issue]]:
    if not _ALLOWED.fullmatch(text):
        return "", [_issue("phone_unreadable", typed)]
    digits = _national(_digits(text))
    if len(digits) == 9 and f"0{digits}"[:3] in MOBILE_PREFIXES:
        phone = f"0{digits}"
        return phone, [Issue("phone_zero_restored", Field.PHONE, {"phone": phone})]
    if len(digits) == 10 and digits[:3] in MOBILE_PREFIXES:
        return digits, []
    return "", [_issue(_fault(digits), typed)]


def _national(digits: str) -> str:
    """Without the country code: +84 912…, 84912…, 0084912…, +84 0912… all begin with 0 after."""
    for code in ("0084", "84"):
        rest = digits.removeprefix(code).removeprefix("0")
        if digits.startswith(code) and len(rest) == 9:
            return f"0{rest}"
    return digits


def _fault(digits: str) -> str:
    if re.fullmatch(r"0?1[2689]\d{8}", digits):
        return "phone_old"
    if re.fullmatch(r"0?2\d{8,9}", digits):
        return "phone_landline"
    return "phone_prefix" if re.fullmatch(r"0[35789]\d{8}", digits) else "phone_unreadable"


def _digits(text: str) -> str:
    return "".join(letter for letter in text if "0" <= letter <= "9")


def _issue(code: str, typed: str, **params: str | int) -> Issue:
    return Issue(code, Field.PHONE, {"typed": typed[:60], **params})
