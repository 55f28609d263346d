"""Names, sex, e-mail and plain texts of a row."""

import re
from functools import lru_cache
from typing import Final

from lantoa.kernel.encodings import LegacyEncoding
from lantoa.kernel.names import PersonName, capitalise, join_name, split_name
from lantoa.kernel.text import APOSTROPHES, clean, fold, nfc
from lantoa.people.rosters.empty import is_empty
from lantoa.people.rosters.fields import Field
from lantoa.people.rosters.messages import Issue
from lantoa.people.rosters.reading import Cell

MAX_FAMILY: Final = 40
MAX_MIDDLE: Final = 60
MAX_GIVEN: Final = 40
MAX_LENGTH: Final = {Field.TITLE: 150, Field.UNIT: 200, Field.ETHNICITY: 40, Field.NOTE: 300}

_MOST_WORDS: Final = 7
_NAME = re.compile(rf"[^\W\d_]+(?:[{APOSTROPHES} -][^\W\d_]+)*")
_MALE = frozenset({"nam", "m", "male", "trai"})
_FEMALE = frozenset({"nu", "f", "female", "gai"})
_MARKS = frozenset({"x", "1", "nam", "nu", "v"})
_TICKS = frozenset("✓✔√☑☒")
_EMAIL = re.compile(r"[a-z0-9._%+'-]+@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}", re.IGNORECASE)
_EMAIL_SLIPS: Final = {
    "gmail.con": "gmail.com", "gmail.co": "gmail.com", "gmail.vn": "gmail.com",
    "gmai.com": "gmail.com", "gmal.com": "gmail.com", "gmial.com": "gmail.com",
    "gamil.com": "gmail.com", "gmail.com.vn": "gmail.com", "gmail.cm": "gmail.com",
    "yahoo.con": "yahoo.com", "yaho.com": "yahoo.com", "yahoo.co": "yahoo.com",
}  # fmt: skip


def as_text(cell: Cell) -> str:
    """A cell as cleaned text; a date in ISO form."""
    if isinstance(cell, str):
        return clean(cell)
    return "" if cell is None else str(cell)


def read_name(
    parts: list[Cell], encoding: LegacyEncoding | None = None
) -> tuple[PersonName, list[Issue]]:
    """The name from one cell (full name) or several (họ đệm, đệm, tên), capitalised.

    Spaces, capitals and separate marks are put right and told as such; letters never change.
    `encoding` is the old encoding that the cells were converted from.
    """
    typed = " ".join(cell if isinstance(cell, str) else str(cell) for cell in parts if cell)
    texts = [as_text(cell) for cell in parts]
    written = " ".join(text for text in texts if text)
    capitals = [capitalise(text) for text in texts]
    if len(parts) == 1:
        name = split_name(capitals[0])
    else:
        name = join_name(" ".join(capitals[:-1]), capitals[-1])
    return name, _name_faults(name, written) + _name_notes(name, typed, encoding)


def _name_faults(name: PersonName, written: str) -> list[Issue]:
    if (
        len(name.family) > MAX_FAMILY
        or len(name.middle) > MAX_MIDDLE
        or len(name.given) > MAX_GIVEN
    ):
        return [_name("name_too_long")]
    if not name.given:
        return [_name("name_missing")]
    if not _NAME.fullmatch(written) or written.count(" ") >= _MOST_WORDS:
        return [_name("name_odd", typed=written)]
    return [] if name.family else [_name("name_one_word", typed=written)]


def _name_notes(name: PersonName, typed: str, encoding: LegacyEncoding | None) -> list[Issue]:
    if encoding is not None:
        return [_name("old_encoding", encoding=encoding.upper(), name=name.full)]
    if typed == name.full:
        return []
    if nfc(typed) == name.full:
        return [_name("name_composed")]
    return [_name("name_rewritten", typed=nfc(typed)[:100], name=name.full)]


def _name(code: str, **params: str) -> Issue:
    return Issue(code, Field.FULL_NAME, params)


def read_sex(cell: Cell) -> tuple[str, list[Issue]]:
    """ "male", "female" or ""."""
    text = as_text(cell)
    word = fold(text)
    if word in _MALE:
        return "male", []
    if word in _FEMALE:
        return "female", []
    if is_empty(text):
        return "", []
    return "", [Issue("sex_unknown", Field.SEX, {"typed": text[:60]})]


def is_marked(cell: Cell) -> bool:
    """Whether a Nam or Nữ column is ticked: an x, a 1, a tick, the word itself."""
    if isinstance(cell, bool):
        return cell
    text = str(cell if cell is not None else "").strip()
    return text in _TICKS or fold(text) in _MARKS


def read_email(cell: Cell) -> tuple[str, list[Issue]]:
    """The address in lower case, or "" with the reason."""
    typed = as_text(cell)
    if is_empty(typed):
        return "", []
    lower = typed.lower()
    if _is_address(lower):
        return _unless_slip(lower, typed, [])
    parts = [part for part in re.split(r"[;,/\s]+", lower) if "@" in part]
    address = (parts[0] if parts else lower).removeprefix("mailto:").strip("<>().'\"")
    if not _is_address(address) or (len(parts) < 2 and " " in typed):
        return "", [_email("email_unreadable", typed)]
    code = "email_several" if len(parts) > 1 else "email_tidied"
    return _unless_slip(address, typed, [_email(code, typed, email=address)])


def _is_address(text: str) -> bool:
    return _EMAIL.fullmatch(text) is not None and ".." not in text


def _unless_slip(address: str, typed: str, notes: list[Issue]) -> tuple[str, list[Issue]]:
    name, _, domain = address.partition("@")
    if domain in _EMAIL_SLIPS:
        meant = f"{name}@{_EMAIL_SLIPS[domain]}"
        return "", [_email("email_maybe_typo", typed, suggestion=meant)]
    return address, notes


def _email(code: str, typed: str, **params: str) -> Issue:
    return Issue(code, Field.EMAIL, {"typed": typed[:100], **params})


def read_text(cell: Cell, field: Field) -> tuple[str, list[Issue]]:
    """A title, unit, ethnicity or note: cleaned, within the length its column can keep."""
    text = _said(cell) if isinstance(cell, str) else as_text(cell)
    limit = MAX_LENGTH[field]
    if len(text) > limit:
        return "", [Issue("too_long", field, {"limit": limit})]
    return text, []


@lru_cache(maxsize=4096)
def _said(text: str) -> str:
    """The cleaned text, "" for words that say nothing. Titles and units repeat themselves."""
    cleaned = clean(text)
    return "" if is_empty(cleaned) else cleaned
