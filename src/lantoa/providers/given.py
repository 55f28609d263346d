"""What a provider says of one person, from a file or over the API, before anybody is looked up."""

from dataclasses import dataclass
from datetime import date


class ListRefused(Exception):
    """Why a file as a whole can't be taken: a sentence for who sent it."""


@dataclass(frozen=True, slots=True)
class Given:
    """`place`: where it stands in the file, or its number in the batch. Texts are as written, one
    for each thing; "" for nothing."""

    place: str
    code: str = ""
    name: str = ""
    birth_date: date | None = None
    birth_year: int | None = None
    phone: str = ""
    email: str = ""
    number_hash: str = ""
    unit: str = ""
    passed: str = ""
    score: str = ""
    on: str = ""
    reference: str = ""

    @property
    def born(self) -> str:
        if self.birth_date:
            return self.birth_date.strftime("%d/%m/%Y")
        return str(self.birth_year or "")

    @property
    def result(self) -> str:
        """As written, on one line."""
        return " · ".join(part for part in (self.passed, self.score, self.on) if part)[:120]
