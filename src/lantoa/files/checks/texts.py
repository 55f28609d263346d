"""CSV and PDF: text that is text, documents that do not run anything."""

import re
from typing import BinaryIO

from django.utils.translation import gettext as _

from lantoa.files.rules import FileRefused

BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
CHUNK = 1024 * 1024
_RUNS = re.compile(rb"/(JavaScript|JS|Launch|OpenAction\s*<<[^>]*/JS)[\s(</\[]")
_MARKUP = re.compile(rb"<(!doctype|html|svg|script|\?xml|head|body|iframe)", re.IGNORECASE)


def looks_like_markup(head: bytes) -> bool:
    """HTML, SVG or XML in any of the encodings a browser would sniff."""
    text = head
    for bom in BOMS:
        text = text.removeprefix(bom)
    return bool(_MARKUP.match(text.replace(b"\x00", b"").lstrip()))


def check_csv(stream: BinaryIO) -> None:
    stream.seek(0)
    wide = stream.read(2) in BOMS
    stream.seek(0)
    while chunk := stream.read(CHUNK):
        if not wide and b"\x00" in chunk:
            raise FileRefused(
                _("Tệp CSV có ký tự không phải chữ. Hãy lưu lại dạng CSV UTF-8 rồi gửi.")
            )


def check_pdf(stream: BinaryIO, head: bytes) -> None:
    if b"%PDF-" not in head[:1024]:
        raise FileRefused(
            _("Nội dung tệp không phải PDF. Hãy kiểm tra lại tệp, đừng đổi phần đuôi tên.")
        )
    stream.seek(0)
    tail = b""
    while chunk := stream.read(CHUNK):
        window = tail + chunk
        if _RUNS.search(window):
            raise FileRefused(_("Tệp PDF có mã chạy được. Hãy in lại thành PDF rồi gửi."))
        tail = window[-64:]
