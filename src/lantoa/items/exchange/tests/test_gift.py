"""GIFT as people write it by hand and as Moodle exports it."""

from typing import Any

import pytest

from lantoa.items.exchange import gift
from lantoa.items.exchange.rows import ReadRow


def rows(text: str) -> list[ReadRow]:
    return gift.read(text.encode(), "a.txt").rows


def one(text: str) -> ReadRow:
    (row,) = rows(text)
    assert row.problems == []
    return row


def texts(found: list[dict[str, Any]]) -> list[str]:
    return [option["text"] for option in found]


def test_a_single_choice_over_several_lines_with_a_name() -> None:
    row = one("// chú thích\n::Tên câu::Thủ đô\ncủa ta? {\n~Huế\n=Hà Nội\n~Vinh\n}\n")
    assert row.kind == "single_choice"
    assert row.content["stem"] == "Thủ đô<br>của ta?"
    assert texts(row.content["options"]) == ["Huế", "Hà Nội", "Vinh"]
    assert row.content["answer"] == 1
    assert row.number == 2


def test_a_missing_word_leaves_a_blank() -> None:
    row = one("Thủ đô là {=Hà Nội ~Huế} từ năm 1976.")
    assert row.content["stem"] == "Thủ đô là _____ từ năm 1976."


@pytest.mark.parametrize(
    ("braces", "right"),
    [("T", 0), ("TRUE", 0), ("F", 1), ("FALSE", 1), ("false", 1), ("T#sai rồi#đúng rồi", 0)],
)
def test_a_truth_becomes_a_choice_of_two_words(braces: str, right: int) -> None:
    row = one(f"Trái đất tròn.{{{braces}}}")
    assert row.kind == "single_choice"
    assert texts(row.content["options"]) == ["Đúng", "Sai"]
    assert all(option["fixed"] for option in row.content["options"])
    assert row.content["answer"] == right


def test_several_right_ones_share_the_points() -> None:
    row = one("Số chẵn? {~%50%2 ~%50%4 ~%-100%3 ~%-100%5}")
    assert (row.kind, row.content["answers"], row.content["scoring"]) == (
        "multiple_response", [0, 1], "all",
    )  # fmt: skip
    row = one("Số chẵn? {~%33.333%2 ~%33.333%4 ~%33.333%6 ~%-33.333%5}")
    assert (row.content["answers"], row.content["scoring"]) == ([0, 1, 2], "partial")


@pytest.mark.parametrize(
    ("braces", "value", "tolerance"),
    [
        ("#3.14:0.05", "3.14", "0.05"),
        ("#3,14", "3.14", "0"),
        ("#1..5", "3", "2"),
        ("#=1822:0 =%50%1822:2", "1822", "0"),
        ("#-2e3", "-2000", "0"),
    ],
)
def test_numbers(braces: str, value: str, tolerance: str) -> None:
    gap = one(f"Bao nhiêu? {{{braces}}}").content["gap"]
    assert (gap["type"], gap["value"], gap["tolerance"]) == ("number", value, tolerance)


def test_words_that_count_and_words_that_count_in_part() -> None:
    row = one("Ai? {=Bác Hồ =Hồ Chí Minh =%50%Nguyễn Ái Quốc#gần đúng}")
    assert row.content["gap"]["accept"] == ["Bác Hồ", "Hồ Chí Minh"]
    told = [said.sentence for said in row.notes]
    assert "Đáp án được một phần điểm không nhận: Nguyễn Ái Quốc." in told
    assert row.content["explanation"] == "<p>Nguyễn Ái Quốc: gần đúng</p>"


def test_pairs_with_an_extra_answer() -> None:
    row = one("Ghép. {\n=Pháp -> Paris\n=Ý -> Roma\n= -> Berlin\n####Xem bản đồ}")
    assert texts(row.content["left"]) == ["Pháp", "Ý"]
    assert texts(row.content["right"]) == ["Paris", "Roma", "Berlin"]
    assert row.content["pairs"] == [0, 1]
    assert row.content["explanation"] == "Xem bản đồ"


def test_an_essay_and_escaped_signs() -> None:
    row = one("Viết \\{ và \\} và 1\\:2 \\= 0,5 \\# \\~. {}")
    assert (row.kind, row.content["stem"]) == ("essay", "Viết { và } và 1:2 = 0,5 # ~.")


def test_categories_and_tags_say_where_a_question_belongs() -> None:
    found = rows(
        "$CATEGORY: $course$/top/Lãnh đạo xã/An toàn // an ninh\n\nMột? {T}\n\n"
        "// [tag:level:advanced][tag:topic:k/t1][tag:khác]\nHai? {F}\n"
    )
    assert (found[0].belongs.topic, found[0].belongs.guessed) == ("An toàn / an ninh", True)
    assert (found[1].belongs.topic, found[1].belongs.guessed) == ("k/t1", False)
    assert found[1].belongs.level == "advanced"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Chỉ là lời dẫn.", "không phải câu hỏi"),
        ("Thiếu ngoặc {=a ~b", "Thiếu dấu"),
        ("Thiếu ngoặc =a ~b}", "Thiếu dấu"),
        ("Hai đúng {=a =b ~c}", "Có hơn một phương án"),
        ("Không đúng {~a ~b}", "Không có phương án nào"),
        ("Số lạ {#abc}", "Không đọc được số"),
        ("Sao {=Hà*}", "dấu * thay cho chữ"),
        ("Ghép {=a -> b =c}", "Không hiểu phần đáp án"),
        ("Rỗng {#}", "Không đọc được số"),
    ],
)
def test_what_is_wrong_is_said(text: str, words: str) -> None:
    (row,) = rows(text)
    assert words in " ".join(said.sentence for said in row.problems)


def test_one_broken_question_does_not_hide_the_next() -> None:
    found = rows("Hỏng {=a\n\nTốt {T}\n")
    assert [bool(row.problems) for row in found] == [True, False]


def test_old_encodings_are_read() -> None:
    row = gift.read("::a::Thñ ®« {T}".encode("latin-1"), "a.txt").rows[0]
    assert row.content["stem"] == "Thủ đô"
    row = gift.read("Thủ đô {T}".encode("utf-16"), "a.txt").rows[0]
    assert row.content["stem"] == "Thủ đô"
