import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lantoa.people.rosters.cells import is_marked, read_email, read_name, read_sex, read_text
from lantoa.people.rosters.empty import is_empty
from lantoa.people.rosters.fields import Field
from lantoa.people.rosters.personal_numbers import (
    check_personal_number,
    masked,
    read_personal_number,
)
from lantoa.people.rosters.phones import MOBILE_PREFIXES, read_phone
from lantoa.people.rosters.reading import Cell


@pytest.mark.parametrize(
    ("parts", "full", "codes"),
    [
        (["Nguyễn Thị Thúy"], "Nguyễn Thị Thúy", []),
        (["LÝ KIM Ý"], "Lý Kim Ý", ["name_rewritten"]),
        (["  Tạ  Thị  Thảo "], "Tạ Thị Thảo", ["name_rewritten"]),
        ([unicodedata.normalize("NFD", "Ma Thị Hương")], "Ma Thị Hương", ["name_composed"]),
        (["H'Mai Niê"], "H'Mai Niê", []),
        (["Chu Thu", "Hòa"], "Chu Thu Hòa", []),
        (["Chu", "Thu", "Hòa"], "Chu Thu Hòa", []),
        (["CHU THU", "HÒA"], "Chu Thu Hòa", ["name_rewritten"]),
        (["Hòa"], "Hòa", ["name_one_word"]),
        (["Nguyễn Văn A1"], "Nguyễn Văn A1", ["name_odd"]),
        (["Nguyễn Văn A (tổ trưởng)"], "Nguyễn Văn A (tổ Trưởng)", ["name_odd", "name_rewritten"]),
        (["=1+1"], "=1+1", ["name_odd"]),
        (["Lê Văn An - Chủ tịch"], "Lê Văn An - Chủ Tịch", ["name_odd", "name_rewritten"]),
        (["Phòng Kinh Tế Hạ Tầng Và Đô Thị"], "Phòng Kinh Tế Hạ Tầng Và Đô Thị", ["name_odd"]),
        (["Y-Bhăm Niê"], "Y-Bhăm Niê", []),
        (["Chu Thu", None], "Chu Thu", ["name_missing"]),
        (["Lê " + "a" * 80], "Lê " + "A" + "a" * 79, ["name_too_long", "name_rewritten"]),
    ],
)
def test_names(parts: list[Cell], full: str, codes: list[str]) -> None:
    name, issues = read_name(parts)
    assert name.full == full
    assert [issue.code for issue in issues] == codes


def test_a_split_name_keeps_its_parts() -> None:
    name, _ = read_name(["Nguyễn Thị", "Kim Chi"])
    assert name == ("Nguyễn", "Thị", "Kim Chi")


@pytest.mark.parametrize(
    ("cell", "sex", "codes"),
    [
        ("Nam", "male", []), ("NAM", "male", []), ("nam ", "male", []), ("M", "male", []),
        ("Nữ", "female", []), ("nữ", "female", []), ("Nu", "female", []), ("NỮ", "female", []),
        ("F", "female", []), ("x", "", []), ("", "", []), (None, "", []), ("-", "", []),
        ("1", "", ["sex_unknown"]), (1, "", ["sex_unknown"]), ("Nam/Nữ", "", ["sex_unknown"]),
    ],
)  # fmt: skip
def test_sex(cell: Cell, sex: str, codes: list[str]) -> None:
    found, issues = read_sex(cell)
    assert (found, [issue.code for issue in issues]) == (sex, codes)


@pytest.mark.parametrize(
    ("cell", "phone", "codes"),
    [
        ("0868601140", "0868601140", []),
        (868601140, "0868601140", ["phone_zero_restored"]),
        ("868601140", "0868601140", ["phone_zero_restored"]),
        (841234567, "0841234567", ["phone_zero_restored"]),
        ("0983.596.324", "0983596324", []),
        ("0983 596 324", "0983596324", []),
        ("0983-596-324", "0983596324", []),
        ("(0983) 596324", "0983596324", []),
        ("+84 912910721", "0912910721", []),
        ("+84912910721", "0912910721", []),
        ("+84 0912910721", "0912910721", []),
        ("(+84) 912 910 721", "0912910721", []),
        ("84912910721", "0912910721", []),
        (84912910721, "0912910721", []),
        ("0084 912910721", "0912910721", []),
        ("'0912910721", "0912910721", []),
        ("ĐT: 0912910721", "0912910721", []),
        ("SĐT 0912.910.721", "0912910721", []),
        ("0912910721 / 0912910721", "0912910721", []),
        ("0912910721; 0983596324", "0912910721", ["phone_several"]),
        ("0912910721 hoặc 0983596324", "0912910721", ["phone_several"]),
        ("01689123456", "", ["phone_old"]),
        (1689123456, "", ["phone_old"]),
        ("0208.3855.123", "", ["phone_landline"]),
        ("02083855123", "", ["phone_landline"]),
        ("0951234567", "", ["phone_prefix"]),
        ("0312345678", "", ["phone_prefix"]),
        ("091291072", "", ["phone_unreadable"]),
        ("09129107211", "", ["phone_unreadable"]),
        ("O912910721", "", ["phone_unreadable"]),
        ("hỏi sau", "", ["phone_unreadable"]),
        ("9.1291E+08", "", ["phone_spoilt"]),
        (0.5, "", ["phone_spoilt"]),
        ("khong co", "", []),
        ("không", "", []),
        ("-", "", []),
        ("x", "", []),
        (0, "", []),
        (None, "", []),
    ],
)
def test_phones(cell: Cell, phone: str, codes: list[str]) -> None:
    found, issues = read_phone(cell)
    assert (found, [issue.code for issue in issues]) == (phone, codes)


@given(st.one_of(st.text(max_size=25), st.integers(), st.floats(allow_nan=False)))
def test_a_phone_is_whole_or_nothing(cell: Cell) -> None:
    phone, _ = read_phone(cell)
    assert phone == "" or (len(phone) == 10 and phone.isdecimal() and phone[:3] in MOBILE_PREFIXES)


@pytest.mark.parametrize(
    ("cell", "number", "codes"),
    [
        ("019193927177", "019193927177", []),
        ("'019193927177", "019193927177", []),
        ("019 193 927 177", "019193927177", []),
        (" 019193927177 ", "019193927177", []),
        (19194040140, "", ["personal_number_lost_zero"]),
        ("19194040140", "", ["personal_number_lost_zero"]),
        ("1.90940E+10", "", ["personal_number_scientific"]),
        ("1,9094E+10", "", ["personal_number_scientific"]),
        ("1.9E10", "", ["personal_number_scientific"]),
        ("091234567", "", ["personal_number_old"]),
        (91234567, "", ["personal_number_old"]),
        ("0191939271", "", ["personal_number_length"]),
        ("0191939271778", "", ["personal_number_length"]),
        ("01919392717A", "", ["personal_number_odd"]),
        ("019193927177 / 091234567", "", ["personal_number_odd"]),
        ("003193927177", "003193927177", ["personal_number_province"]),
        ("khong co", "", []),
        ("", "", []),
        (None, "", []),
    ],
)
def test_personal_numbers(cell: Cell, number: str, codes: list[str]) -> None:
    found, issues = read_personal_number(cell)
    assert (found, [issue.code for issue in issues]) == (number, codes)


@given(st.one_of(st.text(max_size=20), st.integers(), st.floats(allow_nan=False)))
def test_a_personal_number_is_never_completed(cell: Cell) -> None:
    number, issues = read_personal_number(cell)
    if number:
        assert number == "".join(c for c in str(cell) if c.isdecimal())
    for issue in issues:
        assert not number or number not in issue.message_vi


@pytest.mark.parametrize(
    ("year", "sex", "codes"),
    [
        (1993, "female", []),
        (None, "", []),
        (1994, "female", ["personal_number_birth"]),
        (1993, "male", ["personal_number_sex"]),
        (2093, "male", ["personal_number_birth", "personal_number_sex"]),
    ],
)
def test_checks_of_a_personal_number_only_warn(
    year: int | None, sex: str, codes: list[str]
) -> None:
    issues = check_personal_number("019193927177", year, sex)
    assert [issue.code for issue in issues] == codes


def test_the_century_of_a_personal_number() -> None:
    assert check_personal_number("019301834218", 2001, "female") == []
    assert check_personal_number("019201318601", 2001, "male") == []
    assert check_personal_number("", 2001, "male") == []


def test_masked() -> None:
    assert masked("19194040140") == "••••••••140"
    assert masked("12") == "12"


@pytest.mark.parametrize(
    ("cell", "email", "codes"),
    [
        ("user2@thainguyen.example", "user2@thainguyen.example", []),
        ("User2@ThaiNguyen.Example", "user2@thainguyen.example", []),
        (" user2@thainguyen.example ", "user2@thainguyen.example", []),
        ("mailto:a@b.vn", "a@b.vn", ["email_tidied"]),
        ("<a@b.vn>", "a@b.vn", ["email_tidied"]),
        ("a@b.vn;", "a@b.vn", ["email_tidied"]),
        ("a@b.vn; c@d.vn", "a@b.vn", ["email_several"]),
        ("a b@c.vn", "", ["email_unreadable"]),
        ("a@b", "", ["email_unreadable"]),
        ("a@b..vn", "", ["email_unreadable"]),
        ("hươngnt@b.vn", "", ["email_unreadable"]),
        ("0912345678", "", ["email_unreadable"]),
        ("an@gmail.con", "", ["email_maybe_typo"]),
        ("khong co", "", []),
        ("không có", "", []),
        ("x", "", []),
        (None, "", []),
    ],
)
def test_email(cell: Cell, email: str, codes: list[str]) -> None:
    found, issues = read_email(cell)
    assert (found, [issue.code for issue in issues]) == (email, codes)


@pytest.mark.parametrize(
    "text",
    ["", "-", "--", "/", ".", "x", "X", "không", "Khong co", "ko", "N/A", "0", "…", "chưa có"],
)
def test_words_for_nothing(text: str) -> None:
    assert is_empty(text)


@pytest.mark.parametrize("text", ["Xã A", "01", "Không gian mạng", "A", "Chưa Bá"])
def test_words_for_something(text: str) -> None:
    assert not is_empty(text)


def test_plain_texts_fit_their_column() -> None:
    assert read_text("  Phó  Chủ tịch ", Field.TITLE) == ("Phó Chủ tịch", [])
    text, issues = read_text("x" * 151, Field.TITLE)
    assert (text, [issue.code for issue in issues]) == ("", ["too_long"])
    assert read_text("khong co", Field.NOTE) == ("", [])


@pytest.mark.parametrize("cell", ["x", "X", " x ", "1", 1, True, "✓", "Nam"])
def test_marked(cell: Cell) -> None:
    assert is_marked(cell)


@pytest.mark.parametrize("cell", [None, "", " ", "0", 0, False, "không", "-"])
def test_not_marked(cell: Cell) -> None:
    assert not is_marked(cell)
