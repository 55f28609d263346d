"""Uploads made in memory: honest ones and hostile ones."""

import io
import zipfile
from collections.abc import Mapping

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MP4 = b"\x00\x00\x00\x18ftypisom" + b"\x00" * 600
WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm" + b"\x00" * 100
PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\n%%EOF"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40

TYPES = '<?xml version="1.0"?><Types><Override ContentType="{kind}.main+xml"/></Types>'


def office(parts: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def xlsx(extra: Mapping[str, str | bytes] | None = None, kind: str = "sheet") -> bytes:
    return office(
        {
            "[Content_Types].xml": TYPES.format(kind=kind),
            "xl/workbook.xml": "<workbook/>",
            **(extra or {}),
        }
    )


def upload(
    name: str, content: bytes, claimed: str = "application/octet-stream"
) -> UploadedFile[bytes]:
    return SimpleUploadedFile(name, content, content_type=claimed)
