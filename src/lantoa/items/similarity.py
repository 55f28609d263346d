"""How alike two questions are, whatever their accents, punctuation and order of options. Pure.

A question is the set of its neighbouring syllables, from its search key (`kernel.text.fold`); two
questions are as alike as their sets overlap (Jaccard). Which of 50.000 to compare with is found by
MinHash: a signature of SIZE numbers, cut into bands of ROWS. Two sets that overlap by s share a
band with probability 1 − (1 − s³)¹²: 95 % of those alike by 0,6, 99 % by 0,7, 1 in 80 by 0,1
(unrelated questions of the demo's bank overlap by 0,14 at most).
"""

from hashlib import blake2b
from itertools import pairwise
from struct import pack

ALIKE_PERCENT = 60
"""From here on an author is asked whether it is the same question."""

SIZE, ROWS = 36, 3
BANDS = SIZE // ROWS

# Fixed for ever: bands are stored. Odd multipliers, so that multiplying loses nothing (mod 2⁶⁴).
_WIDTH = 2**64 - 1
_SEEDS = [blake2b(bytes([at]), digest_size=16, key=b"lantoa").digest() for at in range(SIZE)]
_MIXING = [
    (int.from_bytes(seed[:8], "little") | 1, int.from_bytes(seed[8:], "little")) for seed in _SEEDS
]


def shingles(key: str) -> frozenset[str]:
    """Every two neighbouring syllables of a search key; of a single one, itself."""
    words = key.split()
    pairs = frozenset(f"{one} {other}" for one, other in pairwise(words))
    return pairs or frozenset(words)


def likeness(one: frozenset[str], other: frozenset[str]) -> int:
    """How much two sets of shingles have in common, in percent; 100 is the very same."""
    return len(one & other) * 100 // len(one | other) if one and other else 0


def bands(key: str) -> list[int]:
    """The bands of a search key as signed 64-bit numbers; none when there are no words."""
    words = shingles(key)
    if not words:
        return []
    hashed = [
        int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little") for word in words
    ]
    least = [min((one * by + more) & _WIDTH for one in hashed) for by, more in _MIXING]
    parts = [least[at : at + ROWS] for at in range(0, SIZE, ROWS)]
    return [_band(place, pack("<3Q", *part)) for place, part in enumerate(parts)]


def _band(place: int, part: bytes) -> int:
    digest = blake2b(part, digest_size=8, key=bytes([place])).digest()
    return int.from_bytes(digest, "little", signed=True)
