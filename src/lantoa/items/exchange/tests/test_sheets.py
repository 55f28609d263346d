"""The workbook as people fill it in, with their own headers and slips; and Aiken by hand."""

import pytest

from lantoa.items.exchange import aiken, spreadsheet
from lantoa.items.exchange.nearness import Nearness
from lantoa.items.exchange.rows import Outgoing, ReadRow
from lantoa.items.exchange.sameness import fingerprint
from lantoa.items.exchange.spreadsheet.examples import EXAMPLES


def rows(text: str) -> list[ReadRow]:
    return spreadsheet.read(text.encode(), "cau-hoi.csv").rows


def test_headers_of_their_own_and_a_title_above() -> None:
    found = rows(
        "BỘ CÂU HỎI;;;;;\n;;;;;\n"
        "STT;Câu hỏi;A;B;C;Đáp án đúng\n"
        "1;Thủ đô?;Huế;Hà Nội;;b\n"
        "2;Số chẵn?;2;3;4;A,C\n"
        "3;Mỗi ý?;Trời xanh;Lửa lạnh;;Đ S\n"
        "4;;;;;\n"
    )
    assert [row.kind for row in found] == ["single_choice", "multiple_response", "true_false"]
    assert [row.number for row in found] == [4, 5, 6]
    assert found[0].content["answer"] == 1
    assert found[1].content["answers"] == [0, 2]
    assert [one["true"] for one in found[2].content["statements"]] == [True, False]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Một phương án đúng;Hỏi?;a;b;;E9", "phải là chữ cái"),
        ("Một phương án đúng;Hỏi?;a;b;;A, B", "phải là chữ cái"),
        ("Đúng/Sai;Hỏi?;a;b;c;Đ, S", "Có 3 ý nhưng đáp án ghi cho 2 ý"),
        ("Đúng/Sai;Hỏi?;a;b;;A", "phải là Đ hoặc S"),
        ("Ghép đôi;Hỏi?;a;b;;", "vế trái => vế phải"),
        ("Điền khuyết;Hỏi?;;;;số: ba", "không phải số"),
        ("Điền khuyết;Hỏi?;;;;chọn: a | b", "đúng một đáp án"),
        ("Kiểu lạ;Hỏi?;a;b;;A", "Không có dạng câu “Kiểu lạ”"),
        (";Hỏi?;a;b;;", "Chưa ghi dạng câu"),
        ("Tự luận;Hỏi?;đủ ý;;;", "tiêu chí => số điểm"),
        ("Chỉ vị trí trên ảnh;Hỏi?;;;;tròn 1,2,3", "Ô ảnh phải có dạng"),
    ],
)
def test_slips_are_named(line: str, words: str) -> None:
    (row,) = rows(f"Dạng câu;Nội dung câu hỏi;A;B;C;Đáp án\n{line}\n")
    assert words in " ".join(said.sentence for said in row.problems)


def test_a_word_that_is_no_level_is_named() -> None:
    (row,) = rows("Mức;Câu hỏi;A;B;Đáp án\nCực khó;Hỏi?;a;b;A\n")
    assert "“Cực khó” không phải giá trị của cột “Mức”" in row.problems[0].sentence


def test_a_scenario_takes_the_rows_marked_below_it() -> None:
    found = rows(
        "Dạng câu;Nội dung câu hỏi;A;B;Đáp án;Câu con\n"
        "Tình huống;Có một việc;;;;\n"
        "Một phương án đúng;Làm gì?;a;b;A;x\n"
        "Đúng/Sai;Ý nào?;c;d;Đ S;x\n"
        "Một phương án đúng;Câu khác;a;b;B;\n"
        "Một phương án đúng;Con mồ côi;a;b;B;x\n"
    )
    assert [row.kind for row in found] == ["scenario", "single_choice", "single_choice"]
    assert [part["kind"] for part in found[0].content["parts"]] == ["single_choice", "true_false"]
    assert "không có câu tình huống" in found[2].problems[0].sentence


def test_a_broken_part_is_named_by_its_row() -> None:
    (row,) = rows(
        "Dạng câu;Nội dung câu hỏi;A;B;Đáp án;Câu con\n"
        "Tình huống;Có một việc;;;;\nMột phương án đúng;Làm gì?;a;b;Z9;x\n"
    )
    assert "Câu con ở hàng 3" in row.problems[0].sentence


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Hỏi gì\ndòng hai?\na) một\nb) hai\nAnswer: b", 1),
        ("\ufeffHỏi?\r\nA. một\r\nB. hai\r\nANSWER:A\r\n", 0),
        ("Hỏi?\n\nA. một\n\nB. hai\n\nĐáp án: B", 1),
    ],
)
def test_aiken_by_hand(text: str, answer: int) -> None:
    (row,) = aiken.read(text.encode(), "a.txt").rows
    assert row.problems == []
    assert row.content["answer"] == answer


def test_aiken_without_an_answer() -> None:
    found = aiken.read(b"Mot?\nA. x\nB. y\nHai?\nA. x\nB. y\nANSWER: A", "a.txt").rows
    assert "ANSWER" in found[0].problems[0].sentence
    assert found[1].problems == []


def test_words_of_other_languages_stay_as_they_are() -> None:
    """`giâ` could be an old encoding of `giõ`; in a question it is what somebody wrote."""
    content = {**EXAMPLES[0][1], "stem": "giâ, théâtre", "explanation": ""}
    written = spreadsheet.write([Outgoing("Câu 1", "single_choice", content)], lambda _key: None)
    assert spreadsheet.read(written.data, "a.xlsx").rows[0].content["stem"] == "giâ, théâtre"
    (row,) = aiken.read("giâ?\nA. théâtre\nB. x\nANSWER: A".encode(), "a.txt").rows
    assert row.content["stem"] == "giâ?"


# ---- sameness ----

WORDS = "viec nao can bo mot cua lam truoc khi cong dan hoi ve thu tuc dat dai"


def test_what_is_nearly_the_same_is_met() -> None:
    keys = [WORDS, "chu ky so dung de lam gi", WORDS.replace("dat dai", "ho tich"), ""]
    met = list(Nearness(keys).meet([WORDS, "khong giong cau nao ca", ""]))
    assert [at for at, _ in met[0]] == [0, 2]
    assert met[0][0][1] == 100
    assert met[1:] == [[], []]


def test_a_picture_counts_by_its_bytes_and_a_right_column_in_no_order() -> None:
    one = {"stem": '<img data-file="a" alt="x">', "options": []}
    other = {"stem": '<img data-file="b" alt="x">', "options": []}
    digests = {"a": "same", "b": "same"}.__getitem__
    assert fingerprint("essay", one, digests) == fingerprint("essay", other, digests)
    left = [{"text": "l"}]
    pair = {"left": left, "right": [{"text": "p"}, {"text": "q"}], "pairs": [1]}
    turned = {"left": left, "right": [{"text": "q"}, {"text": "p"}], "pairs": [0]}
    wrong = {**turned, "pairs": [1]}
    assert fingerprint("matching", pair, str) == fingerprint("matching", turned, str)
    assert fingerprint("matching", pair, str) != fingerprint("matching", wrong, str)
