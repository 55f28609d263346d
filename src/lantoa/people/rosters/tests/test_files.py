"""Every kind of file that is taken, read to the same rows."""

import unicodedata
from datetime import date

import pytest

from lantoa.people.rosters import ParsedRoster, SheetOverride, parse_roster
from lantoa.people.rosters.tests import files
from lantoa.people.rosters.tests.files import AS_OF, PLAIN


def names_and_phones(roster: ParsedRoster) -> list[tuple[str, date | None, str]]:
    return [(r.values.name.full, r.values.birth_date, r.values.phone) for r in roster.rows]


EXPECTED = [
    ("Nguyễn Thị Thúy", date(1973, 7, 18), "0868601140"),
    ("Đỗ Hồng Ngân", date(1990, 3, 20), "0702976743"),
]


@pytest.mark.parametrize(
    ("filename", "data"),
    [
        ("ds.xlsx", files.xlsx({"Xã": PLAIN})),
        ("DS.XLSX", files.xlsx({"Xã": PLAIN})),
        ("ds.xls", files.xls(PLAIN)),
        ("ds.ods", files.ods(PLAIN)),
        ("ds.csv", files.delimited(PLAIN)),
        ("ds.csv", files.delimited(PLAIN, ";", "utf-8-sig")),
        ("ds.csv", files.delimited(PLAIN, ";", "utf-16")),
        ("ds.csv", files.delimited(PLAIN, "\t", "utf-16-le")),
        ("ds.csv", files.delimited(PLAIN, "\t", "utf-16-be")),
        ("ds.txt", files.delimited(PLAIN, "\t")),
        ("ds.csv", b"sep=;\r\n" + files.delimited(PLAIN, ";")),
        ("ds.csv", files.delimited(PLAIN, "|")),
    ],
)
def test_each_kind_reads_alike(filename: str, data: bytes) -> None:
    assert names_and_phones(parse_roster(data, filename, as_of=AS_OF)) == EXPECTED


def test_windows_1258_is_read() -> None:
    """Windows-1258 has no ấ: it keeps â and a separate tone."""
    text = files.delimited(PLAIN, ";").decode()
    marks = "\u0300\u0301\u0303\u0309\u0323"
    decomposed = ""
    for letter in text:
        base = unicodedata.normalize("NFD", letter)
        tone = "".join(mark for mark in base if mark in marks)
        rest = unicodedata.normalize("NFC", "".join(m for m in base if m not in marks))
        decomposed += rest + tone
    roster = parse_roster(decomposed.encode("cp1258"), "ds.csv", as_of=AS_OF)
    assert names_and_phones(roster) == EXPECTED


def test_real_dates_of_old_and_open_workbooks() -> None:
    rows = [files.PLAIN_HEADER, [1, "Ma Thị Hương", date(1982, 5, 23), "Kế toán", "Xã A", "x"]]
    for filename, data in (("a.xls", files.xls(rows)), ("a.ods", files.ods(rows))):
        (row,) = parse_roster(data, filename, as_of=AS_OF).rows
        assert row.values.birth_date == date(1982, 5, 23)
        assert row.issues == []


TCVN3 = [
    ["STT", "Hä vµ tªn", "Ngµy sinh", "Chøc vô", "§¬n vÞ c«ng t¸c", "Sè ®iÖn tho¹i"],
    [1, "NguyÔn ThÞ Thóy", "18/07/1973", "Gi¸o viªn", "X· V¨n H¸n", "0868601140"],
    [2, "§ç Hång Ng©n", "20/3/1990", "KÕ to¸n", "V¨n H¸n", "0702976743"],
    [3, "Tó", "20/3/1991", "KÕ to¸n", "V¨n H¸n", "0702976744"],
]


@pytest.mark.parametrize(
    ("filename", "data"),
    [
        ("ds.xlsx", files.xlsx({"Sheet1": TCVN3})),
        ("ds.csv", files.delimited(TCVN3, ";", "latin-1")),
    ],
)
def test_a_sheet_in_tcvn3_is_converted_and_told(filename: str, data: bytes) -> None:
    roster = parse_roster(data, filename, as_of=AS_OF)
    assert names_and_phones(roster)[:2] == EXPECTED
    rows = list(roster.rows)
    assert rows[0].values.unit == "Xã Văn Hán"
    assert files.codes(rows[0]) == ["old_encoding"]
    # "Tó" could be Unicode; the rest of the sheet says that it is Tú.
    assert rows[2].values.name.given == "Tú"
    assert [issue.code for issue in roster.sheets[0].issues] == ["sheet_encoding"]


def test_one_row_in_an_old_encoding_among_unicode() -> None:
    rows = [
        *PLAIN,
        [3, "NguyÔn V¨n Nam", "1/2/1980", "Gi¸o viªn", "Xã Văn Hán", "0912345678"],
        [4, "Lê Tó", "1/2/1981", "Gi¸o viªn", "Xã Văn Hán", "0912345679"],
    ]
    third, fourth = files.read_rows(rows)[2:]
    assert third.values.name.full == "Nguyễn Văn Nam"
    assert third.values.title == "Giáo viên"
    assert files.codes(third) == ["old_encoding"]
    assert fourth.values.name.full == "Lê Tó"
    assert files.codes(fourth) == ["encoding_unclear"]


def test_vni_is_converted() -> None:
    rows = [files.PLAIN_HEADER, [1, "Nguyeãn Vaên Höông", "1/2/1980", "x", "Xã A", "0912345678"]]
    (row,) = files.read_rows(rows)
    assert row.values.name.full == "Nguyễn Văn Hương"
    assert files.codes(row) == ["old_encoding"]


def test_hidden_sheets_are_not_read_unless_chosen() -> None:
    data = files.xlsx({"Chính": PLAIN, "Cũ": PLAIN}, hidden="Cũ")
    roster = parse_roster(data, "a.xlsx", as_of=AS_OF)
    assert [len(sheet.rows) for sheet in roster.sheets] == [2, 0]
    assert [issue.code for issue in roster.sheets[1].issues] == ["sheet_hidden"]
    chosen = {"Cũ": SheetOverride(read=True), "Chính": SheetOverride(read=False)}
    roster = parse_roster(data, "a.xlsx", chosen, as_of=AS_OF)
    assert [len(sheet.rows) for sheet in roster.sheets] == [0, 2]
    assert [issue.code for issue in roster.sheets[0].issues] == ["sheet_left_out"]


def test_an_empty_sheet_beside_is_no_trouble() -> None:
    roster = parse_roster(files.xlsx({"A": PLAIN, "Sheet2": []}), "a.xlsx", as_of=AS_OF)
    assert [len(sheet.rows) for sheet in roster.sheets] == [2, 0]
    assert roster.sheets[1].issues == []


def test_formats_reaching_to_the_end_of_the_sheet_do_not_matter() -> None:
    """Whole rows and columns coloured by hand hold nothing."""
    far = b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    data = files.repacked(
        files.xlsx({"A": [*PLAIN, [3, "Ma A", date(1980, 1, 1), "", "", ""]]}),
        lambda name, part: part.replace(b"</sheetData>", far) if "sheet1" in name else part,
    )
    assert len(list(parse_roster(data, "a.xlsx", as_of=AS_OF).rows)) == 3
