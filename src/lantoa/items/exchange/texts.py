"""Files that are text: in the encodings in which Windows and old tools here write."""

import re

from django.utils.translation import gettext_noop

from lantoa.items.exchange.rows import FileWrong, Said
from lantoa.kernel.encodings import common_encoding, convert
from lantoa.kernel.text import nfc
from lantoa.people.rosters.delimited import decode
from lantoa.people.rosters.refusals import RosterRefused

MOST_CHARACTERS = 20_000_000
NO_TEXT = gettext_noop("Tệp không phải văn bản. Hãy lưu lại dạng văn bản UTF-8 rồi gửi.")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")


def decoded(data: bytes) -> str:
    """The text in Unicode (NFC), lines ended by one sign. Raises FileWrong."""
    try:
        text = decode(data)
    except RosterRefused as refused:
        raise FileWrong(Said(NO_TEXT)) from refused
    if _CONTROLS.search(text):
        raise FileWrong(Said(NO_TEXT))
    if len(text) > MOST_CHARACTERS:
        raise FileWrong(Said(gettext_noop("Tệp quá dài. Hãy chia thành nhiều tệp.")))
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").split("\n")
    if not _is_unicode(data) and (encoding := common_encoding(lines)):
        lines = [convert(line, encoding) for line in lines]
    return nfc("\n".join(lines))


def _is_unicode(data: bytes) -> bool:
    """Old encodings have a byte a letter, which UTF-8 would hardly ever allow."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return True
