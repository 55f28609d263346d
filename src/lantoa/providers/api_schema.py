"""What goes in and out over the API (docs/api.md). Texts are taken as a list would have them."""

from collections.abc import Iterable
from typing import Annotated

import msgspec

from lantoa.accounts.queries import normal_phone, personal_number_hash
from lantoa.kernel import clock
from lantoa.kernel.text import nfc
from lantoa.people.rosters.dates import DateColumn, read_birth
from lantoa.providers.given import Given
from lantoa.providers.models import ResultRow
from lantoa.providers.queries.people import code_of
from lantoa.providers.words import sentence_of

MOST_ROWS = 500
Text = Annotated[str, msgspec.Meta(max_length=200)]


class PersonIn(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    code: Text = ""
    name: Text = ""
    birth_date: Text = ""
    phone: Text = ""
    email: Text = ""
    personal_number: Text = ""
    unit: Text = ""


class ResultIn(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    person: PersonIn
    passed: bool | None = None
    score: float | int | None = None
    on: Text = ""
    reference: Text = ""


class BatchIn(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    batch: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    results: Annotated[list[ResultIn], msgspec.Meta(min_length=1, max_length=MOST_ROWS)]
    dry_run: bool = False


class RowOut(msgspec.Struct, frozen=True):
    """`state` as in docs/api.md; `code` says whom the row means, when that is certain."""

    number: int
    state: str
    code: str
    sentence: str


class BatchOut(msgspec.Struct, frozen=True):
    batch: str
    state: str
    counts: dict[str, int]
    rows: list[RowOut]


class AssignmentOut(msgspec.Struct, frozen=True):
    id: int
    requirement: str
    programme: str
    cohort: str
    training_class: str
    greatest: int
    pass_percent: int
    until: str
    people: int
    reported: int
    passed: int


class PersonOut(msgspec.Struct, frozen=True, omit_defaults=True):
    code: str
    name: str
    born: str
    unit: str
    phone: str = ""
    email: str = ""


def answer_of(
    batch: str, state: str, counts: dict[str, int], rows: Iterable[ResultRow]
) -> BatchOut:
    said = [
        RowOut(
            row.position,
            row.state,
            code_of(row.enrolment_id) if row.enrolment_id else "",
            sentence_of(row),
        )
        for row in rows
    ]
    return BatchOut(batch, state, counts, said)


def given_of(number: int, one: ResultIn) -> Given:
    person = one.person
    born, _issues = read_birth(person.birth_date or None, DateColumn(), clock.today())
    digits = "".join(c for c in person.personal_number if c.isdigit())
    return Given(
        place=str(number),
        code=person.code.strip(),
        name=nfc(person.name).strip()[:150],
        birth_date=born.day,
        birth_year=born.year,
        phone=normal_phone(person.phone),
        email=person.email.strip().lower(),
        number_hash=personal_number_hash(digits) if digits else "",
        unit=nfc(person.unit).strip(),
        passed="" if one.passed is None else "1" if one.passed else "0",
        score="" if one.score is None else f"{one.score:.4f}".rstrip("0").rstrip("."),
        on=one.on,
        reference=nfc(one.reference),
    )
