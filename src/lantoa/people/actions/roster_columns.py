"""The columns of `Person` that a row of a roster gives."""

from collections.abc import Mapping
from typing import Any, Final

from lantoa.people.models import Person, RosterRow
from lantoa.people.rosters import Field
from lantoa.people.rosters.stored import said_of
from lantoa.people.rules.persons import PersonFacts, plain_columns

NAME: Final = ("family_name", "middle_name", "given_name", "sort_key", "search_key")
# field of a roster -> the columns that it sets
COLUMNS: Final[dict[Field, tuple[str, ...]]] = {
    Field.FULL_NAME: NAME,
    Field.BIRTH_DATE: ("birth_date", "birth_year"),
    Field.SEX: ("sex",),
    Field.PHONE: ("phone",),
    Field.EMAIL: ("email",),
    Field.PERSONAL_NUMBER: ("personal_number_encrypted", "personal_number_hash"),
    Field.TITLE: ("title", "title_key"),
    Field.ETHNICITY: ("ethnicity",),
    Field.NOTE: ("note",),
    Field.UNIT: ("unit_id",),
}


def new_columns(values: Mapping[str, Any]) -> dict[str, Any]:
    said = said_of(values)
    facts = PersonFacts(
        given_name=said.given,
        family_name=said.family,
        middle_name=said.middle,
        birth_date=said.birth_date,
        birth_year=said.birth_year,
        sex=said.texts[Field.SEX],
        email=said.texts[Field.EMAIL],
        title=said.texts[Field.TITLE],
        ethnicity=said.texts[Field.ETHNICITY],
        note=said.texts[Field.NOTE],
    )
    return {
        **plain_columns(facts),
        "phone": said.texts[Field.PHONE],
        "personal_number_encrypted": values.get("number", ""),
        "personal_number_hash": values.get("number_hash"),
    }


def taken_columns(row: RosterRow, person: Person) -> dict[str, Any]:
    """The columns that the row's changes set, with their new values."""
    every = {**new_columns(row.values), "unit_id": row.unit_id or person.unit_id}
    wanted = [column for field in row.changes for column in COLUMNS[Field(field)]]
    return {column: every[column] for column in wanted}
