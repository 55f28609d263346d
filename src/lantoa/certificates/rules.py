"""How numbers look and what a certificate says. Pure."""

from datetime import date, datetime

from lantoa.kernel.clock import VIETNAM


def serial_of(unit_code: str, year: int, number: int) -> str:
    """The system's serial (số hiệu) where no printed blank carries one: unit, year, number."""
    return f"LT-{unit_code}-{year}-{number:06d}"


def register_entry(number: int, year: int) -> str:
    """Số vào sổ as written in the book: 123/2026."""
    return f"{number}/{year}"


def issue_year(moment: datetime) -> int:
    """The book's year is a Vietnamese year, not a UTC one."""
    return moment.astimezone(VIETNAM).year


def masked_name(full_name: str) -> str:
    """Enough to recognise one's own name, too little to collect names: N. V. An."""
    *before, given = full_name.split()
    return " ".join([f"{word[0]}." for word in before] + [given])


def same_holder(
    held_name: str, held_birth: date | None, asked_name: str, asked_birth: date
) -> bool:
    """Both names folded by the caller."""
    return held_name == asked_name and held_birth == asked_birth
