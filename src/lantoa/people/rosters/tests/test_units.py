"""Texts matched to units: one exact match, or a question."""

import pytest

from lantoa.people.rosters import KnownUnit, UnitMatcher
from lantoa.people.rosters.unit_names import take_apart

UNITS = [
    KnownUnit(1, "19", "Tỉnh Thái Nguyên"),
    KnownUnit(2, "02143", "Xã Văn Lang"),
    KnownUnit(3, "05665", "Xã Văn Lăng"),
    KnownUnit(4, "05680", "Xã Văn Hán", ("Xã Khe Mo", "Xã Quang Vinh")),
    KnownUnit(5, "01840", "Phường Đức Xuân", ("Phường Quang Vinh",)),
    KnownUnit(6, "05941", "Xã Điềm Thụy"),
    KnownUnit(7, "05518", "Phường Sông Công"),
    KnownUnit(8, "05455", "Phường Quan Triều"),
    KnownUnit(9, "11111", "Xã Tân Lập"),
    KnownUnit(10, "22222", "Phường Tân Lập"),
    KnownUnit(11, "H55.12", "Sở Y tế"),
    KnownUnit(12, "03190", "Xã Xa Dung"),
    KnownUnit(13, "33333", "Xã M'Đrắk"),
]
MATCHER = UnitMatcher(UNITS, context=["Tỉnh Thái Nguyên"])


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Xã Văn Hán", 4),
        ("VĂN HÁN", 4),
        ("xã  văn  hán", 4),
        ("X. Văn Hán", 4),
        ("X.Văn Hán", 4),
        ("UBND xã Văn Hán", 4),
        ("Ủy ban nhân dân xã Văn Hán", 4),
        ("Uỷ ban nhân dân xã Văn Hán", 4),
        ("Văn Hán, tỉnh Thái Nguyên", 4),
        ("Xã Văn Hán - Thái Nguyên", 4),
        ("Phường Đức Xuân", 5),
        ("Đức Xuân", 5),
        ("Điềm Thuỵ", 6),
        ("ĐIỀM THỤY", 6),
        ("P. Sông Công", 7),
        ("P.Sông Công", 7),
        ("QUAN TRIỀU", 8),
        ("Văn Lang", 2),
        ("VĂN LĂNG", 3),
        ("Xã Tân Lập", 9),
        ("P. Tân Lập", 10),
        ("SỞ Y TẾ", 11),
        ("H55.12", 11),
        ("05680", 4),
        ("Xa Dung", 12),
        ("xã Xa Dung", 12),
        ("M’Đrắk", 13),
        ("Tỉnh Thái Nguyên", 1),
    ],
)
def test_exactly_one_unit_is_meant(text: str, unit: int) -> None:
    match = MATCHER.match(text)
    assert (match.id, match.issue) == (unit, None)


@pytest.mark.parametrize(
    ("text", "code", "suggested"),
    [
        ("Van Lang", "unit_similar", [2, 3]),
        ("Van Han", "unit_similar", [4]),
        ("xa Van Han", "unit_similar", [4]),
        ("Xã Văn Hãn", "unit_similar", [4]),
        ("Xã Điềm Thị", "unit_similar", [6]),
        ("Phòng Kinh tế xã Văn Hán", "unit_similar", [4]),
        ("Phòng Văn hóa - Xã hội, UBND xã Văn Hán", "unit_similar", [4]),
        ("Xã Văn Hán, huyện Đồng Hỷ", "unit_similar", [4]),
        ("Tân Lập", "unit_several", [9, 10]),
        ("Quang Vinh", "unit_several", [4, 5]),
        ("Phường Văn Hán", "unit_other_kind", [4]),
        ("Thị trấn Sông Công", "unit_other_kind", [7]),
        ("Xã Hoàn Toàn Khác", "unit_unknown", []),
        ("Trường THPT chuyên", "unit_unknown", []),
        ("", "unit_missing", []),
        (" - ", "unit_missing", []),
    ],
)
def test_everything_else_is_a_question(text: str, code: str, suggested: list[int]) -> None:
    match = MATCHER.match(text)
    assert match.id is None
    assert match.issue is not None
    assert match.issue.code == code
    assert [unit.id for unit in match.suggestions] == suggested
    assert "%(" not in match.issue.message_vi


def test_an_old_name_is_followed_and_told() -> None:
    match = MATCHER.match("xã Khe Mo")
    assert match.id == 4
    assert match.issue is not None
    assert match.issue.message_vi == "“xã Khe Mo” là tên cũ, nay là Xã Văn Hán."


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("UBND xã Hoà Bình", ("xa", "hòa bình")),
        ("P. Sông Công", ("phuong", "sông công")),
        ("Quan Triều", ("", "quan triều")),
        ("Quận 1", ("quan", "1")),
        ("TP. Thái Nguyên", ("thanh pho", "thái nguyên")),
        ("Phường", ("", "phường")),
        ("", ("", "")),
    ],
)
def test_names_taken_apart(text: str, parts: tuple[str, str]) -> None:
    assert take_apart(text) == parts
