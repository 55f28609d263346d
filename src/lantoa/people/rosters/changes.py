"""What a row would change of a person. What it leaves out stays."""

from datetime import date
from typing import Final, NamedTuple

from lantoa.people.rosters.fields import Field
from lantoa.people.rosters.messages import Issue
from lantoa.people.rosters.people import Known, name_key, written_plainly

TEXTS: Final = (Field.SEX, Field.PHONE, Field.EMAIL, Field.TITLE, Field.ETHNICITY, Field.NOTE)

Change = tuple[str | None, str | None]


class Said(NamedTuple):
    """What a row can write down of somebody; `texts` holds the fields of TEXTS."""

    family: str
    middle: str
    given: str
    birth_date: date | None
    birth_year: int | None
    texts: dict[Field, str]

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.family, self.middle, self.given) if part)


def differences(said: Said, known: Known) -> tuple[dict[Field, Change], list[Issue]]:
    """field -> (before, after), days in ISO form; and what is told about what stays."""
    found: dict[Field, Change] = {}
    issues: list[Issue] = []
    if name_key(said.name) != name_key(known.name):
        if written_plainly(said.name, known.name):
            issues.append(Issue("name_kept", Field.FULL_NAME, {"name": known.name}))
        else:
            found[Field.FULL_NAME] = (known.name, said.name)
    before, after = _birth(known.birth_date, known.birth_year), _birth(*said[3:5])
    if said.birth_date is None and known.birth_date is not None:
        if said.birth_year not in (None, known.birth_date.year):
            days = {"year": str(after), "day": f"{known.birth_date:%d/%m/%Y}"}
            issues.append(Issue("birth_kept", Field.BIRTH_DATE, days))
    elif after is not None and after != before:
        found[Field.BIRTH_DATE] = (before, after)
    for field in TEXTS:
        text, there = said.texts[field], getattr(known, field.value)
        if text and text != there:
            found[field] = (there, text)
    return found, issues


def _birth(day: date | None, year: int | None) -> str | None:
    if day is not None:
        return day.isoformat()
    return str(year) if year else None
