"""People who stand in a file twice, and people who share what only one can have.

Only a row that says the same of the same person is a duplicate. Everything else that looks alike
is put before the coordinator: two people are never made into one.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable

from lantoa.kernel.text import normalise_tones
from lantoa.people.rosters.fields import Field
from lantoa.people.rosters.messages import Issue
from lantoa.people.rosters.parsed import ParsedRow, Values
from lantoa.people.rosters.unit_names import bare_unit_name

_COMPARED = (Field.PHONE, Field.EMAIL, Field.PERSONAL_NUMBER, Field.TITLE, Field.UNIT)
_SHARED = {
    Field.PHONE: "phone_shared",
    Field.EMAIL: "email_shared",
    Field.PERSONAL_NUMBER: "personal_number_shared",
}


def mark_doubles(rows: Iterable[ParsedRow]) -> None:
    """Mark duplicates and resemblances on the rows, each pointing to the earlier row."""
    listed = [row for row in rows if row.values.name.given]
    by_person: dict[Hashable, ParsedRow] = {}
    for row in listed:
        keys = _person_keys(row.values)
        earlier = next((by_person[key] for key in keys if key in by_person), None)
        if earlier is not None:
            _compare(row, earlier)
        for key in keys:
            by_person.setdefault(key, row)
    for field, code in _SHARED.items():
        _mark_shared(listed, field, code)


def _name_key(values: Values) -> str:
    return normalise_tones(values.name.full).casefold()


def _person_keys(values: Values) -> list[Hashable]:
    """What makes two rows worth comparing: the same name with the same number, date or phone;
    without a date, with the same year and unit."""
    name = _name_key(values)
    keys: list[Hashable] = []
    if values.personal_number:
        keys.append(("number", name, values.personal_number))
    if values.birth_date:
        keys.append(("birth", name, values.birth_date))
    else:
        keys.append(("unit", name, values.birth_year, bare_unit_name(values.unit)))
    if values.phone:
        keys.append(("phone", name, values.phone))
    return keys


def _compare(row: ParsedRow, earlier: ParsedRow) -> None:
    here, there = row.values, earlier.values
    place: dict[str, str | int] = {"row": earlier.row_number, "sheet": earlier.sheet}
    differing = _differing(here, there)
    same_number = bool(here.personal_number) and here.personal_number == there.personal_number
    same_phone = bool(here.phone) and here.phone == there.phone
    same_birth = (here.birth_date, here.birth_year) == (there.birth_date, there.birth_year)
    if not differing and (same_number or (same_phone and same_birth)):
        row.duplicate_of = (earlier.sheet, earlier.row_number)
        code = "duplicate" if earlier.sheet == row.sheet else "duplicate_elsewhere"
        row.issues.append(Issue(code, "", place))
    elif same_number or same_phone:
        if not differing:
            differing = [Field.BIRTH_DATE]  # the later row leaves it out
        fields = ",".join(field.value for field in differing)
        row.issues.append(Issue("duplicate_differs", "", {**place, "fields": fields}))
    else:
        code = "same_name_and_birth" if here.birth_date else "same_name_and_unit"
        row.issues.append(Issue(code, "", place))


def _differing(here: Values, there: Values) -> list[Field]:
    """Fields in which the later row says something that the earlier does not say as well."""
    found = []
    births = (here.birth_date or here.birth_year, there.birth_date or there.birth_year)
    if births[0] != births[1] and births[0] is not None:
        found.append(Field.BIRTH_DATE)
    if here.sex and here.sex != there.sex:
        found.append(Field.SEX)
    for field in _COMPARED:
        new, old = _comparable(here, field), _comparable(there, field)
        if new and new != old:
            found.append(field)
    return found


def _comparable(values: Values, field: Field) -> str:
    text = str(getattr(values, field))
    return bare_unit_name(text) if field is Field.UNIT else normalise_tones(text).casefold()


def _mark_shared(rows: list[ParsedRow], field: Field, code: str) -> None:
    """Two people of different names with one phone, address or number: told on both rows."""
    holders: dict[str, list[ParsedRow]] = defaultdict(list)
    for row in rows:
        value = str(getattr(row.values, field))
        if value:
            holders[value].append(row)
    for sharing in holders.values():
        first = sharing[0]
        for row in sharing[1:]:
            if _name_key(row.values) == _name_key(first.values):
                continue
            for one, other in ((row, first), (first, row)):
                where: dict[str, str | int] = {"row": other.row_number, "sheet": other.sheet}
                if all(issue.code != code for issue in one.issues):
                    one.issues.append(Issue(code, field, where))
