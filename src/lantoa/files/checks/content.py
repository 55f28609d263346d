"""Does the content agree with the extension? The leading bytes decide, not the name."""

from collections.abc import Callable
from typing import BinaryIO

from django.utils.translation import gettext as _

from lantoa.files.checks.archives import check_office
from lantoa.files.checks.legacy import check_legacy, is_compound
from lantoa.files.checks.texts import check_csv, check_pdf, looks_like_markup
from lantoa.files.rules import FileKind, FileRefused

OFFICE = frozenset({"docx", "xlsx", "pptx", "ods"})
HEAD = 4096


def check_content(stream: BinaryIO, kind: FileKind) -> None:
    """Raise FileRefused unless the bytes are what the kind says and carry nothing that runs."""
    stream.seek(0)
    head = stream.read(HEAD)
    if looks_like_markup(head):
        raise FileRefused(_("Không nhận tệp HTML, XML hay SVG, vì chúng có thể chứa mã chạy được."))
    if kind.extension in OFFICE:
        if is_compound(head):
            raise FileRefused(
                _("Tệp được đặt mật khẩu hoặc là bản Office cũ. Hãy bỏ mật khẩu, lưu lại rồi gửi.")
            )
        check_office(stream, kind.extension)
    elif kind.extension == "xls":
        check_legacy(stream, head)
    elif kind.extension == "csv":
        check_csv(stream)
    elif kind.extension == "pdf":
        check_pdf(stream, head)
    elif not _LEADING[kind.extension](head):
        raise FileRefused(
            _("Nội dung tệp không phải %(kind)s. Hãy kiểm tra lại tệp, đừng đổi phần đuôi tên.")
            % {"kind": kind.extension.upper()}
        )


def _is_webm(head: bytes) -> bool:
    # Matroska shares the magic number; the document type within the header tells them apart.
    return head[:4] == b"\x1a\x45\xdf\xa3" and b"webm" in head[:80]


_LEADING: dict[str, Callable[[bytes], bool]] = {
    "mp4": lambda head: head[4:8] == b"ftyp",
    "webm": _is_webm,
    "png": lambda head: head[:8] == b"\x89PNG\r\n\x1a\n",
    "jpg": lambda head: head[:3] == b"\xff\xd8\xff",
    "jpeg": lambda head: head[:3] == b"\xff\xd8\xff",
    "webp": lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP",
}
