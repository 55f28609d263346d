"""Arithmetic of quotas, without a clock or a database."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lantoa.kernel.text import clean, fold

MAX_QUOTA = 10_000_000
"""More than everybody who works for the state: a typing slip."""

_GROUPED = re.compile(r"\d{1,3}([.,\u00a0 ]\d{3})+")


def share_out(total: int, weights: Sequence[int]) -> list[int]:
    """Split a total by weights into whole numbers that add up to it (largest remainder).

    Equal remainders go to the larger weight, then to the earlier place. Without any weight nothing
    can be split, and every share is 0.
    """
    whole = sum(weights)
    if whole <= 0 or total <= 0:
        return [0] * len(weights)
    shares = [total * weight // whole for weight in weights]
    by_remainder = sorted(
        range(len(weights)),
        key=lambda i: (-(total * weights[i] % whole), -weights[i], i),
    )
    for i in by_remainder[: total - sum(shares)]:
        shares[i] += 1
    return shares


def excess(own: int | None, passed_down: int) -> int:
    """How many more were assigned below a unit than it has; without an own quota, all of them."""
    return max(0, passed_down - (own or 0))


def read_count(text: str) -> int | None:
    """A whole number as people write it: 1234, 1.234, 1,234, 1 234. None when it is none."""
    text = clean(text)
    if _GROUPED.fullmatch(text):
        text = re.sub(r"\D", "", text)
    if not re.fullmatch(r"\d{1,8}", text):
        return None
    count = int(text)
    return count if count <= MAX_QUOTA else None


@dataclass(frozen=True)
class PasteProblem:
    line: int
    text: str
    reason: str


@dataclass(frozen=True)
class Pasted:
    """What a pasted table says: unit id -> persons, and each line that cannot be taken."""

    counts: dict[int, int] = field(default_factory=dict)
    problems: list[PasteProblem] = field(default_factory=list)


NO_NUMBER, UNKNOWN_UNIT, AMBIGUOUS, TWICE = "no_number", "unknown_unit", "ambiguous", "twice"


def unit_keys(code: str, name: str, prefix: str) -> set[str]:
    """What people write for a unit: its code, its name, its name without Xã, Phường, Sở…"""
    keys = {fold(code), fold(name)}
    bare = fold(name).removeprefix(fold(prefix) + " ") if prefix else fold(name)
    return (keys | {bare}) - {""}


def read_pasted(text: str, units: Mapping[int, set[str]]) -> Pasted:
    """Read lines "unit<TAB>number" as a spreadsheet gives them; `units`: id -> `unit_keys`.

    The first cell that names a unit and the last cell that is a number count, so a leading STT
    column does no harm. Empty lines are passed over, and before the first reading a header: a line
    without any digit that names no unit.
    """
    by_key: dict[str, set[int]] = {}
    for unit_id, keys in units.items():
        for key in keys:
            by_key.setdefault(key, set()).add(unit_id)
    result = Pasted()
    for number, line in enumerate(text.splitlines(), start=1):
        cells = [clean(cell) for cell in re.split(r"\t|;", line)]
        if not any(cells):
            continue
        named = any(fold(cell) in by_key for cell in cells)
        if not result.counts and not named and not any(ch.isdigit() for ch in line):
            continue
        _read_line(number, clean(line), cells, by_key, result)
    return result


def _read_line(
    number: int, line: str, cells: list[str], by_key: dict[str, set[int]], result: Pasted
) -> None:
    def problem(reason: str) -> None:
        result.problems.append(PasteProblem(number, line, reason))

    count = read_count(cells[-1]) if len(cells) > 1 else None
    if count is None:
        problem(NO_NUMBER)
        return
    named = [by_key[key] for cell in cells[:-1] if (key := fold(cell)) in by_key]
    if not named:
        problem(UNKNOWN_UNIT)
    elif all(len(units) > 1 for units in named):
        problem(AMBIGUOUS)
    else:
        unit_id = next(iter(next(units for units in named if len(units) == 1)))
        if unit_id in result.counts:
            problem(TWICE)
        else:
            result.counts[unit_id] = count
