"""What is written down about a person, and in which form. Pure."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from lantoa.kernel.names import sort_key
from lantoa.kernel.text import clean, fold

PERSONAL_NUMBER_DIGITS = 12


class PersonRefused(Exception):
    """Why this can't be done to this person, for a reader; `field` names what to mend."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """Everything that a register says of a person but the unit. Names are `Person`'s own."""

    given_name: str
    family_name: str = ""
    middle_name: str = ""
    sex: str = ""
    birth_date: date | None = None
    birth_year: int | None = None
    phone: str = ""
    email: str = ""
    personal_number: str = ""
    ethnicity: str = ""
    title: str = ""
    category: str = ""
    is_leader: bool = False
    specialism: str = "none"
    note: str = ""


FACT_NAMES = tuple(field.name for field in fields(PersonFacts))
_CLEANED = ("given_name", "family_name", "middle_name", "email", "ethnicity", "title", "note")


def plain_columns(facts: PersonFacts) -> dict[str, Any]:
    """The columns of `Person` that these facts give, but for the phone and the personal number."""
    columns = {
        name: getattr(facts, name)
        for name in FACT_NAMES
        if name not in ("phone", "personal_number")
    }
    columns |= {name: clean(columns[name]) for name in _CLEANED}
    columns["email"] = columns["email"].lower()
    if facts.birth_date is not None:
        columns["birth_year"] = facts.birth_date.year
    family, middle, given = (columns[n] for n in ("family_name", "middle_name", "given_name"))
    columns["sort_key"] = sort_key(family, middle, given)[:300]
    columns["search_key"] = fold(" ".join(part for part in (family, middle, given) if part))[:200]
    columns["title_key"] = fold(columns["title"])[:150]
    return columns


def is_personal_number(typed: str) -> bool:
    """Twelve digits, spaces aside: all that is certain of a personal number."""
    digits = typed.replace(" ", "")
    return len(digits) == PERSONAL_NUMBER_DIGITS and digits.isdecimal()


def masked_number(number: str) -> str:
    """Only the last three digits: enough to tell two people of one name apart."""
    return f"{'•' * 9}{number[-3:]}" if number else ""
