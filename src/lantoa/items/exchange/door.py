"""Which format a file is, and whether it may come in at all. Asked before anything is kept."""

from pathlib import PurePath
from typing import Final

from django.utils.translation import gettext_noop

from lantoa.items.exchange import FORMATS, aiken
from lantoa.items.exchange.rows import FileWrong, Format, Said
from lantoa.items.exchange.spreadsheet.read import REFUSALS
from lantoa.items.exchange.texts import decoded
from lantoa.people.rosters import RosterRefused, check_roster

MIB: Final = 1024 * 1024
MOST_MIB: Final = {"spreadsheet": 20, "moodle_xml": 50, "gift": 5, "aiken": 5}
EMPTY = gettext_noop("Tệp rỗng. Hãy chọn lại tệp.")
TOO_BIG = gettext_noop("Tệp lớn hơn %(limit)s MB. Hãy chia thành nhiều tệp.")
WRONG_TYPE = gettext_noop("Chỉ nhận tệp %(kinds)s.")
NOT_XML = gettext_noop("Nội dung tệp không phải XML. Hãy kiểm tra lại tệp, đừng đổi phần đuôi tên.")
_SIGNS = b"\xef\xbb\xbf \t\r\n\x00\xff\xfe"


def extensions() -> list[str]:
    return sorted({f".{one}" for form in FORMATS.values() for one in form.extensions})


def checked(data: bytes, filename: str) -> Format:
    """The format of a file that may be read. Raises FileWrong."""
    form = _format_of(data, filename)
    if not data.strip(_SIGNS):
        raise FileWrong(Said(EMPTY))
    if len(data) > MOST_MIB[form.name] * MIB:
        raise FileWrong(Said(TOO_BIG, {"limit": MOST_MIB[form.name]}))
    if form.name == "moodle_xml" and not data.lstrip(_SIGNS).startswith(b"<"):
        raise FileWrong(Said(NOT_XML))
    if form.name == "spreadsheet":
        try:
            check_roster(data, filename)
        except RosterRefused as refused:
            said = REFUSALS.get(refused.code, refused.template)
            raise FileWrong(Said(said, refused.params)) from refused
    return form


def _format_of(data: bytes, filename: str) -> Format:
    extension = PurePath(filename).suffix.lower().removeprefix(".")
    if extension == "txt":
        if len(data) > MOST_MIB["gift"] * MIB:
            raise FileWrong(Said(TOO_BIG, {"limit": MOST_MIB["gift"]}))
        return FORMATS["aiken" if aiken.looks_like(decoded(data)) else "gift"]
    for form in FORMATS.values():
        if extension in form.extensions:
            return form
    raise FileWrong(Said(WRONG_TYPE, {"kinds": ", ".join(extensions())}))
