"""The author's forms of kinds that have more than text in them, and what forms say of mistakes."""

import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lantoa.files.models import StoredFile
from lantoa.files.tests.samples import office, xlsx
from lantoa.files.tests.test_serving import fetch
from lantoa.frameworks.models import Node
from lantoa.items.kinds import kind_of
from lantoa.items.kinds.hotspot.dimensions import size_of
from lantoa.items.models import Item
from lantoa.items.tests.browsing import new_item, page, posted, sent
from lantoa.items.tests.drawing import png
from lantoa.people.models import Unit

Files = dict[str, StoredFile]


def image() -> SimpleUploadedFile:
    return SimpleUploadedFile("hình.png", png(60, 40), content_type="image/png")


def test_a_hotspot_is_drawn_on_an_uploaded_image(
    province: Unit, topics: dict[str, Node], author: Client
) -> None:
    path = "/items/new/hotspot/"
    base = {"stem": "Nút nào?", "topic": str(topics["t1"].pk), "level": "basic", "purpose": "exam",
            "unit": str(province.pk), "alt": "Màn hình"}  # fmt: skip
    html = author.post(path, {**base, "again": "picture", "picture": image()}).content.decode()
    assert "Hình rộng 60, cao 40 điểm ảnh" in html
    assert "Hãy chọn hình" not in html
    data = posted(html)
    for areas, words in (
        ("", "Hãy điền"), ("vuông 1 2 3", "Không hiểu dòng"), ("chữ nhật 1 2", "thiếu số"),
        ("tròn 100 5 5", "ngoài hình 60 × 40"),
    ):  # fmt: skip
        data["areas"] = areas
        assert words in author.post(path, sent(data)).content.decode(), areas
    data["areas"] = "chữ nhật 10 10 20 5\nHình tròn 40 20 6\n đa giác 1 1 9 1 5 9"
    refused = author.post(path, sent(data)).content.decode()
    assert "Không hiểu dòng “Hình tròn 40 20 6”" in refused
    data["areas"] = "chữ nhật 10 10 20 5\nTRÒN 40, 20, 6\n polygon 1 1 9 1 5 9"
    assert author.post(path, sent(data)).status_code == 302
    content = Item.objects.get().versions.get().content
    assert content["image"]["width"] == 60
    assert [area["at"] for area in content["areas"]] == [
        [10, 10, 20, 5], [40, 20, 6], [1, 1, 9, 1, 5, 9]
    ]  # fmt: skip
    data["kept"] = "forged:note"
    assert "Hãy chọn hình" in author.post(path, sent(data)).content.decode()


@pytest.mark.parametrize(
    ("head", "size"),
    [
        (png(640, 480), (640, 480)),
        (b"\xff\xd8\xff\xe0\x00\x10" + b"J" * 14 + b"\xff\xc2\x00\x11\x08\x01\xe0\x02\x80"
         + b"\0" * 20, (640, 480)),
        (b"RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0\x7f\x02\0\xdf\x01\0", (640, 480)),
        (b"\xff\xd8\xff\xe0\xff\xff" + b"x" * 30, None),
        (b"\xff\xd8" + b"\xff" * 50, None),
        (b"\x89PNG\r\n\x1a\n", None),
        (b"RIFF\0\0\0\0WEBPVP8 ", None),
        (b"GIF89a" + b"\0" * 40, None),
        (b"", None),
    ],
)  # fmt: skip
def test_the_size_of_an_image_is_read_from_its_head(head: bytes, size: Any) -> None:
    assert size_of(io.BytesIO(head)) == size


def test_files_handed_out_are_kept_and_let_go(
    province: Unit, topics: dict[str, Node], author: Client
) -> None:
    path = "/items/new/file_task/"
    base = {"stem": "Lập bảng", "topic": str(topics["t1"].pk), "level": "basic",
            "purpose": "exam", "unit": str(province.pk), "accept": ["xlsx"]}  # fmt: skip

    def book(name: str) -> SimpleUploadedFile:
        return SimpleUploadedFile(name, xlsx(), content_type="application/octet-stream")

    html = author.post(path, {**base, "handout": book("một.xlsx"), "again": "handout"})
    data = posted(html.content.decode())
    made = author.post(path, sent(data, handout=book("hai.xlsx")))
    assert made.status_code == 302
    item = Item.objects.get()
    files = item.versions.get().content["files"]
    assert [each["name"] for each in files] == ["một.xlsx", "hai.xlsx"]
    tried = page(author, f"/items/{item.pk}/preview/")
    link = re.search(r'href="(/files/m/[^"]+)" download>một.xlsx', tried)
    assert link
    assert fetch(link[1])[1]["content-disposition"].startswith("attachment")
    data = posted(page(author, f"/items/{item.pk}/edit/"))
    data.setlist("kept", [*data.getlist("kept")[1:], "forged"])
    author.post(f"/items/{item.pk}/edit/", sent(data))
    assert [each["name"] for each in item.versions.latest("number").content["files"]] in (
        ["hai.xlsx"], ["một.xlsx", "hai.xlsx"],
    )  # fmt: skip
    data.setlist("kept", data.getlist("kept")[:1])
    author.post(f"/items/{item.pk}/edit/", sent(data))
    assert [e["name"] for e in item.versions.latest("number").content["files"]] == ["hai.xlsx"]
    bad = author.post(path, {**base, "handout": SimpleUploadedFile("x.xlsx", office({"a": "b"}))})
    assert "Items" not in bad.content.decode()
    assert Item.objects.count() == 1


def test_the_parts_of_a_scenario_are_added_moved_and_taken_away(
    province: Unit, topics: dict[str, Node], author: Client
) -> None:
    path = "/items/new/scenario/"
    data = posted(page(author, path))
    data |= {"stem": "Một người đến nộp hồ sơ.", "topic": str(topics["t1"].pk)}
    data |= {"part0-stem": "Ý một?", "part0-option_0": "A", "part0-option_1": "B"}
    html = author.post(path, sent(data, again="add", new_kind="blank")).content.decode()
    assert "lt-error" not in html, "nothing is asked for yet"
    data = posted(html)
    assert data["shape"] == "0:single_choice 1:blank"
    assert data["part0-option_1"] == "B"
    incomplete = author.post(path, sent(data)).content.decode()
    assert "Có câu hỏi chưa viết xong" in incomplete
    assert "Hãy chọn phương án đúng" in incomplete
    data = posted(incomplete)
    data |= {"part0-answer": "1", "part1-stem": "Ý hai?", "part1-gap_answers": "3,5"}
    data |= {"part1-gap_type": "number"}
    data = posted(author.post(path, sent(data, again="up:1")).content.decode())
    assert data["shape"] == "1:blank 0:single_choice"
    assert author.post(path, sent(data)).status_code == 302
    item = Item.objects.get()
    parts = item.versions.get().content["parts"]
    assert [part["kind"] for part in parts] == ["blank", "single_choice"]
    edit = posted(page(author, f"/items/{item.pk}/edit/"))
    assert edit["part0-gap_answers"] == "3,5"
    fewer = author.post(f"/items/{item.pk}/edit/", sent(edit, again="remove:0")).content.decode()
    one = posted(fewer)
    assert one["shape"] == "1:single_choice"
    assert "ít nhất 2 câu" in author.post(f"/items/{item.pk}/edit/", sent(one)).content.decode()
    for junk in ("add", "remove:9", "up:x", "x", ":"):
        kind = "essay" if junk == "add" else "blank"
        odd = author.post(path, sent(edit, again=junk, new_kind=kind))
        assert posted(odd.content.decode())["shape"] == "0:blank 1:single_choice"


ERRORS: list[tuple[str, dict[str, Any], str, str]] = [
    ("single_choice", {"fixed": ["5"]}, "fixed", "Phương án được giữ vị trí còn để trống"),
    ("single_choice", {"option_1": r"\(x^\)"}, "option_1", "viết chưa đúng"),
    ("multiple_response", {"answers": ["1"]}, "answers", "ít nhất hai"),
    ("true_false", {"truth_1": ""}, "truth_1", "Hãy chọn đúng hay sai"),
    ("true_false", {"truth_5": "1"}, "statement_5", "còn để trống"),
    ("true_false", {"statement_5": "X", "truth_5": "1"}, "statement_4", "Không để trống nhận định"),
    ("true_false", {"scoring": "steps", "statement_3": "", "truth_3": ""}, "scoring", "bốn"),
    ("matching", {"right_1": ""}, "right_1", "Hãy điền"),
    ("matching", {"right_2": ""}, "right_2", "thiếu một bên"),
    ("matching", {"left_4": "X", "right_4": "Y"}, "left_3", "Không để trống cặp"),
    ("ordering", {"part_5": "X"}, "part_4", "Không để trống mục"),
    ("blank", {"gap_answers": ""}, "gap_answers", "Hãy điền"),
    ("blank", {"gap_type": "number", "gap_answers": "ba"}, "gap_answers", "Hãy nhập một số"),
    ("blank", {"gap_type": "number", "gap_answers": "1.234"}, "gap_answers", "1,234 hay 1234"),
    ("blank", {"gap_type": "number", "gap_answers": "3", "gap_tolerance": "x"}, "gap_tolerance",
     "Hãy nhập một số"),
    ("cloze", {"stem": "Không có"}, "stem", "ít nhất một chỗ trống"),
    ("cloze", {"stem": "[[1]] [[3]]"}, "stem", "liền nhau"),
    ("cloze", {"stem": "[[1]] [[2]] [[3]] [[13]]"}, "stem", "Tối đa 12"),
    ("cloze", {"gap_3_answers": "ba\nbốn"}, "gap_3_answers", "Chưa chọn phương án đúng"),
    ("cloze", {"gap_5_answers": "x"}, "gap_5_answers", "chưa có dấu [[5]]"),
    ("cloze", {"stem": "[[1]] [[2]] [[3]] [[4]]"}, "gap_4_answers", "được chấp nhận"),
    ("essay", {"least_words": "500"}, "most_words", "lớn hơn"),
    ("essay", {"criterion_2": "Ý"}, "points_2", "Hãy nhập số điểm"),
    ("essay", {"points_2": "3"}, "criterion_2", "Hãy nhập tên tiêu chí"),
    ("essay", {"points_0": "0"}, "points_0", "1"),
    ("file_task", {"accept": []}, "accept", "ít nhất một loại tệp"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change", "field", "words"), ERRORS)
def test_what_is_wrong_is_said_beside_its_field(
    name: str, change: dict[str, Any], field: str, words: str,
    province: Unit, topics: dict[str, Node], author: Client, files: Files,
) -> None:  # fmt: skip
    item = new_item(kind_of(name), province, topics["t1"])
    data = sent(posted(page(author, f"/items/{item.pk}/edit/")))
    html = author.post(f"/items/{item.pk}/edit/", data | change).content.decode()
    beside = re.search(rf'<ul class="lt-error" id="id_{field}_error">(.*?)</ul>', html)
    assert beside
    assert words in beside[1]
    assert item.versions.count() == 1
    before = {n: v for n, v in data.items() if n not in change and n != "csrfmiddlewaretoken"}
    after = sent(posted(html))
    assert {n: after.get(n) for n in before} == before, "nothing typed is lost"
