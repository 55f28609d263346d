"""Pictures made in memory, and the files that `samples` speak of."""

import io
import struct
import zlib

from lantoa.files.actions import keep
from lantoa.files.models import StoredFile
from lantoa.items.tests.samples import FILE, OTHER_FILE


def png(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + check

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\x00" + b"\xff" * width for _ in range(height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def keep_files() -> dict[str, StoredFile]:
    """An image and a spreadsheet under the ids that the samples name."""
    made = {}
    for public_id, name, media_type in (
        (FILE, "sơ đồ.png", "image/png"),
        (OTHER_FILE, "số liệu.xlsx", "application/vnd.ms-excel"),
    ):
        stream = io.BytesIO(png(400, 300))
        made[public_id] = keep(stream=stream, name=name, media_type=media_type, actor=None)
        StoredFile.objects.filter(pk=made[public_id].pk).update(public_id=public_id)
    return made
