"""People twice in a file: told apart from people who only look alike."""

from typing import Any

import pytest

from lantoa.people.rosters import Level, ParsedRow, parse_roster
from lantoa.people.rosters.tests import files
from lantoa.people.rosters.tests.files import AS_OF, codes, read_rows

HEADER = ["STT", "Họ và tên", "Ngày sinh", "CCCD", "Chức vụ", "Đơn vị", "Điện thoại", "Email"]
FULL: dict[str, Any] = {
    "name": "Ma Thị Hương",
    "birth": "23/05/1982",
    "number": "019182000001",
    "title": "Kế toán",
    "unit": "Phường Đức Xuân",
    "phone": "0912099946",
    "email": "huong@tn.example",
}


def second_of(later: dict[str, Any], earlier: dict[str, Any] | None = None) -> ParsedRow:
    first = [1, *(FULL | (earlier or {})).values()]
    second = [2, *(FULL | later).values()]
    return read_rows([HEADER, first, second])[1]


@pytest.mark.parametrize(
    "later",
    [
        {},
        {"name": "MA THỊ  HƯƠNG"},
        {"unit": "ĐỨC XUÂN"},
        {"unit": "UBND phường Đức Xuân"},
        {"email": None, "title": None},
        {"email": "khong co"},
        {"number": None},
        {"number": 19182000001},
        {"phone": None, "birth": None},
        {"phone": "+84 912099946"},
    ],
)
def test_the_same_person_with_nothing_new_is_a_duplicate(later: dict[str, Any]) -> None:
    row = second_of(later)
    assert row.duplicate_of == ("Sheet1", 2)
    assert "duplicate" in codes(row)


def test_tone_placement_does_not_make_another_person() -> None:
    row = second_of({"name": "Ma Thị Hoà", "number": None}, {"name": "Ma Thị Hòa", "number": None})
    assert row.duplicate_of == ("Sheet1", 2)


@pytest.mark.parametrize(
    ("later", "fields"),
    [
        ({"title": "Chủ tịch"}, "title"),
        ({"unit": "Phường Bắc Kạn"}, "unit"),
        ({"birth": "24/05/1982", "number": None}, "birth_date"),
        ({"birth": "1982", "number": None}, "birth_date"),
        ({"birth": None, "number": None}, "birth_date"),
        ({"number": "019182000002"}, "personal_number"),
        ({"phone": "0983596324"}, "phone"),
        ({"email": "ma@tn.example", "title": "Chủ tịch"}, "email,title"),
    ],
)
def test_the_same_person_with_other_data_is_put_in_doubt(
    later: dict[str, Any], fields: str
) -> None:
    row = second_of(later)
    assert row.duplicate_of is None
    (issue,) = [issue for issue in row.issues if issue.code == "duplicate_differs"]
    assert issue.params == {"row": 2, "sheet": "Sheet1", "fields": fields}
    assert issue.level is Level.DOUBTFUL


def test_what_only_the_later_row_knows_is_not_lost_as_a_duplicate() -> None:
    row = second_of({}, {"email": None})
    assert row.duplicate_of is None
    assert "duplicate_differs" in codes(row)


@pytest.mark.parametrize("phone", ["0983596324", None])
def test_the_same_name_and_birth_date_are_put_in_doubt(phone: str | None) -> None:
    row = second_of({"phone": phone, "number": None, "email": None}, {"number": None})
    assert row.duplicate_of is None
    assert codes(row) == ["same_name_and_birth"]


def test_a_name_given_twice_with_nothing_else_is_put_in_doubt() -> None:
    bare = dict.fromkeys(["birth", "number", "phone", "email"])
    row = second_of(bare, bare)
    assert row.duplicate_of is None
    assert codes(row) == ["same_name_and_unit"]


@pytest.mark.parametrize(
    "later",
    [
        {"birth": "18/01/1994"},
        {"birth": 1982},
        {"birth": "18/01/1994", "unit": "Xã B"},
    ],
)
def test_two_people_of_one_name_are_two_people(later: dict[str, Any]) -> None:
    others = {"number": None, "phone": "0983596324", "email": None}
    row = second_of(later | others, {"number": None})
    assert row.duplicate_of is None
    assert row.level in (None, Level.INFO)


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("phone", "phone_shared"),
        ("email", "email_shared"),
        ("number", "personal_number_shared"),
    ],
)
def test_what_only_one_can_have_is_told_on_both_rows(field: str, code: str) -> None:
    other: dict[str, Any] = {
        "name": "Lê Thị Lan",
        "birth": "01/01/1982",
        "number": None,
        "phone": "0983596324",
        "email": None,
    }
    other[field] = FULL[field]
    first, second = read_rows([HEADER, [1, *FULL.values()], [2, *(FULL | other).values()]])
    assert code in codes(first)
    assert code in codes(second)
    (issue,) = [issue for issue in first.issues if issue.code == code]
    assert issue.params["row"] == 3
    assert second.duplicate_of is None


def test_duplicates_across_sheets() -> None:
    rows = [HEADER, [1, *FULL.values()]]
    roster = parse_roster(files.xlsx({"Xã A": rows, "Xã B": rows}), "a.xlsx", as_of=AS_OF)
    first, second = roster.rows
    assert first.duplicate_of is None
    assert second.duplicate_of == ("Xã A", 2)
    assert second.issues[-1].message_vi == "Trùng với hàng 2 của trang “Xã A”: cùng một người."


def test_every_repetition_points_to_the_first() -> None:
    rows = read_rows([HEADER, *([n, *FULL.values()] for n in range(1, 5))])
    assert [row.duplicate_of for row in rows] == [None] + [("Sheet1", 2)] * 3
