"""A WebM file from still pictures, without an encoder of videos: a lossy WebP picture *is* a VP8
keyframe, so it is enough to wrap such frames in Matroska's boxes (RFC 9559, RFC 6386)."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

MILLISECOND = 1_000_000  # Matroska counts in nanoseconds
KEYFRAME = 0x80


@dataclass(frozen=True)
class Frame:
    """A VP8 keyframe shown from `at` (milliseconds) until the next one."""

    at: int
    data: bytes


def vp8_of(webp: bytes) -> bytes:
    """The keyframe in a lossy WebP file without transparency. Raises ValueError for others."""
    if webp[:4] != b"RIFF" or webp[8:16] != b"WEBPVP8 ":
        raise ValueError("not a plain lossy WebP")
    size = int.from_bytes(webp[16:20], "little")
    return webp[20 : 20 + size]


def webm(frames: Sequence[Frame], *, width: int, height: int, length: int) -> bytes:
    """The file; `length` in milliseconds. One cluster per frame, each found from the cues, so that
    a player can seek to any."""
    clusters = [_cluster(frame) for frame in frames]
    between = frames[1].at - frames[0].at if len(frames) > 1 else length
    info = _box(
        0x1549A966,
        _number(0x2AD7B1, MILLISECOND),
        _box(0x4489, struct.pack(">d", length)),
        _text(0x4D80, "Lan Toa"),
        _text(0x5741, "Lan Toa"),
    )
    tracks = _box(0x1654AE6B, _track(width, height, between))
    # The cues' size doesn't hang on what they say: positions take eight octets each.
    start = len(info) + len(tracks) + len(_cues(frames, [0] * len(frames)))
    places = [start + sum(map(len, clusters[:place])) for place in range(len(clusters))]
    segment = _box(0x18538067, info, tracks, _cues(frames, places), *clusters)
    return _head() + segment


def _head() -> bytes:
    return _box(
        0x1A45DFA3,
        _number(0x4286, 1),
        _number(0x42F7, 1),
        _number(0x42F2, 4),
        _number(0x42F3, 8),
        _text(0x4282, "webm"),
        _number(0x4287, 4),
        _number(0x4285, 2),
    )


def _track(width: int, height: int, milliseconds: int) -> bytes:
    return _box(
        0xAE,
        _number(0xD7, 1),
        _number(0x73C5, 1),
        _number(0x83, 1),
        _number(0x9C, 0),
        _text(0x86, "V_VP8"),
        _number(0x23E383, milliseconds * MILLISECOND),
        _box(0xE0, _number(0xB0, width), _number(0xBA, height)),
    )


def _cluster(frame: Frame) -> bytes:
    block = b"\x81" + struct.pack(">hB", 0, KEYFRAME) + frame.data
    return _box(0x1F43B675, _number(0xE7, frame.at), _box(0xA3, block))


def _cues(frames: Sequence[Frame], places: Sequence[int]) -> bytes:
    points = [
        _box(
            0xBB,
            _box(0xB3, frame.at.to_bytes(8, "big")),
            _box(0xB7, _number(0xF7, 1), _box(0xF1, place.to_bytes(8, "big"))),
        )
        for frame, place in zip(frames, places, strict=True)
    ]
    return _box(0x1C53BB6B, *points)


def _box(identity: int, *content: bytes) -> bytes:
    body = b"".join(content)
    name = identity.to_bytes((identity.bit_length() + 7) // 8, "big")
    return name + (len(body) | 1 << 56).to_bytes(8, "big") + body


def _number(identity: int, value: int) -> bytes:
    return _box(identity, value.to_bytes(max(1, (value.bit_length() + 7) // 8), "big"))


def _text(identity: int, value: str) -> bytes:
    return _box(identity, value.encode())
