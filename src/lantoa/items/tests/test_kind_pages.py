"""The author's pages of every kind: choose, write, read, try."""

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client

from lantoa.files.models import StoredFile
from lantoa.files.tests.samples import office, xlsx
from lantoa.files.tests.test_serving import fetch
from lantoa.frameworks.models import Node
from lantoa.items.actions import create_item
from lantoa.items.kinds import kind_of, kinds
from lantoa.items.kinds.base import Kind
from lantoa.items.kinds.hotspot.dimensions import size_of
from lantoa.items.models import Item
from lantoa.items.rules import InvalidContent
from lantoa.items.tests import samples
from lantoa.items.tests.browsing import posted
from lantoa.items.tests.conftest import single
from lantoa.items.tests.drawing import png
from lantoa.items.tests.samples import SAMPLES
from lantoa.kernel import clock
from lantoa.people.models import Unit

Files = dict[str, StoredFile]
every = pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.name)


def image(name: str = "sơ đồ.png", content: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or png(60, 40), content_type="image/png")


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def new_item(kind: Kind, unit: Unit, topic: Node, number: int = 0) -> Item:
    content = SAMPLES[kind.name][number][0]
    made = create_item(actor=None, unit=unit, kind=kind.name, content=content, topic=topic)
    return made.item


def sent(data: QueryDict, **more: Any) -> dict[str, Any]:
    """As the test client takes it."""
    return dict(data.lists()) | more


def test_the_kinds_are_offered_in_groups_with_their_use(author: Client) -> None:
    html = page(author, "/items/new/")
    for kind in kinds():
        assert f'href="/items/new/{kind.name}/"' in html
        assert str(kind.use) in html
    assert "Người chấm" in html or "người chấm" in html


@every
def test_every_kind_is_written_read_and_revised(
    kind: Kind, province: Unit, topics: dict[str, Node], author: Client, files: Files
) -> None:
    """From the filled form of a sample: what the browser posts makes the same item."""
    for number, (content, _right) in enumerate(SAMPLES[kind.name]):
        item = new_item(kind, province, topics["t1"], number)
        path = f"/items/{item.pk}/"
        assert samples.WHY in page(author, path)
        data = posted(page(author, f"{path}edit/"))
        assert author.post(f"{path}edit/", sent(data)).status_code == 302
        assert item.versions.count() == (2 if "key" in content else 1), "nothing changed"
        unit = {"unit": str(province.pk)}
        made = author.post(f"/items/new/{kind.name}/", sent(data, **unit))
        assert made.status_code == 302, made.content.decode()
        newest = Item.objects.latest("pk").versions.get().content
        assert newest == item.versions.latest("number").content


@every
def test_every_kind_can_be_tried(
    kind: Kind, province: Unit, topics: dict[str, Node], author: Client, files: Files
) -> None:
    item = new_item(kind, province, topics["t1"])
    path = f"/items/{item.pk}/preview/"
    html = page(author, path)
    assert samples.WHY not in html
    data = posted(html)
    nothing = author.post(path, sent(data)).content.decode()
    assert samples.WHY in nothing
    assert ("Người chấm" if kind.by_people else "Chưa trả lời") in nothing
    assert item.versions.count() == 1


def test_a_try_is_scored_as_it_was_shuffled(
    province: Unit, topics: dict[str, Node], author: Client
) -> None:
    item = new_item(kind_of("single_choice"), province, topics["t1"])
    path = f"/items/{item.pk}/preview/"
    seen = set()
    for _ in range(30):
        html = page(author, path)
        seed = posted(html)["seed"]
        value = re.findall(r'value="(\d)"><span>Phương án B', html)[0]
        seen.add(value)
        checked = author.post(path, {"seed": seed, "answer": value}).content.decode()
        assert "Trả lời đúng" in checked
        assert " checked" in checked
        wrong = author.post(path, {"seed": seed, "answer": str((int(value) + 1) % 4)})
        assert "Chưa đúng" in wrong.content.decode()
    assert len(seen) > 1
    for junk in ("99", "x", "1" * 5000):
        assert "Chưa trả lời" in author.post(path, {"answer": junk, "seed": junk}).content.decode()


def test_points_in_part_are_said(province: Unit, topics: dict[str, Node], author: Client) -> None:
    item = new_item(kind_of("true_false"), province, topics["t1"])
    data = {"answer-count": "4", **{f"answer-{n}": "1" for n in range(4)}}
    html = author.post(f"/items/{item.pk}/preview/", data).content.decode()
    assert "Đúng một phần" in html
    assert "Được 2 trên 4 phần điểm" in html


def test_out_of_reach_there_is_nothing_to_try(
    province: Unit, topics: dict[str, Node], client: Client, make_person: Any, signed_in: Any,
    commune: Unit, grant: Any,
) -> None:  # fmt: skip
    item = new_item(kind_of("single_choice"), province, topics["t1"])
    below = make_person("Lý A Sính", commune)
    grant(below, "author", commune)
    for visitor, status in ((client, 302), (signed_in(below), 404)):
        assert visitor.get(f"/items/{item.pk}/preview/").status_code == status
        assert visitor.post(f"/items/{item.pk}/preview/").status_code == status
    assert signed_in(make_person("Trần Thị Dung", commune)).get("/items/new/").status_code == 404


def typed(topic: Node, unit: Unit, **change: Any) -> dict[str, Any]:
    return {
        "stem": "Việc nào làm trước?",
        "option_0": "Hẹn lại",
        "option_1": "Hướng dẫn ngay",
        "answer": "1",
        "topic": str(topic.pk),
        "level": "basic",
        "purpose": "exam",
        "unit": str(unit.pk),
        **change,
    }


NEW = "/items/new/single_choice/"


def test_an_image_goes_into_the_text_and_out_by_a_lasting_link(
    province: Unit, topics: dict[str, Node], author: Client, monkeypatch: Any
) -> None:
    data = typed(
        topics["t1"],
        province,
        image=image(),
        image_alt='Sơ đồ "một cửa" <x>',
        image_place="option_0",
    )
    assert author.post(NEW, data).status_code == 302
    stored = StoredFile.objects.get()
    content = Item.objects.get().versions.get().content
    assert content["options"][0]["text"] == (
        f'Hẹn lại <img data-file="{stored.public_id}" alt="Sơ đồ &quot;một cửa&quot; &lt;x&gt;">'
    )
    assert stored.uploaded_by_id is not None
    html = page(author, f"/items/{Item.objects.get().pk}/preview/")
    link = re.search(r'<img src="(/files/m/[^"]+)" alt="Sơ đồ &quot;một cửa', html)
    assert link
    assert str(stored.public_id) not in html
    day = timedelta(days=1)
    for later, status in ((day * 2 - timedelta(minutes=1), 200), (day * 4, 404)):
        at = clock.now() + later
        with monkeypatch.context() as patched:
            patched.setattr("lantoa.kernel.clock.now", lambda at=at: at)
            assert fetch(link[1])[0] == status
    assert fetch(link[1].replace("/files/m/", "/files/m/x"))[0] == 404
    edit = page(author, f"/items/{Item.objects.get().pk}/edit/")
    assert f"data-file=&quot;{stored.public_id}&quot;" in edit


def test_an_image_without_description_stays_and_is_asked_for(
    province: Unit, topics: dict[str, Node], author: Client
) -> None:
    first = author.post(NEW, typed(topics["t1"], province, image=image(), image_place="stem"))
    html = first.content.decode()
    assert "Hãy mô tả bằng chữ hình cho thấy gì" in html
    assert "Có hình chưa được mô tả" in html
    assert not Item.objects.exists()
    data = posted(html)
    assert "<img data-file=" in data["stem"]
    data["image_alt"] = "Sơ đồ một cửa"
    assert author.post(NEW, sent(data)).status_code == 302
    assert 'alt="Sơ đồ một cửa"' in Item.objects.get().versions.get().content["stem"]
    assert StoredFile.objects.count() == 1


def test_the_button_puts_the_image_in_and_nothing_is_saved_yet(
    province: Unit, topics: dict[str, Node], author: Client
) -> None:
    data = typed(topics["t1"], province, image=image(), image_alt="Sơ đồ", again="image")
    data |= {"image_place": "stem", "answer": ""}
    html = author.post(NEW, data).content.decode()
    assert not Item.objects.exists()
    assert "Hãy chọn phương án đúng" not in html, "it isn't asked for yet"
    again = posted(html)
    assert str(again["stem"]).startswith('Việc nào làm trước?\n\n<img data-file="')
    assert again["option_1"] == "Hướng dẫn ngay"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("hình.svg", b"<svg onload=alert(1)>", "Chỉ nhận tệp"),
        ("hình.png", b"<html><script>alert(1)</script>", "HTML"),
        ("hình.png", b"not an image at all", "không phải PNG"),
        ("bảng.xlsx", xlsx(), "Chỉ nhận tệp"),
    ],
)
def test_what_is_no_image_stays_out(
    province: Unit, topics: dict[str, Node], author: Client, name: str, content: bytes, words: str
) -> None:
    data = typed(topics["t1"], province, image=image(name, content), image_alt="Sơ đồ")
    html = author.post(NEW, data).content.decode()
    assert words in html
    assert posted(html)["option_1"] == "Hướng dẫn ngay"
    assert not Item.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_formula_is_stored_as_mathml_and_edited_as_typed(
    province: Unit, topics: dict[str, Node], author: Client
) -> None:
    stem = r"Tỷ lệ \(\frac{a}{b} < 1\) nghĩa là gì?"
    author.post(NEW, typed(topics["t1"], province, stem=stem))
    item = Item.objects.get()
    assert "<mfrac>" in item.versions.get().content["stem"]
    assert posted(page(author, f"/items/{item.pk}/edit/"))["stem"] == stem
    assert r"<h1>Tỷ lệ \frac{a}{b} &lt; 1 nghĩa là gì?" in re.sub(
        r"<h1[^>]*>\s*", "<h1>", page(author, f"/items/{item.pk}/")
    )
    bad = author.post(NEW, typed(topics["t1"], province, stem=r"Tính \(\frac{a\)?"))
    assert "viết chưa đúng: số dấu { và } không bằng nhau" in bad.content.decode()


def test_a_lost_image_is_refused_and_shown_in_words(
    province: Unit, topics: dict[str, Node], author: Client, files: Files
) -> None:
    content = single() | {"stem": f'Xem <img data-file="{samples.FILE}" alt="Sơ đồ">'}
    made = create_item(
        actor=None, unit=province, kind="single_choice", content=content, topic=topics["t1"]
    )
    foreign = samples.OTHER_FILE  # somebody's spreadsheet: not shown, whoever names it
    other = content | {"stem": f'Xem <img data-file="{foreign}" alt="Bảng">'}
    version = create_item(actor=None, unit=province, kind="single_choice", content=other)
    html = page(author, f"/items/{version.item_id}/")
    assert "[hình không còn]" in html
    assert "/files/m/" not in html
    lost = content | {"stem": f'Xem <img data-file="{samples.FILE[:-1]}9" alt="Sơ đồ">'}
    with pytest.raises(InvalidContent, match="không còn"):
        create_item(actor=None, unit=province, kind="single_choice", content=lost)
    assert "/files/m/" in page(author, f"/items/{made.item_id}/")


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
