"""What people write in a cell to say that there is nothing to write."""

import re
from typing import Final

from lantoa.kernel.text import fold

_SAID: Final = (
    "khong|khong co|ko|ko co|k|k co|chua|chua co|chua cap|x|o|na|n a|none|null|nil|no|trong"
    "|khong ro|chua ro|0"
)
_WORDS: Final = frozenset(_SAID.split("|"))
_ONLY_SIGNS = re.compile(r"[\W_]*")


def is_empty(text: str) -> bool:
    """True for nothing, signs only ("-", "/"), and words such as "khong co", "x"."""
    if len(text) > 12 or (len(text) > 1 and text[0].isdecimal()):
        return False
    return _ONLY_SIGNS.fullmatch(text) is not None or fold(text) in _WORDS
