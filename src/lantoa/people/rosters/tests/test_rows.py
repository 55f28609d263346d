"""Which rows are people, and what is told about them."""

from datetime import date
from typing import Any

import pytest

from lantoa.people.rosters import Level
from lantoa.people.rosters.lines import claimed_total, is_section, is_signature, is_total
from lantoa.people.rosters.tests.files import PLAIN, PLAIN_HEADER, Rows, codes, read, read_rows

HUONG: list[Any] = [1, "Ma Thị Hương", "23/05/1982", "Kế toán", "Xã A", "0912099946"]
SON: list[Any] = [2, "Ma Văn Sơn", "07/11/1988", "Giáo viên", "Xã A", "0868964153"]


def skipped(rows: Rows) -> list[tuple[int, str]]:
    sheet = read(rows).sheets[0]
    return [(row.row_number, row.kind.value) for row in sheet.skipped]


def test_rows_keep_their_numbers_in_the_file() -> None:
    rows = [["Tiêu đề"], [], PLAIN_HEADER, HUONG, [], [], SON]
    assert [row.row_number for row in read_rows(rows)] == [4, 7]


def test_total_and_signature_below_the_table() -> None:
    rows = [
        PLAIN_HEADER, HUONG, SON,
        [],
        [None, "Tổng cộng: 2 người"],
        [],
        [None, None, None, None, "Thái Nguyên, ngày 5 tháng 5 năm 2022"],
        [None, "NGƯỜI LẬP BIỂU", None, None, "TM. ỦY BAN NHÂN DÂN"],
        [None, "(Ký, ghi rõ họ tên)", None, None, "CHỦ TỊCH"],
        [None, "Nguyễn Thị Lan", None, None, "Trần Văn Bình"],
        [None, "Nơi nhận:"],
        [None, "- Như trên;"],
        [None, "- Lưu: VT."],
    ]  # fmt: skip
    sheet = read(rows).sheets[0]
    assert len(sheet.rows) == 2
    assert [row.kind.value for row in sheet.skipped] == ["total"] + ["footer"] * 7
    assert sheet.report.claimed == 2
    assert sheet.report.agrees
    assert sheet.issues == []


def test_a_signature_without_a_total_above() -> None:
    rows = [
        PLAIN_HEADER,
        HUONG,
        [],
        [None, None, None, None, "KT. CHỦ TỊCH"],
        [None] * 4 + ["Lê A"],
    ]
    assert skipped(rows) == [(4, "footer"), (5, "footer")]


@pytest.mark.parametrize(
    "text",
    [
        "Tổng cộng: 17 người", "TỔNG CỘNG", "Tổng số: 17", "Tổng: 17", "Cộng", "Cộng: 17 người",
        "Tong cong: 17 nguoi", "Danh sách này có 17 người", "(Danh sách gồm 17 đồng chí)",
        "* Tổng cộng 17", "Ấn định danh sách: 17 người./.",
    ],
)  # fmt: skip
def test_totals(text: str) -> None:
    assert is_total(text)


@pytest.mark.parametrize(
    "text",
    ["Tống Văn Công", "Tống Công", "Công Văn Minh", "Tổng hợp", "Nguyễn Văn Tổng", "Cộng hòa"],
)
def test_not_totals(text: str) -> None:
    assert not is_total(text)


@pytest.mark.parametrize(
    ("texts", "total"),
    [
        (["Tổng cộng: 17 người"], 17),
        (["Tổng cộng", "17"], 17),
        (["Tổng cộng: 1.234 người"], 1234),
        (["Tổng số: 17 (nữ: 9)"], 17),
        (["Tổng cộng"], None),
    ],
)
def test_claimed_totals(texts: list[str], total: int | None) -> None:
    assert claimed_total(texts) == total


@pytest.mark.parametrize(
    "text",
    ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "KT. GIÁM ĐỐC", "Người lập biểu", "Nơi nhận:",
     "Thái Nguyên, ngày 5 tháng 5 năm 2022", "(Ký tên, đóng dấu)", "XÁC NHẬN CỦA ĐƠN VỊ"],
)  # fmt: skip
def test_signatures(text: str) -> None:
    assert is_signature(text)


@pytest.mark.parametrize("text", ["Lưu Văn Thủ", "Ma Thị Hương", "Chủ Văn Tịch", "Tô Mạnh"])
def test_names_are_no_signatures(text: str) -> None:
    assert not is_signature(text)


@pytest.mark.parametrize(
    ("ordinal", "text"),
    [("I", "Lãnh đạo"), ("A.", "Khối Đảng"), ("", "Phòng Kinh tế"), ("", "Xã Văn Hán:")],
)
def test_sections(ordinal: str, text: str) -> None:
    assert is_section(ordinal, text)


def test_section_headings_are_kept_with_their_rows() -> None:
    rows = [
        PLAIN_HEADER,
        ["I", "LÃNH ĐẠO UBND XÃ"],
        HUONG,
        ["II. PHÒNG KINH TẾ"],
        SON,
    ]
    sheet = read(rows).sheets[0]
    assert [row.kind.value for row in sheet.skipped] == ["section", "section"]
    assert [row.section for row in sheet.rows] == ["I LÃNH ĐẠO UBND XÃ", "II. PHÒNG KINH TẾ"]


def test_totals_between_sections_add_up() -> None:
    rows: list[Any] = [
        PLAIN_HEADER, ["I", "Khối Đảng"], HUONG, [None, "Cộng: 1 người"],
        ["II", "Khối chính quyền"], SON, [None, "Cộng: 1 người"],
    ]  # fmt: skip
    sheet = read(rows).sheets[0]
    assert len(sheet.rows) == 2
    assert sheet.report.claimed == 2
    rows.append([None, "Tổng cộng: 2 người"])
    assert read(rows).sheets[0].report.agrees


def test_a_wrong_total_is_told() -> None:
    sheet = read([PLAIN_HEADER, HUONG, SON, [None, "Tổng cộng: 3 người"]]).sheets[0]
    assert not sheet.report.agrees
    (issue,) = sheet.issues
    assert issue.message_vi == "Danh sách ghi tổng cộng 3 người, nhưng đọc được 2 hàng."


def test_a_total_may_count_a_repeated_person_once() -> None:
    sheet = read([PLAIN_HEADER, HUONG, SON, [3, *HUONG[1:]], [None, "Tổng cộng: 2"]]).sheets[0]
    assert (sheet.report.rows_read, sheet.report.duplicates, sheet.report.people) == (3, 1, 2)
    assert sheet.report.agrees


def test_repeated_headers_of_printed_pages() -> None:
    rows = [PLAIN_HEADER, HUONG, PLAIN_HEADER, [1, 2, 3, 4, 5, 6], SON]
    assert [row.values.name.given for row in read_rows(rows)] == ["Hương", "Sơn"]
    assert skipped(rows) == [(3, "header"), (4, "header")]


def test_another_table_below_is_not_read_as_this_one() -> None:
    other = ["STT", "Đơn vị", "Họ và tên", "Điện thoại", "Ngày sinh"]
    rows = [PLAIN_HEADER, HUONG, [], other, [1, "Xã B", "Lê Văn A", "0912000111", "1/1/1980"]]
    sheet = read(rows).sheets[0]
    assert len(sheet.rows) == 1
    assert [(i.code, i.params["row"]) for i in sheet.issues] == [("second_table", 4)]


def test_rows_numbered_ahead_hold_nobody() -> None:
    assert skipped([PLAIN_HEADER, HUONG, [2], [3, None, None, None, "Xã A"]]) == [
        (3, "empty_numbered"),
        (4, "empty_numbered"),
    ]


def test_a_row_without_a_name_is_wrong_not_lost() -> None:
    (_, row) = read_rows([PLAIN_HEADER, HUONG, [2, None, *SON[2:]]])
    assert codes(row) == ["name_missing"]
    assert row.level is Level.WRONG
    (_, row) = read_rows([PLAIN_HEADER, HUONG, [2, None, "1/1/1980", "Chủ tịch", "Xã A", None]])
    assert codes(row) == ["name_missing"]


def test_a_row_with_only_a_name_is_put_in_doubt() -> None:
    (_, row) = read_rows([PLAIN_HEADER, HUONG, [2, "Ma Văn Sơn"]])
    assert codes(row) == ["name_only"]
    (row,) = read_rows([["STT", "Họ và tên"], [1, "Ma Văn Sơn"]])
    assert codes(row) == []  # the sheet has no other columns


def test_a_row_without_number_is_a_person_all_the_same() -> None:
    rows = read_rows([PLAIN_HEADER, HUONG, [None, *SON[1:]]])
    assert [row.values.name.given for row in rows] == ["Hương", "Sơn"]


def test_a_person_after_the_total_is_not_lost() -> None:
    rows = read_rows([PLAIN_HEADER, HUONG, [None, "Tổng cộng: 1"], SON])
    assert len(rows) == 2


def test_sheets_without_an_ordinal_column() -> None:
    rows = read_rows([PLAIN_HEADER[1:], HUONG[1:], SON[1:], ["Tổng cộng: 2"]])
    assert [row.values.name.given for row in rows] == ["Hương", "Sơn"]


def test_units_merged_downwards_are_said_of_each_row() -> None:
    rows = [PLAIN_HEADER, HUONG, [*SON[:4], None, SON[5]], [3, "Lê A", None, None, None, None]]
    people = read_rows(rows, merged=("E2:E3",))
    assert [row.values.unit for row in people] == ["Xã A", "Xã A", ""]


def test_what_is_kept_out_is_shown_as_typed() -> None:
    header = ["STT", "Họ và tên", "Ngày sinh", "Số CCCD", "Số điện thoại"]
    (row,) = read_rows([header, [1, "Ma Thị Hương", "31/02/1982", 19194040140, "0951234567"]])
    assert row.kept_out == {
        "birth_date": "31/02/1982",
        "personal_number": "••••••••140",
        "phone": "0951234567",
    }
    assert row.level is Level.WRONG
    assert row.values.birth_date is None


def test_sex_that_two_columns_tell_differently() -> None:
    header = ["STT", "Họ và tên", "Giới tính", "Ngày sinh", None, "Số điện thoại"]
    below = [None, None, None, "Nam", "Nữ"]
    first, second, third = read_rows(
        [
            header,
            below,
            [1, "Ma Văn Sơn", "Nữ", date(1988, 11, 7), None, "0912099946"],
            [2, "Ma Văn Hải", "Nam", date(1988, 11, 7), None, "0912099947"],
            [3, "Ma Văn Hùng", None, date(1988, 11, 7), date(1988, 11, 8), "0912099948"],
        ]
    )
    assert (first.values.sex, codes(first)) == ("", ["sex_conflict"])
    assert (second.values.sex, codes(second)) == ("male", [])
    assert third.values.sex == ""
    assert set(codes(third)) == {"sex_both", "birth_both_columns"}
    assert third.values.birth_date is None


def test_thi_as_a_man_is_put_in_doubt() -> None:
    rows = [["STT", "Họ và tên", "Giới tính"], [1, "Ma Thị Hương", "Nam"], [2, "Ma Thi", "Nam"]]
    first, second = read_rows(rows)
    assert (first.values.sex, codes(first)) == ("male", ["sex_against_name"])
    assert codes(second) == []


def test_values_as_json() -> None:
    values = read_rows(PLAIN)[0].values.as_json()
    assert values["family"] == "Nguyễn"
    assert values["birth_date"] == "1973-07-18"
    assert set(values) == {
        "family", "middle", "given", "birth_date", "birth_year", "sex", "personal_number",
        "phone", "email", "title", "unit", "ethnicity", "note",
    }  # fmt: skip
