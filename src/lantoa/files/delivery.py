"""How a request for a file is answered: one decision, used by the event loop's application
(`fast.py`) and by Django's view (`views.py`); a test holds them together."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from django.conf import settings

from lantoa.files.links import PREFIX, Link, read_link

_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})\Z")
_REFUSED = "Liên kết không đúng hoặc đã hết hạn. Hãy mở lại trang bài học.\n".encode()


@dataclass(frozen=True)
class Answer:
    """What to send: `path` from `start`, `length` octets; or `body` when there is no path."""

    status: int
    headers: dict[str, str]
    body: bytes = b""
    path: Path | None = None
    start: int = 0
    length: int = 0


def answer(method: str, path: str, headers: Mapping[str, str]) -> Answer:
    """`headers` by lower-case name."""
    if method not in ("GET", "HEAD"):
        return _plain(405, {"Allow": "GET, HEAD"})
    link = read_link(path.removeprefix(PREFIX).partition("/")[0])
    if link is None:
        return _plain(404)
    file = Path(settings.MEDIA_ROOT) / link.path
    try:
        size = os.stat(file).st_size
    except OSError:
        return _plain(404)
    common = _headers(link)
    if link.sha256 in headers.get("if-none-match", ""):
        return Answer(304, common)
    fresh = headers.get("if-range", common["ETag"]) == common["ETag"]
    return _ranged(file, size, common, headers.get("range", "") if fresh else "")


def _ranged(file: Path, size: int, common: dict[str, str], asked: str) -> Answer:
    match = _RANGE.match(asked)
    # Several ranges at once, other units and nonsense: the whole file, as HTTP allows.
    if not match or match.groups() == ("", ""):
        return Answer(200, {**common, "Content-Length": str(size)}, path=file, length=size)
    first, last = match.groups()
    start = int(first) if first else max(size - int(last), 0)
    end = min(int(last), size - 1) if first and last else size - 1
    if start >= size or end < start:
        return Answer(416, {**common, "Content-Range": f"bytes */{size}", "Content-Length": "0"})
    span = {
        "Content-Range": f"bytes {start}-{end}/{size}",
        "Content-Length": str(end - start + 1),
    }
    return Answer(206, {**common, **span}, path=file, start=start, length=end - start + 1)


def _headers(link: Link) -> dict[str, str]:
    disposition = "inline" if link.inline else "attachment"
    return {
        "Content-Type": link.media_type,
        "Content-Disposition": f"{disposition}; filename*=UTF-8''{quote(link.name, safe='')}",
        "Accept-Ranges": "bytes",
        "ETag": f'"{link.sha256}"',
        "Cache-Control": "private, max-age=7200, no-transform",
        **_SAFE,
    }


# Should anything slip through the checks, it runs nothing and reaches nothing.
_SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
}


def _plain(status: int, extra: dict[str, str] | None = None) -> Answer:
    return Answer(
        status,
        {
            "Content-Type": "text/plain; charset=utf-8",
            "Content-Length": str(len(_REFUSED)),
            "Cache-Control": "no-store",
            **_SAFE,
            **(extra or {}),
        },
        body=_REFUSED,
    )
