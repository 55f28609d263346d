"""Names of units taken apart: the kind of unit, and the name proper."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from lantoa.kernel.text import APOSTROPHES, clean, fold, normalise_tones

_KINDS: Final = {
    "xa": "xa", "x": "xa",
    "phuong": "phuong", "p": "phuong", "ph": "phuong",
    "thi tran": "thi tran", "tt": "thi tran",
    "dac khu": "dac khu", "dk": "dac khu",
    "tinh": "tinh", "t": "tinh",
    "thanh pho": "thanh pho", "tp": "thanh pho",
    "huyen": "huyen", "h": "huyen",
    "thi xa": "thi xa", "tx": "thi xa",
    "quan": "quan", "q": "quan",
}  # fmt: skip
_BODY: Final = re.compile(
    r"^(?:(?:ủy|uỷ|uy)\s+ban\s+(?:nhân|nhan)\s+(?:dân|dan)|ubnd|đảng\s+ủy|đảng\s+uỷ"
    r"|(?:hội\s+đồng|hoi\s+dong)\s+(?:nhân|nhan)\s+(?:dân|dan)|hđnd|hdnd)[\s.:,-]+",
    re.IGNORECASE,
)
_KIND: Final = re.compile(
    r"^(xã|phường|thị\s+trấn|đặc\s+khu|tỉnh|thành\s+phố|huyện|thị\s+xã|quận"
    r"|(?:x|p|ph|tt|đk|t|tp|h|tx|q)(?=\.))[\s.:]+(?=\S)",
    re.IGNORECASE,
)
_PLAIN_KIND: Final = re.compile(
    r"^(xa|phuong|thi\s+tran|dac\s+khu|tinh|thanh\s+pho|huyen|thi\s+xa|quan)[\s.:]+(?=\S)",
    re.IGNORECASE,
)


class UnitName(NamedTuple):
    """`kind` is folded ("xa", "phuong", … or ""); `name` is the rest, lower case, tones placed."""

    kind: str
    name: str


@lru_cache(maxsize=8192)
def take_apart(text: str) -> UnitName:
    """ "UBND xã Hoà Bình" -> ("xa", "hòa bình"); "P. Sông Công" -> ("phuong", "sông công")."""
    rest = _BODY.sub("", clean(text)).strip(" .,;:-")
    # Unmarked words count only in unmarked text: Quan Triều is a name, not a quận.
    found = _KIND.match(rest) or (_PLAIN_KIND.match(rest) if rest.isascii() else None)
    kind = ""
    if found:
        kind = _KINDS[fold(found.group(1))]
        rest = rest[found.end() :]
    return UnitName(kind, name_key(rest))


def name_key(text: str) -> str:
    """A name as it is compared: marks kept, tones placed, without case and punctuation."""
    words = re.sub(r"[\W_]+", " ", re.sub(f"[{APOSTROPHES}]", "", clean(text))).strip()
    return normalise_tones(words).casefold()


def bare_unit_name(text: str) -> str:
    """The name without the kind of unit: alike for "Phường Đức Xuân" and "ĐỨC XUÂN"."""
    return take_apart(text).name
