"""Office files are zip archives: count before unpacking, unpack within limits, refuse macros."""

import re
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from lantoa.files.rules import MIB, FileRefused

MAX_ENTRIES = 5_000
MAX_UNPACKED = 400 * MIB
# XML of an honest sheet packs up to about 40 : 1; a bomb begins at hundreds.
MAX_RATIO = 150
RATIO_COUNTS_FROM = 20 * MIB
CHUNK = MIB
PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
_MACRO = re.compile(r"vbaProject|/activeX/|^Basic/|^Scripts/|macrosheets/", re.IGNORECASE)
_REMOTE_TEMPLATE = re.compile(rb'attachedTemplate"[^>]*Target="(https?:|\\\\|//)', re.IGNORECASE)


def check_office(stream: BinaryIO, extension: str) -> None:
    stream.seek(0)
    try:
        with ZipFile(stream) as archive:
            entries = archive.infolist()
            _check_counts(entries)
            _check_parts(archive, extension)
            for entry in entries:
                _unpack_within(archive, entry)
    except FileRefused:
        raise
    except (BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError) as error:
        raise FileRefused(
            _("Tệp hỏng, không mở được. Hãy mở bằng phần mềm văn phòng, lưu lại rồi gửi.")
        ) from error


def _check_counts(entries: list[ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    bomb = unpacked > RATIO_COUNTS_FROM and unpacked / packed > MAX_RATIO
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or bomb:
        raise FileRefused(
            _("Tệp bung ra quá lớn (quá %(limit)s MB), có thể là tệp phá hoại. Hãy chia nhỏ tệp.")
            % {"limit": MAX_UNPACKED // MIB}
        )


def _check_parts(archive: ZipFile, extension: str) -> None:
    names = archive.namelist()
    if any(_MACRO.search(name) for name in names) or _says_macros(archive, names):
        raise FileRefused(_("Tệp có macro. Hãy lưu lại thành tệp không có macro rồi gửi."))
    if _is_remote_template(archive, names):
        raise FileRefused(_("Tệp gọi tới mẫu nằm ở địa chỉ khác. Hãy gỡ mẫu đó, lưu lại rồi gửi."))
    if extension == "ods":
        fits = "mimetype" in names and b"opendocument.spreadsheet" in _head(archive, "mimetype")
    else:
        fits = PARTS[extension] in names
    if not fits:
        raise FileRefused(
            _("Nội dung tệp không phải %(kind)s. Hãy kiểm tra lại tệp, đừng đổi phần đuôi tên.")
            % {"kind": extension.upper()}
        )


def _head(archive: ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(256 * 1024)


def _says_macros(archive: ZipFile, names: list[str]) -> bool:
    listing = "[Content_Types].xml"
    return listing in names and b"macroEnabled" in _head(archive, listing)


def _is_remote_template(archive: ZipFile, names: list[str]) -> bool:
    relations = "word/_rels/settings.xml.rels"
    return relations in names and bool(_REMOTE_TEMPLATE.search(_head(archive, relations)))


def _unpack_within(archive: ZipFile, entry: ZipInfo) -> None:
    """Read an entry to its end, so that a lying size or a broken checksum shows now, not later."""
    seen = 0
    with archive.open(entry) as part:
        while chunk := part.read(CHUNK):
            seen += len(chunk)
            if seen > entry.file_size:
                raise BadZipFile(entry.filename)
