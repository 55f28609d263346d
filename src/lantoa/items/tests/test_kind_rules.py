"""How each kind scores, as tables, and what it tells its author."""

from decimal import Decimal
from typing import Any

import pytest

from lantoa.items.asking import asks
from lantoa.items.kinds import gaps, kind_of, numbers
from lantoa.items.tests import samples
from lantoa.items.tests.conftest import single


def score(name: str, content: Any, response: Any) -> tuple[int, int]:
    kind = kind_of(name)
    return kind.score(kind.clean(content), response)


@pytest.mark.parametrize(
    ("response", "points"),
    [(1, 1), (0, 0), (3, 0), (None, 0), (True, 0), ("1", 0), ([1], 0), (1.0, 0), (9, 0)],
)
def test_single_choice(response: object, points: int) -> None:
    assert score("single_choice", single(), response) == (points, 1)


@pytest.mark.parametrize(
    ("response", "points"),
    [([0, 2], 1), ([2, 0], 0), ([0], 0), ([0, 1, 2], 0), ([], 0), (None, 0), (0, 0)],
)
def test_multiple_response_wants_all_and_no_other(response: object, points: int) -> None:
    assert score("multiple_response", samples.multiple(), response) == (points, 1)


@pytest.mark.parametrize(
    ("response", "points"),
    [
        ([0, 2], 2), ([0], 1), ([2], 1), ([0, 1], 0), ([0, 1, 2], 1), ([0, 1, 2, 3], 0),
        ([1, 3], 0), ([], 0), (None, 0), ([2, 0], 0), ([0, 0], 0), ([0, 9], 0),
    ],
)  # fmt: skip
def test_multiple_response_counts_right_less_wrong(response: object, points: int) -> None:
    content = samples.multiple(scoring="partial")
    assert score("multiple_response", content, response) == (points, 2)


def test_an_item_of_before_partial_points_wants_all() -> None:
    old = kind_of("multiple_response").clean(samples.multiple())
    del old["scoring"]
    assert kind_of("multiple_response").score(old, [0, 2]) == (1, 1)


T, F, N = True, False, None


@pytest.mark.parametrize(
    ("scoring", "response", "expected"),
    [
        ("each", [T, F, T, F], (4, 4)), ("each", [T, T, T, T], (2, 4)), ("each", [N, N, N, F], (1,
        4)),
        ("each", [F, T, F, T], (0, 4)), ("each", [T, F, T], (0, 4)), ("each", None, (0, 4)),
        ("each", [1, 0, 1, 0], (0, 4)),
        ("all", [T, F, T, F], (4, 4)), ("all", [T, F, T, T], (0, 4)), ("all", [T, F, T, N], (0, 4)),
        ("steps", [F, T, F, T], (0, 100)), ("steps", [T, T, F, T], (10, 100)),
        ("steps", [T, F, F, T], (25, 100)), ("steps", [T, F, T, T], (50, 100)),
        ("steps", [T, F, T, F], (100, 100)), ("steps", [N] * 4, (0, 100)),
    ],
)  # fmt: skip
def test_true_false(scoring: str, response: Any, expected: tuple[int, int]) -> None:
    assert score("true_false", samples.true_false(scoring=scoring), response) == expected


@pytest.mark.parametrize(
    ("scoring", "response", "expected"),
    [
        ("each", [3, 1, 0], (3, 3)), ("each", [3, 1, 1], (2, 3)), ("each", [N, 1, N], (1, 3)),
        ("each", [2, 2, 2], (0, 3)), ("each", [3, 1], (0, 3)), ("each", [3, 1, 4], (0, 3)),
        ("all", [3, 1, 0], (3, 3)), ("all", [3, 1, 2], (0, 3)), ("all", [3, 1, N], (0, 3)),
    ],
)  # fmt: skip
def test_matching(scoring: str, response: Any, expected: tuple[int, int]) -> None:
    assert score("matching", samples.matching(scoring=scoring), response) == expected


@pytest.mark.parametrize(
    ("scoring", "response", "expected"),
    [
        ("all", [0, 1, 2, 3], (1, 1)), ("all", [0, 1, 3, 2], (0, 1)), ("all", [0, 1, 2], (0, 1)),
        ("all", None, (0, 1)),
        ("each", [0, 1, 2, 3], (3, 3)), ("each", [1, 2, 3, 0], (2, 3)), ("each", [3, 2, 1, 0], (0,
        3)),
        ("each", [2, 3, 0, 1], (2, 3)), ("each", [0, 1, 3, 2], (1, 3)), ("each", [0, 0, 1, 2], (0,
        3)),
    ],
)  # fmt: skip
def test_ordering(scoring: str, response: Any, expected: tuple[int, int]) -> None:
    assert score("ordering", samples.ordering(scoring=scoring), response) == expected


LOOSE = samples.text_gap("Hòa Bình", ignore_accents=True)
STRICT = samples.text_gap("Hòa Bình", ignore_case=False)
PLAIN = samples.text_gap("Hòa Bình", "C++")


@pytest.mark.parametrize(
    ("gap", "said", "right"),
    [
        (PLAIN, "Hòa Bình", True), (PLAIN, "hoà   bình ", True), (PLAIN, "HOÀ BÌNH", True),
        (PLAIN, "Ho\u0300a Bi\u0300nh", True), (PLAIN, "Hoa Binh", False), (PLAIN, "Hóa Bình",
        False),
        (PLAIN, "c++", True), (PLAIN, "c", False), (PLAIN, "", False), (PLAIN, "  ", False),
        (PLAIN, 5, False), (PLAIN, None, False), (PLAIN, "Hòa Bình" * 60, False),
        (STRICT, "Hoà Bình", True), (STRICT, "hòa bình", False),
        (LOOSE, "hoa binh", True), (LOOSE, "HÒA BINH", True), (LOOSE, "hoa bin", False),
        (samples.text_gap("Đà Nẵng", ignore_accents=True), "da nang", True),
    ],
)  # fmt: skip
def test_words_filled_in(gap: Any, said: Any, right: bool) -> None:
    assert score("blank", samples.blank(gap), said) == (int(right), 1)


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("3.5", ["3.5"]), ("3,5", ["3.5"]), (" 3,50 ", ["3.50"]), ("-3,5", ["-3.5"]),
        ("−3,5", ["-3.5"]), ("+3", ["3"]), ("1234", ["1234"]), ("1 234", ["1234"]),
        ("1\u00a0234,5", ["1234.5"]), ("1.234,5", ["1234.5"]), ("1,234.5", ["1234.5"]),
        ("1.234", ["1.234", "1234"]), ("1,234", ["1.234"]), ("0.500", ["0.500"]),
        ("1.234.567", ["1234567"]), ("1,234,567", ["1234567"]), ("12.34.567", []),
        ("1.23", ["1.23"]), (".5", [".5"]), (",5", [".5"]), ("5,", ["5"]), ("1 23", []),
        ("", []), ("abc", []), ("1e9", []), ("NaN", []), ("Infinity", []), ("1/2", []), ("--1", []),
        ("٣", []), ("9" * 41, []), ("1 234 567", ["1234567"]), ("1 234.5", ["1234.5"]),
    ],
)  # fmt: skip
def test_numbers_as_people_type_them(typed: str, values: list[str]) -> None:
    assert numbers.readings(typed) == {Decimal(value) for value in values}


@pytest.mark.parametrize(
    ("value", "tolerance", "said", "right"),
    [
        ("3.5", "0.1", "3,4", True), ("3.5", "0.1", "3.6", True), ("3.5", "0.1", "3,61", False),
        ("3.5", "0", "3,5", True), ("3.5", "0", "3.500001", False), ("1234", "0", "1.234", True),
        ("1.234", "0", "1.234", True), ("-2", "0", "−2", True), ("0.3", "0", "0,3", True),
        ("100", "5", "một trăm", False),
    ],
)  # fmt: skip
def test_numbers_within_tolerance(value: str, tolerance: str, said: str, right: bool) -> None:
    content = samples.blank(samples.number_gap(value, tolerance))
    assert score("blank", content, said) == (int(right), 1)


@pytest.mark.parametrize(
    ("response", "points"),
    [
        (["Hà Nội", "3,5", 1], 3), (["Huế", "3,5", 1], 2), ([None, None, 1], 1),
        (["Hà Nội", "x", 0], 1), (["Hà Nội", "3,5"], 0), (["Hà Nội", 3.5, 1], 0),
        (["Hà Nội", "3,5", 3], 0), (["Hà Nội", "3,5", True], 0), (None, 0),
    ],
)  # fmt: skip
def test_cloze(response: Any, points: int) -> None:
    assert score("cloze", samples.cloze(), response) == (points, 3)


def test_gaps_stand_in_the_order_of_the_text() -> None:
    content = samples.cloze(
        text="[[2]] rồi [[1]]", gaps=[samples.text_gap("một"), samples.text_gap("hai")]
    )
    regular = kind_of("cloze").clean(content)
    assert regular["text"] == "[[1]] rồi [[2]]"
    assert [gap["accept"] for gap in regular["gaps"]] == [["hai"], ["một"]]


def test_a_marker_within_a_tag_or_formula_is_no_gap() -> None:
    text = rf'[[1]] <img data-file="{samples.FILE}" alt="[[2]] onerror=x"> \(x[[2]]\)'
    kind = kind_of("cloze")
    regular = kind.clean(samples.cloze(text=text, gaps=[samples.text_gap()]))
    assert kind.validate(regular) == []
    pieces = kind.for_candidate(regular)["pieces"]
    assert [piece["number"] for piece in pieces] == [1, None]
    assert 'alt="[[2]] onerror=x"' in pieces[1]["html"]


@pytest.mark.parametrize(
    ("x", "y", "right"),
    [
        (10, 20, True), (110, 70, True), (111, 70, False), (9, 20, False),  # rectangle
        (300, 200, True), (330, 200, True), (331, 200, False), (322, 222, False), (321, 221, True),
        (230, 30, True), (230, 59, True), (201, 40, False), (259, 40, False), (230, 61, False),
        (0, 0, False), (400, 300, False),
    ],
)  # fmt: skip
def test_hotspot(x: int, y: int, right: bool) -> None:
    assert score("hotspot", samples.hotspot(), {"x": x, "y": y}) == (int(right), 1)


def test_the_parts_of_a_scenario_are_worth_the_same() -> None:
    content = samples.scenario(
        ("single_choice", single()),
        ("true_false", samples.true_false()),
        ("matching", samples.matching()),
    )
    assert score("scenario", content, [1, [T, F, T, F], [3, 1, 0]]) == (36, 36)
    assert score("scenario", content, [1, None, None]) == (12, 36)
    assert score("scenario", content, [0, [T, N, N, N], [3, N, N]]) == (3 + 4, 36)
    assert score("scenario", content, [0, [T], None]) == (0, 36)
    assert score("scenario", content, None) == (0, 36)


def test_people_mark_out_of_the_rubric() -> None:
    assert score("essay", samples.essay(), "x") == (0, 10)
    assert score("essay", samples.essay(rubric=[]), "x") == (0, 1)
    assert score("file_task", samples.file_task(), samples.UPLOAD) == (0, 10)


@pytest.mark.parametrize(("length", "accepted"), [(0, True), (12_000, True), (12_001, False)])
def test_an_essay_has_a_longest_length(length: int, accepted: bool) -> None:
    kind = kind_of("essay")
    assert kind.accepts(kind.clean(samples.essay()), "x" * length) is accepted


REFUSED: list[tuple[str, Any, str]] = [
    ("single_choice", {"stem": " "}, "nội dung câu hỏi"),
    ("single_choice", {"stem": "<p></p>"}, "nội dung câu hỏi"),
    ("single_choice", {"stem": r"Tính \(\frac{a\)"}, "số dấu { và }"),
    ("single_choice", {"stem": f'<img data-file="{samples.FILE}" alt="">'}, "chưa được mô tả"),
    ("single_choice", {"options": []}, "từ 2 đến 6"),
    ("single_choice", {"options": [{"text": "A"}]}, "từ 2 đến 6"),
    ("single_choice", {"options": [{"text": str(n)} for n in range(7)]}, "từ 2 đến 6"),
    ("single_choice", {"options": [{"text": "A"}, {"text": "A "}]}, "giống nhau"),
    ("single_choice", {"options": [{"text": "A"}, {"text": "<i></i>"}]}, "chưa có nội dung"),
    *(("single_choice", {"answer": bad}, "phương án đúng") for bad in (None, 4, "1", True)),
    *(("multiple_response", {"answers": bad}, "hai phương án đúng")
      for bad in ([], [1], [1, 9], "12", None, [1, True])),
    ("true_false", {"statements": [{"text": "A", "true": True}]}, "từ 2 đến 6"),
    ("true_false", {"statements": [{"text": "A", "true": 1}, {"text": "B"}]}, "đúng hoặc sai"),
    ("true_false", {"scoring": "steps", "statements": samples.true_false(T, F)["statements"]},
    "bốn"),
    ("matching", {"pairs": [0, 0, 1]}, "một mục riêng"),
    ("matching", {"pairs": [0, 1]}, "một mục riêng"),
    ("matching", {"pairs": [0, 1, 9]}, "một mục riêng"),
    ("matching", {"right": [{"text": "A"}, {"text": "B"}]}, "ít nhất bằng cột trái"),
    ("matching", {"left": [{"text": "A"}]}, "từ 2 đến 8"),
    ("ordering", {"parts": [{"text": "A"}]}, "từ 2 đến 8"),
    ("ordering", {"parts": [{"text": "A"}, {"text": "a"}]}, "giống nhau"),
    ("blank", {"gap": samples.text_gap("  ")}, "được chấp nhận"),
    ("blank", {"gap": samples.number_gap("ba")}, "phải là một số"),
    ("blank", {"gap": samples.number_gap("3", "-1")}, "không âm"),
    ("blank", {"gap": samples.choice_gap()}, "một phương án đúng"),
    ("cloze", {"text": "Không có chỗ nào"}, "chưa có dấu [[1]]"),
    ("cloze", {"text": "[[1]] [[1]] [[2]] [[3]]"}, "nhiều lần"),
    ("cloze", {"text": "[[1]] [[2]] [[3]] [[4]]"}, "[[4]] chưa có"),
    ("cloze", {"text": "[[1]] x", "gaps": [samples.number_gap("x")]}, "Chỗ trống 1:"),
    ("cloze", {"text": "[[1]] x", "gaps": [samples.choice_gap(7)]}, "phương án đúng"),
    ("hotspot", {"image": {}}, "Chưa có hình"),
    ("hotspot", {"image": {**samples.hotspot()["image"], "alt": ""}}, "mô tả hình"),
    ("hotspot", {"areas": []}, "từ 1 đến 20"),
    ("hotspot", {"areas": [{"shape": "rect", "at": [0, 0, 0, 5]}]}, "không nằm trên hình"),
    ("hotspot", {"areas": [{"shape": "circle", "at": [500, 0, 5]}]}, "không nằm trên hình"),
    ("hotspot", {"areas": [{"shape": "polygon", "at": [1, 1, 2, 2]}]}, "không nằm trên hình"),
    ("scenario", {"parts": [{"kind": "blank", "content": samples.blank()}]}, "từ 2 đến 8"),
    ("scenario", {"parts": [{"kind": "essay", "content": samples.essay()}] * 2}, "không dùng được"),
    ("scenario", {"parts": [{"kind": "scenario", "content": {}}] * 2}, "không dùng được"),
    ("scenario", {"parts": [{"kind": "blank", "content": {}}] * 2}, "Câu 1: "),
    ("essay", {"least_words": 100, "most_words": 50}, "lớn hơn"),
    ("essay", {"rubric": [{"title": "", "points": 1}]}, "chưa có tên"),
    ("essay", {"rubric": [{"title": "Ý", "points": 0}]}, "từ 1 đến 100"),
    ("file_task", {"accept": ["exe"]}, "loại tệp"),
    ("file_task", {"files": [{"file": "x", "name": "y"}]}, "không còn"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change", "words"), REFUSED)
def test_authors_are_told_what_is_wrong(name: str, change: dict[str, Any], words: str) -> None:
    content = samples.SAMPLES[name][0][0]
    found = kind_of(name).validate({**content, **change})
    assert any(words in problem for problem in found), found


@pytest.mark.parametrize("text", ["\x00", "a\x00b", "\ud800"])
def test_text_that_no_database_can_hold_is_no_answer(text: str) -> None:
    for name, response in (("blank", text), ("essay", text), ("cloze", [text, None, None])):
        kind = kind_of(name)
        assert not kind.accepts(kind.clean(samples.SAMPLES[name][0][0]), response)
    assert kind_of("essay").clean(samples.essay(stem=f"Viết {text}"))["stem"].isprintable()


def test_options_of_signs_only_are_fine() -> None:
    content = {**single(), "options": [{"text": "+"}, {"text": "−"}]}
    assert kind_of("single_choice").validate(content) == []


def test_the_right_answer_in_words() -> None:
    assert gaps.answer(gaps.clean(samples.number_gap())) == "3,5 ± 0,1"
    assert gaps.answer(gaps.clean(samples.choice_gap())) == "bốn"
    assert gaps.answer(gaps.clean(samples.text_gap())) == "Hà Nội / Thủ đô Hà Nội"


def test_in_a_list_gaps_are_dots_and_not_markers() -> None:
    assert asks(samples.cloze()) == "Việc nào ở … mất … ngày, qua … bước?"
    assert asks(single()).startswith("Câu hỏi số 1")
