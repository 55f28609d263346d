"""How units are called."""

import re

from lantoa.kernel.names import collation_key
from lantoa.kernel.text import APOSTROPHES, clean, fold, normalise_tones

PREFIXES = (
    "Thành phố", "Tỉnh", "Đặc khu", "Phường", "Xã", "Thị trấn", "Thị xã", "Quận", "Huyện",
    "Sở", "Bộ", "Ban", "Văn phòng", "Ủy ban", "Trung tâm", "Trường", "Bệnh viện", "Chi cục",
    "Cục", "Vụ", "Viện", "Phòng", "Đảng ủy", "Hội", "Trạm",
)  # fmt: skip
_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")


class UnitRefused(Exception):
    """Why this can't be done to this unit, for a person to read; `field` names what to mend."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


def official_name(text: str) -> str:
    """An administrative name in one spelling: NFC, tones as in "Hòa", a plain apostrophe."""
    return _APOSTROPHE.sub("'", normalise_tones(clean(text)))


def prefix_of(name: str) -> str:
    """ "Phường Ba Đình" → "Phường"; "" when the name begins with none that we know."""
    return next((p for p in PREFIXES if name.startswith(f"{p} ")), "")


def without_prefix(name: str, prefix: str) -> str:
    return name[len(prefix) + 1 :] if prefix and name.startswith(f"{prefix} ") else name


def unit_keys(kind: str, name: str) -> dict[str, str]:
    """`sort_key` and `search_key`. Administrative units sort by their name without its prefix, as
    in every published list; agencies by their whole name."""
    cleaned = clean(name)
    sorted_by = cleaned if kind == "agency" else without_prefix(cleaned, prefix_of(cleaned))
    return {"sort_key": collation_key(sorted_by)[:400], "search_key": fold(cleaned)[:250]}
