"""The two kinds of files that provinces send, rebuilt with all their troubles, row by row."""

import tracemalloc
import unicodedata
from datetime import date
from typing import Any

import pytest

from lantoa.people.rosters import KnownUnit, ParsedRoster, UnitMatcher, parse_roster
from lantoa.people.rosters.tests import files
from lantoa.people.rosters.tests.files import AS_OF, codes

NFD = unicodedata.normalize("NFD", "Dương Văn Tuyên")
COMMUNE = "Phường Đức Xuân"


def commune_sheet(name: str) -> list[Any]:
    return [
        [f"ỦY BAN NHÂN DÂN {name.upper()}"],
        [],
        ["DANH SÁCH ĐĂNG KÝ HỌC VIÊN"],
        ["Lớp bồi dưỡng chuyển đổi số (kèm theo Công văn số 112/UBND-VX)"],
        [],
        ["STT", "Họ và tên", "Ngày, tháng, năm sinh", None, "Chức vụ, chức danh",
         "Đơn vị công tác", "Số điện thoại", "Thư điện tử", "Ghi chú"],
        [None, None, "Nam", "Nữ"],
        [1, "Nguyễn Thị Thúy", None, date(1973, 7, 18), "Giáo viên", name, 868601140],
        [2, "Lương Bích Nhung", None, "25/6/1972", "Chủ tịch", name, "0983.596.324"],
        [3, NFD, date(1982, 8, 10), None, "Viên chức", "Đức Xuân", 375770667],
        [4, "  Tạ  Thị  Thảo ", None, date(1986, 1, 28), "Phó phòng", name, 983419722],
        [5, "Lương Bích Nhung", None, "25/6/1972", "Chủ tịch", "Đức Xuân", "0983.596.324",
         "khong co"],
        [6, "LÝ KIM Ý", None, date(1975, 2, 18), "Chuyên viên", name, 983629936],
        [],
        [7, "Nông Văn Kiên", 1991, None, "Viên chức", name, 375716247],
        [],
        [None, "Tổng cộng: 7 người"],
        [],
        [None, None, None, None, None, None, "TM. ỦY BAN NHÂN DÂN"],
        [None, None, None, None, None, None, "CHỦ TỊCH"],
    ]  # fmt: skip


MERGED = ("A1:D1", "A3:I3", "A4:I4", "A6:A7", "B6:B7", "C6:D6", "E6:E7", "F6:F7", "G6:G7", "H6:H7")


@pytest.fixture(scope="module")
def communes() -> ParsedRoster:
    sheets = {name: commune_sheet(name) for name in (COMMUNE, "Xã Cao Minh")}
    return parse_roster(files.xlsx(sheets, MERGED), "cac-xa.xlsx", as_of=AS_OF)


def test_sheets_of_communes(communes: ParsedRoster) -> None:
    sheet = communes.sheets[0]
    got = [
        (r.row_number, r.values.name.full, r.values.birth_date, r.values.sex, r.values.phone)
        for r in sheet.rows
    ]
    assert got == [
        (8, "Nguyễn Thị Thúy", date(1973, 7, 18), "female", "0868601140"),
        (9, "Lương Bích Nhung", date(1972, 6, 25), "female", "0983596324"),
        (10, "Dương Văn Tuyên", date(1982, 8, 10), "male", "0375770667"),
        (11, "Tạ Thị Thảo", date(1986, 1, 28), "female", "0983419722"),
        (12, "Lương Bích Nhung", date(1972, 6, 25), "female", "0983596324"),
        (13, "Lý Kim Ý", date(1975, 2, 18), "female", "0983629936"),
        (15, "Nông Văn Kiên", None, "male", "0375716247"),
    ]
    assert [codes(row) for row in sheet.rows] == [
        ["phone_zero_restored"],
        [],
        ["name_composed", "phone_zero_restored"],
        ["name_rewritten", "phone_zero_restored"],
        ["duplicate"],
        ["name_rewritten", "phone_zero_restored"],
        ["birth_year_only", "phone_zero_restored"],
    ]
    assert sheet.rows[4].duplicate_of == (COMMUNE, 9)
    assert sheet.rows[6].values.birth_year == 1991
    assert sheet.header_row == 6
    assert sheet.heading[0] == "ỦY BAN NHÂN DÂN PHƯỜNG ĐỨC XUÂN"
    assert sheet.issues == []
    assert (sheet.report.claimed, sheet.report.rows_read, sheet.report.people) == (7, 7, 6)


def test_the_same_people_in_another_sheet_are_put_in_doubt(communes: ParsedRoster) -> None:
    """Here the second sheet copies the first under another commune: nobody is merged."""
    assert all("duplicate_differs" in codes(row) for row in communes.sheets[1].rows[:2])
    assert all(row.duplicate_of is None for row in communes.sheets[1].rows[:2])


def test_the_flat_file_of_a_department() -> None:
    rows = [
        ["TT", "Họ đệm", "Tên", "Giới tính", "Ngày sinh", "CCCD/CMND", "Chức danh", "Cơ quan",
         "Di động", "Email công vụ", "Dân tộc"],
        [1, "Lý Đức", "Tuyên", "Nam", "01-04-1999", "019099686085", "Phó Chủ tịch", "Xã Văn Hán",
         "0912037071", "user1@tn.example", "H'Mông"],
        [2, "Chu Thu", "Hòa", "Nu", "09/08/1993", "019193927177", "Phó phòng", "VĂN LĂNG",
         "0375417569", "user2@tn.example", "Dao"],
        [3, "Tạ Thị", "Thảo", "Nữ", "24.02.94", 19194040140, "Chuyên viên", "QUAN TRIỀU",
         "+84 983980791", "user3@tn.example", "Tày"],
        [4, "Nông Quang", "Dũng", "NAM", "1993-11-01", "1.90940E+10", "Phó Chủ tịch", "Văn Lang",
         "0868409256", None, "Kinh"],
    ]  # fmt: skip
    roster = files.read(rows)
    values = [row.values for row in roster.rows]
    assert [v.name.full for v in values] == [
        "Lý Đức Tuyên", "Chu Thu Hòa", "Tạ Thị Thảo", "Nông Quang Dũng",
    ]  # fmt: skip
    assert [v.birth_date for v in values] == [
        date(1999, 4, 1), date(1993, 8, 9), date(1994, 2, 24), date(1993, 11, 1),
    ]  # fmt: skip
    assert [v.sex for v in values] == ["male", "female", "female", "male"]
    assert [v.personal_number for v in values] == ["019099686085", "019193927177", "", ""]
    assert [v.phone for v in values] == ["0912037071", "0375417569", "0983980791", "0868409256"]
    assert [v.ethnicity for v in values] == ["H'Mông", "Dao", "Tày", "Kinh"]
    assert [codes(row) for row in roster.rows] == [
        [],
        [],
        ["birth_two_digit_year", "personal_number_lost_zero"],
        ["personal_number_scientific"],
    ]
    names = ["Xã Văn Hán", "Xã Văn Lang", "Xã Văn Lăng", "Phường Quan Triều"]
    matcher = UnitMatcher(KnownUnit(name, name, name) for name in names)
    assert [matcher.match(v.unit).id for v in values] == [names[0], names[2], names[3], names[1]]


def test_memory_stays_bounded() -> None:
    """5.000 people within a fifth of what 25.000 may take (200 MB)."""
    header = ["TT", "Họ và tên", "Ngày sinh", "Đơn vị", "Số điện thoại", "Email"]
    people = [
        [n, "Nguyễn Văn An", f"{n % 28 + 1:02d}/05/{1966 + n % 30}", "Xã Văn Hán", f"0912{n:06d}",
         f"user{n}@tn.example"]
        for n in range(5_000)
    ]  # fmt: skip
    data = files.xlsx({"Sheet1": [header, *people]})
    tracemalloc.start()
    roster = parse_roster(data, "a.xlsx", as_of=AS_OF)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(roster.sheets[0].rows) == 5_000
    assert peak < 40 * 1024 * 1024
