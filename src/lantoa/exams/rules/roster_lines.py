"""Lines somebody pasted to say who is meant: a personal number, a phone number, an e-mail address
or a name, alone or as cells of a spreadsheet. Pure."""

import re
from dataclasses import dataclass

MOST_LINES = 4_000

_EMAIL = re.compile(r"[^\s@,;<>()]+@[^\s@,;<>()]+\.[^\s@,;<>()]+")
_DIGITS = re.compile(r"\+?\d(?:[ .\-]?\d){7,13}(?!\d)")
_ORDINAL = re.compile(r"^\s*\d{1,5}[.)\t ]\s*")
_REST = re.compile(r"[\t,;|]+")


@dataclass(frozen=True)
class Line:
    """What a line says. Digits may be a phone or a personal number that lost its leading zero in a
    spreadsheet, so a line may name several of either."""

    row: int
    text: str
    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    email: str = ""

    @property
    def is_exact(self) -> bool:
        """Names somebody by more than a name."""
        return bool(self.phones or self.numbers or self.email)


def lines_of(text: str) -> list[Line]:
    """Those that say something, with their row from 1."""
    return [_line(row, line) for row, line in enumerate(text.splitlines(), start=1) if line.strip()]


def _line(row: int, line: str) -> Line:
    email = found[0].lower() if (found := _EMAIL.search(line)) else ""
    rest = _EMAIL.sub("\t", line)
    phones: list[str] = []
    numbers: list[str] = []
    for digits in (re.sub(r"\D", "", run) for run in _DIGITS.findall(rest)):
        _sort(digits, phones, numbers)
    rest = _ORDINAL.sub("", _DIGITS.sub("\t", rest))
    cells = [cell.strip() for cell in _REST.split(rest)]
    names = tuple(cell[:100] for cell in cells if any(c.isalpha() for c in cell))
    return Line(row, line.strip()[:200], names, tuple(phones), tuple(numbers), email)


def _sort(digits: str, phones: list[str], numbers: list[str]) -> None:
    if len(digits) == 12:
        numbers.append(digits)
    elif len(digits) == 11 and digits.startswith("84"):
        phones.append("0" + digits[2:])
    elif len(digits) == 11:
        numbers.append("0" + digits)
        phones.append(digits)
    elif len(digits) == 9:
        phones.append("0" + digits)
    elif len(digits) == 10:
        phones.append(digits)
        if not digits.startswith("0"):
            numbers.append("00" + digits)
