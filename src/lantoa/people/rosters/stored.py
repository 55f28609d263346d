"""A row of a roster as it is kept between reading and applying, and back. Personal numbers are
encrypted and hashed by the caller; a stray one in another cell is masked."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from lantoa.people.rosters.changes import TEXTS, Said
from lantoa.people.rosters.messages import Issue
from lantoa.people.rosters.parsed import ParsedRow
from lantoa.people.rosters.personal_numbers import LENGTH, masked

_STRAY_NUMBER: Final = re.compile(rf"(?<!\d)\d{{{LENGTH}}}(?!\d)")

Json = dict[str, Any]


def without_numbers(text: str) -> str:
    """The text with every run of twelve digits masked."""
    return _STRAY_NUMBER.sub(lambda found: masked(found.group()), text)


def stored_values(row: ParsedRow) -> Json:
    """What a row said, but for its personal number. Only what is there is kept."""
    values = row.values
    kept: Json = {
        "family": values.name.family,
        "middle": values.name.middle,
        "given": values.name.given,
        "birth_date": values.birth_date.isoformat() if values.birth_date else None,
        "birth_year": values.birth_year,
        "unit": values.unit,
        "section": row.section[:200],
        "kept_out": {field: without_numbers(typed) for field, typed in row.kept_out.items()},
        "duplicate_of": list(row.duplicate_of) if row.duplicate_of else None,
        **{field.value: getattr(values, field.value) for field in TEXTS},
    }
    return {name: value for name, value in kept.items() if value}


def stored_issue(issue: Issue) -> Json:
    params = {
        name: without_numbers(value) if isinstance(value, str) else value
        for name, value in issue.params.items()
    }
    return {"code": issue.code, "field": issue.field, "params": params}


def said_of(values: Mapping[str, Any]) -> Said:
    day = values.get("birth_date")
    return Said(
        values.get("family", ""),
        values.get("middle", ""),
        values.get("given", ""),
        date.fromisoformat(day) if day else None,
        values.get("birth_year"),
        {field: values.get(field.value, "") for field in TEXTS},
    )
