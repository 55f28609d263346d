"""What the figures of an item report mean: thresholds of classical item analysis. Pure.

The thresholds are the usual ones (Ebel & Frisbie 1991 for discrimination, Nunnally 1978 for
reliability): help for a reader, no rule.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

FEW = 30
"""Fewer candidates than this say little."""
EASY, HARD = 0.90, 0.25
POOR, FAIR, GOOD = 0.0, 0.20, 0.30
NOT_CHOSEN = 0.02
WEAK, ENOUGH, HIGH = 0.60, 0.70, 0.80


class Finding(StrEnum):
    FEW = "few"
    KEY = "key"
    NEGATIVE = "negative"
    POOR = "poor"
    EASY = "easy"
    HARD = "hard"
    DEAD_OPTION = "dead_option"
    GOOD = "good"


URGENT = frozenset((Finding.KEY, Finding.NEGATIVE))


def findings(item: Mapping[str, Any]) -> list[Finding]:
    """`item` as `item_reports` stores it: figures may be None."""
    if item["candidates"] < FEW:
        return [Finding.FEW]
    found = []
    share, power = item["share_right"], _power(item)
    if _key_suspect(item["options"]):
        found.append(Finding.KEY)
    if power is not None and power < POOR:
        found.append(Finding.NEGATIVE)
    elif power is not None and power < FAIR:
        found.append(Finding.POOR)
    if share is not None and share > EASY:
        found.append(Finding.EASY)
    if share is not None and share < HARD:
        found.append(Finding.HARD)
    if any(not option["right"] and option["share"] < NOT_CHOSEN for option in item["options"]):
        found.append(Finding.DEAD_OPTION)
    if not found and power is not None and power >= GOOD:
        found.append(Finding.GOOD)
    return found


def _power(item: Mapping[str, Any]) -> float | None:
    """The better of the two: a very easy item can't have a high difference of groups."""
    known = [item[name] for name in ("discrimination", "point_biserial") if item[name] is not None]
    return max(known) if known else None


def _key_suspect(options: Sequence[Mapping[str, Any]]) -> bool:
    """The better candidates prefer an option that isn't right to all that are."""
    upper = {False: 0.0, True: 0.0}
    for option in options:
        upper[option["right"]] = max(upper[option["right"]], option["upper"] or 0.0)
    rights = [option for option in options if option["right"]]
    return bool(rights) and upper[False] > upper[True]


class Reliability(StrEnum):
    UNKNOWN = "unknown"
    LOW = "low"
    WEAK = "weak"
    ENOUGH = "enough"
    HIGH = "high"


def reliability(alpha: float | None) -> Reliability:
    if alpha is None:
        return Reliability.UNKNOWN
    for least, word in (
        (HIGH, Reliability.HIGH),
        (ENOUGH, Reliability.ENOUGH),
        (WEAK, Reliability.WEAK),
    ):
        if alpha >= least:
            return word
    return Reliability.LOW
