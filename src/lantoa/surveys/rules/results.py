"""What may be shown of answers that bear no name. Pure."""

from typing import Final

FEWEST: Final = 5
"""Fewer answers than that and nothing is shown: somebody in a small class is known by what they
write. A usual limit of anonymous surveys."""


def may_show(answers: int) -> bool:
    return answers >= FEWEST


def mean_of(counts: dict[int, int]) -> float | None:
    """Of a scale, to two places."""
    total = sum(counts.values())
    return round(sum(n * times for n, times in counts.items()) / total, 2) if total else None
