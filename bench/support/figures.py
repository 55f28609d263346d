"""Medians and percentiles, written the same way by every benchmark."""

import gzip
import math
import re
import statistics
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass


def milliseconds(seconds: Sequence[float]) -> dict[str, float]:
    ordered = sorted(seconds)
    nearest = ordered[min(len(ordered) - 1, math.ceil(0.95 * len(ordered)) - 1)]
    return {
        "median_ms": round(statistics.median(ordered) * 1000, 1),
        "p95_ms": round(nearest * 1000, 1),
    }


@dataclass(frozen=True)
class Weight:
    """Bytes as transferred, compressed: the page itself, what it links to, fonts apart."""

    page: int
    assets: int
    fonts: int


def _fetch(url: str, cookie: str) -> tuple[bytes, int]:
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip", "Cookie": cookie})
    with urllib.request.urlopen(request, timeout=30) as answer:
        raw = answer.read()
        packed = answer.headers.get("Content-Encoding") == "gzip"
        return (gzip.decompress(raw) if packed else raw), len(raw)


def weigh(address: str, path: str, cookie: str) -> Weight:
    """What a browser with an empty cache transfers for a page."""
    page, size = _fetch(address + path, cookie)
    links = re.findall(r'(?:src|href)="(/static/[^"]+)"', page.decode())
    assets, fonts, seen = 0, 0, set()
    for link in links:
        if link in seen:
            continue
        seen.add(link)
        body, weight = _fetch(address + link, cookie)
        if link.endswith(".woff2"):
            fonts += weight
            continue
        assets += weight
        if link.endswith(".css"):
            base = link.rsplit("/", 1)[0]
            for font in set(re.findall(r'url\("?([^")]+\.woff2)"?\)', body.decode())):
                url = font if font.startswith("/") else f"{base}/{font}"
                if url not in seen:
                    seen.add(url)
                    fonts += _fetch(address + url, cookie)[1]
    return Weight(size, assets, fonts)


def markdown(rows: Sequence[Sequence[object]], heads: Sequence[str]) -> str:
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines)
