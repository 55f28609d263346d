"""The author's pages of every kind: choose, write, read, try."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lantoa.files.models import StoredFile
from lantoa.files.tests.samples import xlsx
from lantoa.files.tests.test_serving import fetch
from lantoa.frameworks.models import Node
from lantoa.items.actions import create_item
from lantoa.items.kinds import kind_of, kinds
from lantoa.items.kinds.base import Kind
from lantoa.items.models import Band, Item
from lantoa.items.rules import InvalidContent
from lantoa.items.tests import samples
from lantoa.items.tests.browsing import new_item, page, posted, sent
from lantoa.items.tests.conftest import single
from lantoa.items.tests.drawing import png
from lantoa.items.tests.samples import SAMPLES
from lantoa.kernel import clock
from lantoa.people.models import Unit

Files = dict[str, StoredFile]
every = pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.name)


def image(name: str = "sơ đồ.png", content: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or png(60, 40), content_type="image/png")


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
        Band.objects.all().delete()  # it is nearly the same as the one above, on purpose
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
