"""Finding the header and telling what the columns mean."""

from datetime import date
from typing import Any

import pytest

from lantoa.people.rosters import Field, ParsedSheet, SheetOverride
from lantoa.people.rosters.columns import column_letter, meaning
from lantoa.people.rosters.tests.files import codes, read

PERSON = [1, "Ma Thị Hương", "23/05/1982", "Kế toán", "Xã A", "0912099946"]


def fields(sheet: ParsedSheet) -> list[str]:
    return [column.field.value for column in sheet.columns]


def sheet_of(*rows: Any, merged: tuple[str, ...] = ()) -> ParsedSheet:
    return read(list(rows), merged=merged).sheets[0]


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("Họ và tên", Field.FULL_NAME),
        ("HỌ TÊN", Field.FULL_NAME),
        ("Họ, chữ đệm và tên", Field.FULL_NAME),
        ("Họ và tên học viên (chữ in hoa)", Field.FULL_NAME),
        ("Họ đệm", Field.FAMILY_MIDDLE),
        ("Họ và tên đệm", Field.FAMILY_MIDDLE),
        ("Ngày, tháng, năm sinh", Field.BIRTH_DATE),
        ("Ngày sinh (dd/mm/yyyy)", Field.BIRTH_DATE),
        ("Năm sinh", Field.BIRTH_DATE),
        ("Giới tính", Field.SEX),
        ("Nam/Nữ", Field.SEX),
        ("CCCD/CMND", Field.PERSONAL_NUMBER),
        ("Số định danh cá nhân", Field.PERSONAL_NUMBER),
        ("Di động", Field.PHONE),
        ("Số ĐT", Field.PHONE),
        ("Điện thoại liên hệ (Zalo)", Field.PHONE),
        ("Email công vụ", Field.EMAIL),
        ("Địa chỉ thư điện tử", Field.EMAIL),
        ("Chức vụ, chức danh", Field.TITLE),
        ("Vị trí việc làm", Field.TITLE),
        ("Cơ quan", Field.UNIT),
        ("Đơn vị công tác", Field.UNIT),
        ("Dân tộc", Field.ETHNICITY),
        ("Ghi chú", Field.NOTE),
        ("STT", Field.ORDINAL),
        ("Nơi sinh", Field.IGNORE),
        ("Quê quán", Field.IGNORE),
        ("Ngày cấp CCCD", Field.IGNORE),
        ("Nơi cấp", Field.IGNORE),
        ("Địa chỉ thường trú", Field.IGNORE),
        ("Ký nhận", Field.IGNORE),
        ("Trình độ chuyên môn", Field.IGNORE),
        ("Điện thoại cơ quan", Field.IGNORE),
        ("Người quản lý trực tiếp", Field.IGNORE),
        ("Kết quả", Field.IGNORE),
        ("", Field.IGNORE),
    ],
)
def test_wordings(label: str, field: Field) -> None:
    assert meaning(label)[0] is field


def test_column_letters() -> None:
    assert [column_letter(i) for i in (0, 25, 26, 51, 52, 701, 702)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip


def test_titles_above_are_passed_over_and_kept_as_heading() -> None:
    sheet = sheet_of(
        ["ỦY BAN NHÂN DÂN XÃ VĂN HÁN"],
        [],
        ["DANH SÁCH ĐĂNG KÝ HỌC VIÊN"],
        ["(Kèm theo Công văn số 112/UBND-VX về đơn vị công tác, họ và tên, ngày sinh)"],
        ["STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị", "Số điện thoại"],
        PERSON,
    )
    assert sheet.header_row == 5
    assert sheet.heading[:2] == ("ỦY BAN NHÂN DÂN XÃ VĂN HÁN", "DANH SÁCH ĐĂNG KÝ HỌC VIÊN")
    assert fields(sheet) == ["ordinal", "full_name", "birth_date", "title", "unit", "phone"]
    assert sheet.issues == []


@pytest.mark.parametrize("labels", [("Nam", "Nữ"), ("NAM", "NỮ"), ("Nam", "Nu")])
@pytest.mark.parametrize("top", ["Ngày, tháng, năm sinh", "Năm sinh"])
@pytest.mark.parametrize("merged", [("C1:D1", "A1:A2", "B1:B2"), ()])
def test_sex_by_the_filled_date_column(
    labels: tuple[str, str], top: str, merged: tuple[str, ...]
) -> None:
    sheet = sheet_of(
        ["STT", "Họ và tên", top, None, "Điện thoại"],
        [None, None, *labels],
        [1, "Ma Văn Sơn", date(1988, 11, 7), None, "0868964153"],
        [2, "Ma Thị Hương", None, "23/5/1982", "0912099946"],
        [3, "Ngô Ngọc Nhung", None, 1996, "0375575226"],
        merged=merged,
    )
    assert fields(sheet)[2:4] == ["birth_date_male", "birth_date_female"]
    values = [row.values for row in sheet.rows]
    assert [v.sex for v in values] == ["male", "female", "female"]
    assert [v.birth_date for v in values] == [date(1988, 11, 7), date(1982, 5, 23), None]
    assert values[2].birth_year == 1996


def test_sex_by_ticks() -> None:
    sheet = sheet_of(
        ["STT", "Họ và tên", "Giới tính", None, "Ngày sinh"],
        [None, None, "Nam", "Nữ"],
        [1, "Ma Văn Sơn", "x", None, "07/11/1988"],
        [2, "Ma Thị Hương", None, "X", "23/5/1982"],
        [3, "Ma Thị Lan", "x", "x", "23/5/1983"],
    )
    assert fields(sheet)[2:4] == ["male_mark", "female_mark"]
    assert [row.values.sex for row in sheet.rows] == ["male", "female", ""]
    assert codes(sheet.rows[2]) == ["sex_both"]


def test_date_in_three_columns() -> None:
    sheet = sheet_of(
        ["STT", "Họ và tên", "Ngày sinh", None, None, "Điện thoại"],
        [None, None, "Ngày", "Tháng", "Năm"],
        [1, "Ma Văn Sơn", 7, 11, 1988, "0868964153"],
        [2, "Ma Thị Hương", None, None, 1982, "0912099946"],
        [3, "Ma Thị Lan", 31, 2, 1982, "0912099947"],
    )
    values = [row.values for row in sheet.rows]
    assert values[0].birth_date == date(1988, 11, 7)
    assert (values[1].birth_date, values[1].birth_year) == (None, 1982)
    assert codes(sheet.rows[2]) == ["birth_impossible"]


def test_group_headings_above_the_labels() -> None:
    sheet = sheet_of(
        ["STT", "Thông tin cá nhân", None, None, "Liên hệ", None],
        [None, "Họ và tên", "Ngày sinh", "Giới tính", "Điện thoại", "Email"],
        [1, "Ma Văn Sơn", "07/11/1988", "Nam", "0868964153", "a@b.vn"],
        merged=("B1:D1", "E1:F1", "A1:A2"),
    )
    assert fields(sheet) == ["ordinal", "full_name", "birth_date", "sex", "phone", "email"]
    assert sheet.header_row == 2


def test_split_names() -> None:
    sheet = sheet_of(
        ["TT", "Họ đệm", "Tên", "Ngày sinh"],
        [1, "Chu Thu", "Hòa", "09/08/1993"],
    )
    assert fields(sheet)[1:3] == ["family_middle", "given"]
    assert sheet.rows[0].values.name == ("Chu", "Thu", "Hòa")


@pytest.mark.parametrize("merged", [("B1:C1",), ()])
def test_one_name_header_over_two_columns(merged: tuple[str, ...]) -> None:
    people = [["Chu Thu", "Hòa"], ["Đỗ Bích", "Ánh"], ["Lê", "Sơn"]]
    sheet = sheet_of(
        ["TT", "Họ và tên", None, "Ngày sinh"],
        *([n, *person, "09/08/1993"] for n, person in enumerate(people, start=1)),
        merged=merged,
    )
    assert fields(sheet)[1:3] == ["family_middle", "given"]
    assert sheet.rows[2].values.name == ("Lê", "", "Sơn")


def test_a_given_name_that_only_repeats_is_not_used() -> None:
    sheet = sheet_of(
        ["TT", "Họ và tên", "Tên", "Ngày sinh"],
        [1, "Chu Thu Hòa", "Hòa", "09/08/1993"],
        [2, "Đỗ Bích Ánh", "Ánh", "09/08/1994"],
    )
    assert fields(sheet)[1:3] == ["full_name", "ignore"]
    assert sheet.rows[0].values.name == ("Chu", "Thu", "Hòa")


def test_ten_alone_is_the_full_name() -> None:
    sheet = sheet_of(["TT", "Tên", "SĐT"], [1, "Chu Thu Hòa", "0912099946"])
    assert fields(sheet)[1] == "full_name"


def test_the_row_of_column_numbers_is_no_person() -> None:
    for numbers in ([1, 2, 3, 4, 5, 6], ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"], list("ABCDEF")):
        header = ["STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị", "Số điện thoại"]
        sheet = sheet_of(header, numbers, PERSON)
        assert [row.values.name.full for row in sheet.rows] == ["Ma Thị Hương"]


def test_an_unknown_column_is_told_and_not_used() -> None:
    sheet = sheet_of(["STT", "Họ và tên", "Màu ưa thích"], [1, "Ma Thị Hương", "xanh"])
    assert fields(sheet)[2] == "ignore"
    (issue,) = sheet.issues
    assert issue.code == "column_not_used"
    assert issue.message_vi == "Cột C (“Màu ưa thích”) không được nhập."


def test_a_nameless_column_is_known_by_what_it_holds_and_told() -> None:
    people = [[n, f"Ma Thị {n}", f"09120999{n}", f"a{n}@b.vn"] for n in range(10, 16)]
    sheet = sheet_of(["STT", "Họ và tên"], *people)
    assert fields(sheet)[2:] == ["phone", "email"]
    assert [issue.code for issue in sheet.issues] == ["column_unsure", "column_unsure"]
    assert "Số điện thoại" in sheet.issues[0].message_vi


def test_dates_under_an_unknown_header_are_not_taken_for_births() -> None:
    people = [[n, f"Ma Thị Lan {n}", "01/02/2019"] for n in range(1, 6)]
    sheet = sheet_of(["STT", "Họ và tên", "Bổ nhiệm"], *people)
    assert fields(sheet)[2] == "ignore"


def test_a_header_that_its_cells_contradict_is_put_in_doubt() -> None:
    people = [[n, "Ma Thị Lan", f"a{n}@b.vn"] for n in range(1, 6)]
    sheet = sheet_of(["STT", "Họ và tên", "Số điện thoại"], *people)
    assert [issue.code for issue in sheet.issues] == ["column_unsure"]


def test_the_second_column_of_a_kind_is_left_out_and_told() -> None:
    sheet = sheet_of(
        ["STT", "Họ và tên", "Điện thoại", "Di động"],
        [1, "Ma Thị Hương", "0912099946", "0983596324"],
    )
    assert fields(sheet)[2:] == ["phone", "ignore"]
    assert [issue.code for issue in sheet.issues] == ["column_repeated"]


def test_a_sheet_without_names_is_not_read() -> None:
    roster = read([["Hướng dẫn điền mẫu"], ["Ghi đủ ngày sinh"], ["STT", "Nội dung"], [1, "abc"]])
    assert roster.sheets[0].rows == []
    assert [issue.code for issue in roster.sheets[0].issues] == ["sheet_without_header"]


def test_overrides_win() -> None:
    rows = [
        ["STT", "Họ và tên", "Liên lạc", "Bộ phận"],
        [1, "Ma Thị Hương", "0912099946", "Văn phòng"],
    ]
    override = SheetOverride(columns={"C": Field.PHONE, "D": Field.UNIT})
    sheet = read(rows, {"Sheet1": override}).sheets[0]
    assert fields(sheet) == ["ordinal", "full_name", "phone", "unit"]
    assert sheet.issues == []
    assert sheet.rows[0].values.unit == "Văn phòng"


def test_an_override_takes_the_field_from_the_guessed_column() -> None:
    rows = [
        ["STT", "Họ và tên", "Điện thoại", "Di động"],
        [1, "Ma Thị Hương", "0912099946", "0983596324"],
    ]
    sheet = read(rows, {"Sheet1": SheetOverride(columns={"D": Field.PHONE})}).sheets[0]
    assert fields(sheet)[2:] == ["ignore", "phone"]
    assert sheet.rows[0].values.phone == "0983596324"


def test_the_header_row_can_be_set() -> None:
    rows = [
        ["Danh sách gửi lần 2"],
        ["A", "B", "C"],
        ["Ma Thị Hương", "0912099946", "Xã A"],
    ]
    override = SheetOverride(
        columns={"A": Field.FULL_NAME, "B": Field.PHONE, "C": Field.UNIT}, header_row=2
    )
    sheet = read(rows, {"Sheet1": override}).sheets[0]
    assert sheet.header_row == 2
    assert sheet.rows[0].values.name.full == "Ma Thị Hương"
    assert read(rows, {"Sheet1": SheetOverride(header_row=99)}).sheets[0].rows == []


def test_a_table_without_a_header_can_be_read_by_choosing_its_columns() -> None:
    rows = [[1, "Ma Thị Hương", "0912099946"], [2, "Lê Văn Sơn", "0912099947"]]
    sheet = read(rows).sheets[0]
    assert sheet.header_row is None
    assert [(c.letter, c.samples[0]) for c in sheet.columns] == [
        ("A", "1"), ("B", "Ma Thị Hương"), ("C", "0912099946"),
    ]  # fmt: skip
    sheet = read(rows, {"Sheet1": SheetOverride({"B": Field.FULL_NAME})}).sheets[0]
    assert sheet.header_row == 0
    assert [(row.row_number, row.values.phone) for row in sheet.rows] == [
        (1, "0912099946"), (2, "0912099947"),
    ]  # fmt: skip
