"""Which items of a file are in the bank already, to the letter or nearly. Pure."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from hashlib import sha256
from itertools import pairwise

from lantoa.items.exchange.markup import change_files
from lantoa.items.exchange.rows import Content

SIMILAR_PERCENT = 60
# What so many rows of a file share says nothing about any of them.
COMMON = 40
LOOKED_AT = 5


def fingerprint(kind: str, content: Content, digest_of: Callable[[str], str]) -> str:
    """Equal for equal items: a picture counts by its bytes (`digest_of` its id), the right column
    of a matching in no order."""
    told = change_files(_settled(kind, content), digest_of)
    text = json.dumps([kind, told], sort_keys=True, ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def _settled(kind: str, content: Content) -> Content:
    if kind == "scenario":
        parts = [{**p, "content": _settled(p["kind"], p["content"])} for p in content["parts"]]
        return {**content, "parts": parts}
    if kind != "matching":
        return content
    ordered = sorted(one["text"] for one in content["right"])
    pairs = [ordered.index(content["right"][pair]["text"]) for pair in content["pairs"]]
    return {**content, "right": ordered, "pairs": pairs}


def shingles(key: str) -> frozenset[str]:
    """Every two neighbouring syllables of a search key; of a single one, itself."""
    words = key.split()
    return frozenset(f"{one} {other}" for one, other in pairwise(words)) or frozenset(words)


class Nearness:
    """The rows of a file, to be met by one search key after the other."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._rows = [shingles(key) for key in keys]
        self._holders: dict[str, list[int]] = defaultdict(list)
        for at, row in enumerate(self._rows):
            for one in row:
                self._holders[one].append(at)
        for one in [one for one, held in self._holders.items() if len(held) > COMMON]:
            del self._holders[one]

    def meet(self, key: str) -> list[tuple[int, int]]:
        """The rows that are alike, each with how much, in percent."""
        asked = shingles(key)
        met: Counter[int] = Counter()
        for one in asked & self._holders.keys():
            met.update(self._holders[one])
        found = []
        for at, _shared in met.most_common(LOOKED_AT):
            row = self._rows[at]
            percent = len(row & asked) * 100 // len(row | asked)
            if percent >= SIMILAR_PERCENT:
                found.append((at, percent))
        return found
