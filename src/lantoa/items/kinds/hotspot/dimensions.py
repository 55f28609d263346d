"""How wide and high a PNG, JPEG or WebP is, from its first bytes. Pure; hostile bytes give None."""

from typing import BinaryIO

HEAD = 512 * 1024
# Start-of-frame markers of JPEG; C4, C8 and CC mean something else.
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})


def size_of(stream: BinaryIO) -> tuple[int, int] | None:
    stream.seek(0)
    head = stream.read(HEAD)
    if head[:8] == b"\x89PNG\r\n\x1a\n" and head[12:16] == b"IHDR":
        found: tuple[int, int] | None = (_number(head[16:20]), _number(head[20:24]))
    elif head[:2] == b"\xff\xd8":
        found = _jpeg(head)
    elif head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        found = _webp(head)
    else:
        return None
    return found if found and min(found) > 0 and len(head) >= 24 else None


def _number(octets: bytes) -> int:
    return int.from_bytes(octets, "big")


def _jpeg(head: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(head) and head[at] == 0xFF:
        marker = head[at + 1]
        if marker in _FRAMES:
            return _number(head[at + 7 : at + 9]), _number(head[at + 5 : at + 7])
        if marker == 0xFF:  # filling
            at += 1
            continue
        at += 2 + max(2, _number(head[at + 2 : at + 4]))
    return None


def _webp(head: bytes) -> tuple[int, int] | None:
    def little(start: int, length: int) -> int:
        return int.from_bytes(head[start : start + length], "little")

    form = head[12:16]
    if form == b"VP8X":
        return little(24, 3) + 1, little(27, 3) + 1
    if form == b"VP8L":
        bits = little(21, 4)
        return (bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1
    if form == b"VP8 ":
        return little(26, 2) & 0x3FFF, little(28, 2) & 0x3FFF
    return None
