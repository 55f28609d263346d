"""Which rows of a file say nearly what an item of the bank says. Pure.

Reached by its dotted path alone: of the programmes that serve pages, only one that compares a file
loads NumPy (tests/architecture/test_light_web.py).
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

SIMILAR_PERCENT = 60
# Of rows made after one pattern, a few stand for all.
MOST_HOLDERS = 20
SIZE, ROWS = 36, 3

_rng = np.random.Generator(np.random.PCG64(20260722))
# Odd multipliers, so that multiplying loses nothing (mod 2⁶⁴).
_MULTIPLY = _rng.integers(0, 2**63, SIZE, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_ADD = _rng.integers(0, 2**63, SIZE, dtype=np.uint64)
_MIX = np.uint64(0x9E3779B97F4A7C15)


def shingles(key: str) -> frozenset[str]:
    """Every two neighbouring syllables of a search key; of a single one, itself."""
    words = key.split()
    return frozenset(f"{one} {other}" for one, other in pairwise(words)) or frozenset(words)


class Nearness:
    """The rows of a file, to be met by the search keys of a bank.

    Which rows to compare with is found by MinHash: a signature of SIZE numbers, cut into bands of
    ROWS. Two sets that overlap by s share a band with probability 1 − (1 − s³)¹²: 95 % of those
    alike by 0,6, 99 % by 0,7, next to none of those that aren't. Nothing of it is stored.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        self._rows = [shingles(key) for key in keys]
        self._holders: dict[int, list[int]] = defaultdict(list)
        for at, row in enumerate(_bands(self._rows)):
            for band in row:
                if len(self._holders[band]) < MOST_HOLDERS:
                    self._holders[band].append(at)

    def meet(self, keys: Sequence[str]) -> Iterator[list[tuple[int, int]]]:
        """For each key the rows that are alike, each with how much, in percent."""
        asked = [shingles(key) if self._rows else frozenset() for key in keys]
        for words, bands in zip(asked, _bands(asked), strict=True):
            met = {at for band in bands for at in self._holders.get(band, ())}
            yield [(at, near) for at in sorted(met) if (near := self._likeness(at, words))]

    def _likeness(self, at: int, words: frozenset[str]) -> int:
        row = self._rows[at]
        shared = len(row & words)
        percent = shared * 100 // (len(row) + len(words) - shared) if shared else 0
        return percent if percent >= SIMILAR_PERCENT else 0


def _bands(sets: Sequence[frozenset[str]]) -> Iterator[list[int]]:
    """The bands of each set; none of an empty one."""
    filled = [words for words in sets if words]
    found: Iterator[list[int]] = iter(())
    if filled:
        hashed = np.fromiter((hash(one) for words in filled for one in words), np.int64)
        starts = np.cumsum([0, *(len(words) for words in filled[:-1])])
        mixed = hashed.view(np.uint64)
        least = [
            np.minimum.reduceat(mixed * by + more, starts)
            for by, more in zip(_MULTIPLY, _ADD, strict=True)
        ]
        bands = [_band(least[place : place + ROWS], place) for place in range(0, SIZE, ROWS)]
        found = iter(np.stack(bands, axis=1).tolist())
    for words in sets:
        yield next(found) if words else []


def _band(least: Sequence["np.ndarray[Any, Any]"], place: int) -> "np.ndarray[Any, Any]":
    band = np.full_like(least[0], place + 1)
    for numbers in least:
        band = band * _MIX + numbers
    return band
