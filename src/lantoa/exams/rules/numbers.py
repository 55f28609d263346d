"""Candidate numbers (số báo danh) by a pattern, without gaps. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

PREFIX = re.compile(r"[A-Z0-9]{0,10}")
MOST_DIGITS = 8


@dataclass(frozen=True)
class Pattern:
    """ "TN" and 4 digits from 1 on: TN0001, TN0002 …"""

    prefix: str = ""
    digits: int = 4
    start: int = 1

    def number(self, n: int) -> str:
        return f"{self.prefix}{self.start + n:0{self.digits}d}"

    def holds(self, count: int) -> bool:
        """Whether so many numbers fit in the digits."""
        return self.start + count <= int(10**self.digits)


def after(pattern: Pattern, numbers: Iterable[str]) -> Pattern:
    """The same pattern, going on after the highest of these that follow it."""
    form = re.compile(rf"{re.escape(pattern.prefix)}(\d{{{pattern.digits}}})")
    used = [int(found[1]) for number in numbers if (found := form.fullmatch(number))]
    start = max([pattern.start - 1, *used]) + 1
    return Pattern(pattern.prefix, pattern.digits, start)
