"""Excel 97–2003 files (OLE compound files): known by magic, refused with macros or password."""

from typing import BinaryIO

from django.utils.translation import gettext as _

from lantoa.files.rules import FileRefused

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CHUNK = 1024 * 1024


def _wide(name: str) -> bytes:
    return name.encode("utf-16-le")


# Directory entries are named in UTF-16: macros, an encrypted package, the workbook.
MACROS, ENCRYPTED = (_wide("_VBA_PROJECT"), _wide("_VBA_PROJECT_CUR")), _wide("EncryptedPackage")
WORKBOOKS = (_wide("Workbook"), _wide("Book"))


def is_compound(head: bytes) -> bool:
    return head.startswith(MAGIC)


def _has_any(stream: BinaryIO, needles: tuple[bytes, ...]) -> bool:
    stream.seek(0)
    tail = b""
    overlap = max(len(needle) for needle in needles)
    while chunk := stream.read(CHUNK):
        window = tail + chunk
        if any(needle in window for needle in needles):
            return True
        tail = window[-overlap:]
    return False


def check_legacy(stream: BinaryIO, head: bytes) -> None:
    if not is_compound(head) or not _has_any(stream, WORKBOOKS):
        raise FileRefused(
            _("Nội dung tệp không phải XLS. Hãy kiểm tra lại tệp, đừng đổi phần đuôi tên.")
        )
    if _has_any(stream, MACROS):
        raise FileRefused(_("Tệp có macro. Hãy lưu lại thành tệp không có macro rồi gửi."))
    if _has_any(stream, (ENCRYPTED,)):
        raise FileRefused(_("Tệp được đặt mật khẩu. Hãy bỏ mật khẩu, lưu lại rồi gửi."))
