"""Which person a row means: every pair of what the row and the register say."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from lantoa.people.rosters import Field, Issue
from lantoa.people.rosters.changes import TEXTS, Said, differences
from lantoa.people.rosters.people import Asked, Known, find_person, name_key, written_plainly

BORN = date(1980, 3, 1)
AN = Known(1, 10, "Nguyễn", "Văn", "An", BORN, 1980, phone="0912000001", email="an@xa.vn")
HASH, OTHER_HASH = "a" * 64, "b" * 64


def describe(known: Known) -> str:
    return f"{known.name} #{known.id}"


def verdict(asked: Asked, *namesakes: Known, holder: Known | None = None) -> "Verdict":
    """(who, code of the doubt, suggestions)."""
    found = find_person(asked, holder, namesakes, describe)
    code = found.issue.code if found.issue else ""
    return (
        found.person.id if found.person else None,
        code,
        [known.id for known in found.suggestions],
    )


Verdict = tuple[int | None, str, list[int]]
NEW: Verdict = (None, "", [])
SURE: Verdict = (1, "", [])


def maybe(code: str) -> Verdict:
    return (None, code, [1])


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        # the same name and the same day: certain, whatever else differs
        (Asked("Nguyễn Văn An", BORN, 1980), SURE),
        (Asked("NGUYỄN VĂN AN", BORN, 1980, phone="0999"), SURE),
        (Asked("Nguyễn Văn An", BORN, 1980, unit_id=99), SURE),
        # another day: another person, unless the phone or the address is the same
        (Asked("Nguyễn Văn An", date(1981, 3, 1), 1981, unit_id=10), NEW),
        (
            Asked("Nguyễn Văn An", date(1980, 1, 3), 1980, "0912000001"),
            maybe("person_birth_differs"),
        ),
        (Asked("Nguyễn Văn An", None, 1975, "", "an@xa.vn"), maybe("person_birth_differs")),
        # the day not known: the phone decides together with the name, never alone
        (Asked("Nguyễn Văn An", None, 1980, "0912000001"), SURE),
        (Asked("Nguyễn Văn An", None, None, "0912000001", unit_id=99), SURE),
        (Asked("Nguyễn Văn An", None, None, "", "an@xa.vn"), SURE),
        # only a name: a question in the same unit, or when no unit is known
        (Asked("Nguyễn Văn An", unit_id=10), maybe("person_maybe")),
        (Asked("Nguyễn Văn An"), maybe("person_maybe")),
        (Asked("Nguyễn Văn An", unit_id=99), NEW),
        (Asked("Nguyễn Văn An", None, 1980, unit_id=99), maybe("person_maybe")),
        # letters alike but for the marks
        (Asked("Nguyen Van An", BORN, 1980), maybe("person_similar")),
        (Asked("Nguyễn Vân An", BORN, 1980), maybe("person_similar")),
        (Asked("Nguyễn Vân An", None, None, "0912000001"), maybe("person_similar")),
        (Asked("Nguyễn Vân An", date(1985, 1, 1), 1985, "0912000001"), NEW),
        (Asked("Nguyễn Vân An", unit_id=10), NEW),
    ],
)
def test_by_name(asked: Asked, expected: Verdict) -> None:
    assert verdict(asked, AN) == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (Asked("Nguyễn Văn An", BORN, 1980, number_hash=OTHER_HASH), maybe("number_differs")),
        (Asked("Nguyễn Văn An", None, 1980, "0912000001", "", OTHER_HASH), maybe("person_maybe")),
        (Asked("Nguyễn Văn An", None, 1980, "", "", OTHER_HASH, 10), NEW),
        (Asked("Nguyễn Văn An", date(1980, 1, 3), 1980, "0912000001", "", OTHER_HASH), NEW),
        (Asked("Nguyễn Văn An", BORN, 1980), SURE),
    ],
)
def test_another_number_is_another_person_until_somebody_says_so(
    asked: Asked, expected: Verdict
) -> None:
    assert verdict(asked, replace(AN, number_hash=HASH)) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Nguyễn Văn An", SURE),
        ("nguyễn văn an", SURE),
        ("Nguyen Van An", SURE),  # the marks are missing, the number is the same
        ("Nguyễn Vân An", maybe("number_of_other")),
        ("Trần Thị Bình", maybe("number_of_other")),
    ],
)
def test_by_number(name: str, expected: Verdict) -> None:
    asked = Asked(name, date(1999, 9, 9), 1999, number_hash=HASH)
    assert verdict(asked, holder=replace(AN, number_hash=HASH)) == expected


def test_the_number_counts_before_the_name() -> None:
    """A namesake born the same day is not asked about when the number is somebody else's."""
    twin = replace(AN, id=2, number_hash=OTHER_HASH)
    asked = Asked("Nguyễn Văn An", BORN, 1980, number_hash=HASH)
    assert verdict(asked, twin, holder=replace(AN, number_hash=HASH)) == SURE


def test_of_twins_by_name_and_day_the_phone_then_the_unit_tells() -> None:
    twin = replace(AN, id=2, unit_id=20, phone="0912000002", email="")
    asked = Asked("Nguyễn Văn An", BORN, 1980)
    assert verdict(asked, AN, twin) == (None, "person_several", [1, 2])
    assert verdict(asked._replace(phone="0912000002"), AN, twin) == (2, "", [])
    assert verdict(asked._replace(unit_id=20), AN, twin) == (2, "", [])
    assert verdict(asked._replace(phone="0912000001", unit_id=20), AN, twin) == SURE
    assert verdict(asked._replace(unit_id=30), AN, twin) == (None, "person_several", [1, 2])


def test_who_left_is_not_taken_back_by_a_list() -> None:
    gone = replace(AN, left=True)
    assert verdict(Asked("Nguyễn Văn An", BORN, 1980), gone) == (None, "person_left", [])
    assert verdict(Asked("Nguyễn Văn An", unit_id=10), gone) == NEW
    still_here = replace(AN, id=2)
    assert verdict(Asked("Nguyễn Văn An", BORN, 1980), gone, still_here) == (2, "", [])
    number = Asked("Nguyễn Văn An", number_hash=HASH)
    assert verdict(number, holder=replace(gone, number_hash=HASH)) == (None, "person_left", [])


def test_a_namesake_of_whom_nothing_new_is_said_is_no_question() -> None:
    asked = Asked("Nguyễn Văn An", unit_id=10)
    assert find_person(asked, None, [AN], describe, lambda _known: True).person is AN
    two = [AN, replace(AN, id=2)]
    found = find_person(asked, None, two, describe, lambda _known: True)
    assert found.issue == Issue(
        "person_maybe", "", {"person": "Nguyễn Văn An #1; Nguyễn Văn An #2"}
    )
    elsewhere = Asked("Nguyễn Văn An", None, 1980, unit_id=99)
    assert find_person(elsewhere, None, [AN], describe, lambda _known: True).person is None


def test_names_are_compared_with_their_marks() -> None:
    assert name_key("Nguyễn Thị Hoà") == name_key("NGUYỄN THỊ HÒA")
    assert name_key("Văn Lang") != name_key("Văn Lăng")
    assert written_plainly("Nguyen Van An", "Nguyễn Văn An")
    assert not written_plainly("An", "An")
    assert not written_plainly("Nguyễn Van An", "Nguyễn Văn An")


def said(
    name: tuple[str, str, str] = ("Nguyễn", "Văn", "An"), texts: dict[Field, str] | None = None
) -> Said:
    return Said(*name, None, None, dict.fromkeys(TEXTS, "") | (texts or {}))


def having(field: Field, text: str) -> Known:
    columns: dict[str, Any] = {field.value: text}
    return replace(AN, **columns)


def test_what_a_row_leaves_out_stays() -> None:
    known = replace(AN, title="Kế toán", ethnicity="Tày", sex="male", note="x")
    assert differences(said(), known) == ({}, [])


@pytest.mark.parametrize("field", TEXTS)
def test_each_text_that_differs_is_a_change(field: Field) -> None:
    row = said(texts={field: "mới"})
    assert differences(row, having(field, "cũ")) == ({field: ("cũ", "mới")}, [])
    assert differences(row, having(field, "mới")) == ({}, [])


@pytest.mark.parametrize(
    ("there", "day", "year", "change", "told"),
    [
        ((BORN, 1980), None, None, None, ""),
        ((BORN, 1980), BORN, 1980, None, ""),
        ((BORN, 1980), None, 1980, None, ""),
        ((BORN, 1980), None, 1981, None, "birth_kept"),
        ((BORN, 1980), date(1980, 3, 2), 1980, ("1980-03-01", "1980-03-02"), ""),
        ((None, 1980), BORN, 1980, ("1980", "1980-03-01"), ""),
        ((None, 1980), None, 1980, None, ""),
        ((None, 1980), None, 1981, ("1980", "1981"), ""),
        ((None, None), None, 1981, (None, "1981"), ""),
        ((None, None), BORN, 1980, (None, "1980-03-01"), ""),
    ],
)
def test_a_year_never_takes_the_place_of_a_day(
    there: tuple[date | None, int | None],
    day: date | None,
    year: int | None,
    change: tuple[str | None, str] | None,
    told: str,
) -> None:
    known = replace(AN, birth_date=there[0], birth_year=there[1])
    changes, issues = differences(said()._replace(birth_date=day, birth_year=year), known)
    assert changes == ({Field.BIRTH_DATE: change} if change else {})
    assert [issue.code for issue in issues] == ([told] if told else [])


def test_names_change_only_when_they_are_other_names() -> None:
    assert differences(said(("NGUYỄN", "VĂN", "AN")), AN) == ({}, [])
    assert differences(said(("Nguyễn", "", "Văn An")), AN) == ({}, [])
    changes, told = differences(said(("Nguyen", "Van", "An")), AN)
    assert (changes, [issue.code for issue in told]) == ({}, ["name_kept"])
    changes, told = differences(said(("Nguyễn", "Văn", "Ân")), AN)
    assert changes == {Field.FULL_NAME: ("Nguyễn Văn An", "Nguyễn Văn Ân")}
