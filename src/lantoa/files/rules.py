"""Which files may come in, how large, and by which name they are shown (docs/files.md)."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from lantoa.kernel.text import clean

MIB = 1024 * 1024
NAME_LENGTH = 150
# What browsers send when they do not know better; it says nothing against a file.
UNKNOWN_TYPES = frozenset({"", "application/octet-stream", "binary/octet-stream"})
_UNSAFE_IN_NAMES = re.compile(r'[<>:"|?*\x00-\x1f]')


class FileRefused(Exception):
    """The file stays out; `message` is the sentence for whoever sent it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class FileKind:
    """One extension that may come in: what it is served as, and what browsers may claim it is."""

    extension: str
    media_type: str
    limit: int
    claims: frozenset[str]
    # video, image: shown in the page; the rest is always a download.
    inline: bool = False


_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_ZIP = frozenset({"application/zip", "application/x-zip-compressed"})


def _kind(
    extension: str, media_type: str, limit: int, *claims: str, inline: bool = False
) -> FileKind:
    return FileKind(extension, media_type, limit, frozenset({media_type, *claims}), inline)


KINDS: dict[str, FileKind] = {
    kind.extension: kind
    for kind in (
        _kind("mp4", "video/mp4", 500 * MIB, "video/x-m4v", "video/quicktime", inline=True),
        _kind("webm", "video/webm", 500 * MIB, "audio/webm", inline=True),
        _kind("pdf", "application/pdf", 50 * MIB, "application/x-pdf"),
        _kind("docx", f"{_OPEN_XML}wordprocessingml.document", 50 * MIB, *_ZIP),
        _kind("xlsx", f"{_OPEN_XML}spreadsheetml.sheet", 50 * MIB, *_ZIP),
        _kind("pptx", f"{_OPEN_XML}presentationml.presentation", 50 * MIB, *_ZIP),
        _kind("ods", "application/vnd.oasis.opendocument.spreadsheet", 50 * MIB, *_ZIP),
        _kind("xls", "application/vnd.ms-excel", 50 * MIB, "application/msexcel"),
        _kind("csv", "text/csv", 50 * MIB, "application/vnd.ms-excel", "text/plain"),
        _kind("png", "image/png", 5 * MIB, inline=True),
        _kind("jpg", "image/jpeg", 5 * MIB, "image/pjpeg", inline=True),
        _kind("jpeg", "image/jpeg", 5 * MIB, "image/pjpeg", inline=True),
        _kind("webp", "image/webp", 5 * MIB, inline=True),
    )
}
VIDEOS = frozenset({"mp4", "webm"})
DOCUMENTS = frozenset({"pdf", "docx", "xlsx", "pptx"})
SPREADSHEETS = frozenset({"xlsx", "xls", "ods", "csv"})
IMAGES = frozenset({"png", "jpg", "jpeg", "webp"})
INLINE_TYPES = frozenset(kind.media_type for kind in KINDS.values() if kind.inline)


def extension_of(name: str) -> str:
    """Lower case, without the dot; empty when there is none."""
    return PurePosixPath(clean(name)).suffix[1:].lower()


def safe_name(name: str) -> str:
    """The name as shown: NFC, no folders, no control or reserved characters, at most 150 long."""
    last = re.split(r"[\\/]", clean(name))[-1]
    visible = clean(_UNSAFE_IN_NAMES.sub("", last)).lstrip(". ")
    path = PurePosixPath(visible or "tep")
    return f"{path.stem[: NAME_LENGTH - len(path.suffix)]}{path.suffix}"


def claim_fits(kind: FileKind, claimed: str) -> bool:
    """Whether what the browser says the file is does not contradict the kind."""
    plain = claimed.partition(";")[0].strip().lower()
    return plain in UNKNOWN_TYPES or plain in kind.claims
