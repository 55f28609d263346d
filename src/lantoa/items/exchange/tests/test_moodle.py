"""Moodle's own way of writing things, and the order of its elements, which is not ours."""

import base64
from html import escape

import pytest

from lantoa.items.exchange import moodle_xml
from lantoa.items.exchange.pictures import size_of
from lantoa.items.exchange.rows import Read, ReadRow
from lantoa.items.exchange.tests.contents import PICTURE


def text(name: str, markup: str, form: str = "html") -> str:
    return f'<{name} format="{form}"><text><![CDATA[{markup}]]></text></{name}>'


def question(kind: str, *inside: str, stem: str = "<p>Hỏi?</p>") -> str:
    head = f"<name><text>Câu</text></name>{text('questiontext', stem)}"
    return f'<question type="{kind}">{head}{"".join(inside)}</question>'


def read(*questions: str) -> Read:
    data = f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>{"".join(questions)}</quiz>'
    return moodle_xml.read(data.encode(), "a.xml")


def one(*questions: str) -> ReadRow:
    (row,) = read(*questions).rows
    return row


def answer(share: str, words: str, feedback: str = "") -> str:
    told = f"<feedback><text>{feedback}</text></feedback>"
    return f'<answer fraction="{share}" format="html"><text>{escape(words)}</text>{told}</answer>'


def test_a_choice_as_moodle_exports_it() -> None:
    row = one(
        question(
            "multichoice",
            text("generalfeedback", "Vì vậy."),
            "<single>true</single><shuffleanswers>false</shuffleanswers>",
            answer("0", '<p dir="ltr" style="text-align: left;">Sai<br></p>', "Xem lại"),
            answer("100", "<p>Đúng</p>"),
        )
    )
    assert row.content["options"] == [
        {"text": "Sai", "fixed": True},
        {"text": "Đúng", "fixed": True},
    ]
    assert row.content["answer"] == 1
    assert row.content["explanation"] == "Vì vậy.<p>Sai: Xem lại</p>"


def test_a_truth() -> None:
    row = one(question("truefalse", answer("100", "false"), answer("0", "true")))
    assert (row.kind, row.content["answer"]) == ("single_choice", 1)


def test_words_case_and_stars() -> None:
    row = one(question("shortanswer", "<usecase>1</usecase>", answer("100", "5 \\* 3")))
    assert row.content["gap"]["accept"] == ["5 * 3"]
    assert row.content["gap"]["ignore_case"] is False
    row = one(question("shortanswer", answer("100", "Hà*")))
    assert "dấu * thay cho chữ" in row.problems[0].sentence


def test_a_number_with_its_unit() -> None:
    row = one(
        question(
            "numerical",
            '<answer fraction="100"><text>3,5</text><tolerance>0.1</tolerance></answer>',
            "<units><unit><multiplier>1</multiplier><unit_name>m</unit_name></unit></units>",
        )
    )
    assert row.content["gap"] == {"type": "number", "value": "3.5", "tolerance": "0.1"}
    assert "Đơn vị đo" in row.notes[0].sentence


def test_embedded_answers_in_their_short_forms() -> None:
    stem = (
        "<p>Một {1:SA:=a#tốt~=b~*c} hai {2:NM:%100%3.5:0.1~%50%3} "
        "ba {1:MCV:=đúng &amp; đủ~sai \\} rồi} [[1]]</p>"
    )
    row = one(question("cloze", stem=stem))
    assert row.problems == []
    assert row.content["text"] == "<p>Một [[1]] hai [[2]] ba [[3]] [ [1] ]</p>"
    assert [gap["type"] for gap in row.content["gaps"]] == ["text", "number", "choice"]
    assert row.content["gaps"][2]["options"] == [
        {"text": "đúng &amp; đủ"},
        {"text": "sai } rồi"},
    ]


@pytest.mark.parametrize("code", ["{1:MULTIRESPONSE:=a~=b}", "{1:MC:~a~b}", "{1:NM:=abc}"])
def test_a_gap_that_cannot_be_taken_is_named(code: str) -> None:
    row = one(question("cloze", stem=f"Câu {code} hết"))
    assert any(code[:10] in said.sentence for said in row.problems)


def test_pairs_order_and_markers() -> None:
    row = one(
        question(
            "matching",
            '<subquestion format="html"><text><p>Pháp</p></text><answer><text>Paris</text></answer>'
            "</subquestion>".replace("<p>", "&lt;p&gt;").replace("</p>", "&lt;/p&gt;"),
            '<subquestion format="html"><text>Ý</text><answer><text>Roma</text></answer>'
            "</subquestion>",
            "<subquestion><text></text><answer><text>Berlin</text></answer></subquestion>",
        )
    )
    assert [one["text"] for one in row.content["left"]] == ["Pháp", "Ý"]
    assert row.content["pairs"] == [0, 1]
    assert len(row.content["right"]) == 3
    row = one(question("ordering", answer("2.0000", "hai"), answer("1.0000", "một")))
    assert [part["text"] for part in row.content["parts"]] == ["một", "hai"]
    coded = base64.b64encode(PICTURE).decode()
    drop = "<drop><no>1</no><shape>{}</shape><coords>{}</coords><choice>1</choice></drop>"
    found = read(
        question(
            "ddmarker",
            f'<file name="a.png" encoding="base64">{coded}</file>',
            "<drag><no>1</no><text>X</text></drag>",
            drop.format("circle", "10,20;5"),
            drop.format("polygon", "0,0;10,0;10,10"),
        )
    )
    content = found.rows[0].content
    assert (content["image"]["width"], content["image"]["height"]) == (640, 480)
    assert [area["at"] for area in content["areas"]] == [[10, 20, 5], [0, 0, 10, 0, 10, 10]]


def test_pictures_wherever_they_stand() -> None:
    coded = base64.b64encode(PICTURE).decode()
    file = f'<file name="sơ đồ 1.png" path="/" encoding="base64">{coded}</file>'
    stem = (
        f'<questiontext format="html"><text><![CDATA[<p><img class="img-fluid" alt="Sơ đồ" '
        f'src="@@PLUGINFILE@@/s%C6%A1%20%C4%91%E1%BB%93%201.png" width="9">'
        f'<img src="data:image/png;base64,{coded}"><img src="https://x.example/a.png"></p>]]></text>'
        f"{file}</questiontext>"
    )
    found = read(f'<question type="essay"><name><text>a</text></name>{stem}</question>')
    (row,) = found.rows
    assert len(found.files) == 1
    (key,) = found.files
    assert row.content["stem"] == (
        f'<p><img data-file="{key}" alt="Sơ đồ"><img data-file="{key}" alt="anh"></p>'
    )
    told = " ".join(said.sentence for said in row.notes)
    assert "nằm ở địa chỉ khác (https://x.example/a.png)" in told
    assert "chưa có mô tả" in told


def test_a_picture_that_is_not_in_the_file() -> None:
    row = one(question("essay", stem='<img src="@@PLUGINFILE@@/a.png" alt="x">'))
    assert "Ảnh “a.png” không có trong tệp" in row.problems[0].sentence


@pytest.mark.parametrize("kind", ["calculated", "gapselect", "ddwtos", "random", ""])
def test_other_types_are_named(kind: str) -> None:
    row = one(question(kind))
    assert f"“{kind}”" in row.problems[0].sentence


def test_what_moodle_has_beside_the_question_is_told() -> None:
    row = one(
        question(
            "essay",
            "<hint><text>Nghĩ kỹ</text></hint><attachments>2</attachments>",
            stem='<a href="https://x.example">đọc</a><video src="x"></video>',
        )
    )
    told = " ".join(said.sentence for said in row.notes)
    for words in ("Gợi ý", "đính kèm", "Liên kết", "Âm thanh"):
        assert words in told


def test_a_flood_of_elements_is_stopped_early(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lantoa.items.exchange.moodle_xml.tree.MOST_ELEMENTS", 1000)
    flood = b"<quiz>" + b"<a/>" * 1001
    with pytest.raises(moodle_xml.FileWrong):
        moodle_xml.read(flood, "a.xml")


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (PICTURE, (640, 480)),
        (
            b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08\x00\x10\x00\x20" + b"\0" * 8,
            (32, 16),
        ),
        (b"RIFF\0\0\0\0WEBPVP8X" + b"\0" * 8 + b"\x1f\0\0\x0f\0\0", (32, 16)),
        (b"RIFF\0\0\0\0WEBPVP8 " + b"\0" * 10 + b"\x20\0\x10\0", (32, 16)),
        (b"\xff\xd8\xff", None),
        (b"GIF89a", None),
        (b"", None),
    ],
)
def test_how_large_a_picture_is(data: bytes, size: tuple[int, int] | None) -> None:
    assert size_of(data) == size
