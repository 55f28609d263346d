"""Files of items by who is asking: uploading, the dry run, choosing, applying, undoing."""

import base64
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import pytest
from conftest import Grant, MakePerson, SignedIn
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from lantoa.audit.models import Event
from lantoa.files.models import StoredFile
from lantoa.frameworks.models import Node
from lantoa.items.actions import approve_item, create_item, review_item, revise_item
from lantoa.items.exchange import spreadsheet
from lantoa.items.exchange.rows import Belongs, Outgoing
from lantoa.items.models import Item, ItemImport, ItemVersion
from lantoa.items.tests.conftest import single
from lantoa.people.models import Unit

Post = Callable[..., Any]
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
AIKEN = """Thủ đô của Việt Nam?
A. Huế
B. Hà Nội
ANSWER: B

Một cộng một bằng mấy?
A. 1
B. 2
ANSWER: C

Sông nào dài hơn?
A. Sông Cầu
B. Sông Hồng
ANSWER: B
"""


@pytest.fixture
def author(province: Unit, make_person: MakePerson, grant: Grant, signed_in: SignedIn) -> Client:
    person = make_person("Nguyễn Văn An", province)
    grant(person, "author", province)
    return signed_in(person)


@pytest.fixture
def neighbour(
    other_commune: Unit, make_person: MakePerson, grant: Grant, signed_in: SignedIn
) -> Client:
    person = make_person("Phạm Văn Cường", other_commune)
    grant(person, "examiner", other_commune)
    return signed_in(person)


@pytest.fixture
def learner(commune: Unit, make_person: MakePerson, signed_in: SignedIn) -> Client:
    return signed_in(make_person("Trần Thị Dung", commune))


@pytest.fixture
def post(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Post:
    """post(client, "import_add", …) with the jobs that it sets to work run to their end."""

    def send(client: Client, name: str, *args: object, **data: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(reverse(f"items:{name}", args=args), data)

    return send


@pytest.fixture
def send(post: Post, province: Unit, topics: dict[str, Node]) -> Callable[..., ItemImport]:
    """Upload a file; the import with its dry run."""

    def upload(
        client: Client, data: bytes | str, name: str = "cau-hoi.txt", **change: Any
    ) -> ItemImport:
        content = data.encode() if isinstance(data, str) else data
        fields = {
            "file": SimpleUploadedFile(name, content),
            "unit": province.pk,
            "topic": topics["t1"].pk,
            "level": "basic",
            "purpose": "exam",
            **change,
        }
        answer = post(client, "import_add", **fields)
        assert answer.status_code == 302, answer.content.decode()
        return ItemImport.objects.latest("id")

    return upload


Send = Callable[..., ItemImport]


def states(of: ItemImport) -> list[str]:
    return list(of.rows.order_by("position").values_list("state", flat=True))


def page(client: Client, of: ItemImport, **query: str) -> str:
    answer = client.get(reverse("items:import", args=[of.pk]), query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def apply(post: Post, client: Client, of: ItemImport) -> ItemImport:
    post(client, "import_apply", of.pk)
    of.refresh_from_db()
    return of


# ---- the way of a file ----


def test_a_file_is_shown_row_by_row_before_anything_is_written(
    author: Client, send: Send, post: Post, topics: dict[str, Node]
) -> None:
    of = send(author, AIKEN)
    assert states(of) == ["new", "wrong", "new"]
    assert not Item.objects.exists()
    first = page(author, of)
    assert "1 câu sai, chưa nhập được" in first
    assert "không phải chữ cái của một phương án" in first
    everything = page(author, of, state="all")
    assert "Thủ đô của Việt Nam?" in everything
    assert "Phương án đúng" in everything  # as its kind shows it
    assert "Áp dụng sẽ thêm 2 câu nháp" in everything
    apply(post, author, of)
    assert of.state == "applied"
    assert "Đã nhập 2 câu nháp" in page(author, of, state="all")
    items = Item.objects.order_by("pk")
    assert [(i.state, i.topic, i.level, i.purpose) for i in items] == [
        ("draft", topics["t1"], "basic", "exam")
    ] * 2
    assert items[0].versions.get().content["answer"] == 1
    assert Event.objects.filter(action="items.apply_import").count() == 1
    assert Event.objects.filter(action="items.create_items").count() == 1


def test_the_same_file_twice_changes_nothing(author: Client, send: Send, post: Post) -> None:
    apply(post, author, send(author, AIKEN))
    again = send(author, AIKEN)
    assert states(again) == ["same", "wrong", "same"]
    assert "Ngân hàng đã có đúng câu này" in page(author, again, state="all")
    apply(post, author, again)
    assert Item.objects.count() == 2
    assert again.summary["applied"] == {"created": 0, "left_out": 0}


def test_two_imports_of_one_file_write_it_once(author: Client, send: Send, post: Post) -> None:
    one, other = send(author, AIKEN), send(author, AIKEN)
    apply(post, author, one)
    apply(post, author, other)
    assert Item.objects.count() == 2
    assert other.summary["applied"] == {"created": 0, "left_out": 2}
    assert "vừa có trong ngân hàng" in page(author, other, state="all")


def test_a_row_that_stands_twice_is_taken_once(author: Client, send: Send, post: Post) -> None:
    of = send(author, AIKEN + "\n" + AIKEN)
    assert states(of) == ["new", "wrong", "new", "same", "wrong", "same"]
    assert "Trùng hàng 1 của tệp này" in page(author, of, state="same")


def test_what_is_nearly_in_the_bank_is_pointed_out(
    author: Client, send: Send, province: Unit
) -> None:
    content = {
        **single(),
        "stem": "Việc nào cán bộ một cửa làm trước khi công dân hỏi về thủ tục đất đai?",
    }
    held = create_item(actor=None, unit=province, kind="single_choice", content=content)
    text = "\n".join(
        [
            "Viec nao can bo mot cua lam truoc khi cong dan hoi ve thu tuc dat dai",
            *(f"{letter}. Phương án {letter} của câu 1" for letter in "ABCD"),
            "ANSWER: C\n",
        ]
    )
    of = send(author, text)
    assert states(of) == ["similar"]
    shown = page(author, of)
    assert f"Câu {held.item_id}" in shown
    assert "Giống 100% một câu đã có" in shown


def test_rows_are_left_out_and_taken_back(author: Client, send: Send, post: Post) -> None:
    of = send(author, AIKEN)
    new = list(of.rows.filter(state="new"))
    data = {"shown": [row.pk for row in new], "row": [new[1].pk], "filters": "state=new"}
    post(author, "import_choose", of.pk, **data)
    assert "Bỏ chọn" in page(author, of, state="left")
    assert "Áp dụng sẽ thêm 1 câu nháp" in page(author, of, state="all")
    post(author, "import_choose", of.pk, decision="leave", filters="state=all")
    assert "Không có gì" in page(author, of, state="all") or "3 hàng để lại" in page(author, of)
    post(author, "import_choose", of.pk, decision="take", filters="state=left")
    post(author, "import_choose", of.pk, **data)
    apply(post, author, of)
    assert Item.objects.get().versions.get().content["stem"] == "Sông nào dài hơn?"
    assert post(author, "import_choose", of.pk, decision="take").status_code == 302
    assert Item.objects.count() == 1


def test_undoing_removes_what_nobody_has_touched(
    author: Client, send: Send, post: Post, topics: dict[str, Node]
) -> None:
    more = "Câu nữa?\nA. 1\nB. 2\nANSWER: A\n\nCâu cuối?\nA. 3\nB. 4\nANSWER: A\n"
    of = apply(post, author, send(author, f"{AIKEN}\n{more}"))
    items = list(Item.objects.order_by("pk"))
    assert len(items) == 4
    review_item(actor=None, item=items[0], verdict="fit")
    approve_item(actor=None, item=items[0])
    revise_item(actor=None, item=items[1], content=single())
    assert "4 câu nháp" in author.get(reverse("items:import_undo", args=[of.pk])).content.decode()
    post(author, "import_undo", of.pk)
    of.refresh_from_db()
    assert of.state == "undone"
    assert set(Item.objects.all()) == {items[0], items[1]}
    shown = page(author, of, state="all")
    assert "Đã xóa 2 câu nháp; giữ lại 2 câu" in shown
    assert "nên giữ lại khi hoàn tác" in shown
    # And the file can come again: what stayed is still known.
    assert states(send(author, AIKEN))[0] == "same"


def test_a_file_can_be_thrown_away(author: Client, send: Send, post: Post) -> None:
    of = send(author, moodle(picture=True), "quiz.xml")
    assert StoredFile.objects.count() == 2
    assert "Bỏ tệp" in author.get(reverse("items:import_discard", args=[of.pk])).content.decode()
    post(author, "import_discard", of.pk)
    assert not ItemImport.objects.exists()
    assert not StoredFile.objects.exists()


def test_rows_are_found_by_words_kind_and_reason(author: Client, send: Send) -> None:
    of = send(author, AIKEN)
    code = of.summary["reasons"][0][0]

    def rows(**query: str) -> int:
        return page(author, of, **query).count('<th scope="row">')

    assert rows(state="all") == 3
    assert rows(q="thu do") == 1
    assert rows(reason=code) == 1
    assert rows(kind="single_choice", state="all") == 3
    assert rows(q="6") == 1  # the line
    assert rows(state="nonsense", kind="nonsense", reason="x") >= 1


# ---- what the file says of where an item belongs ----


def sheet(*items: Outgoing) -> bytes:
    return spreadsheet.write(items, lambda _key: None).data


def test_a_workbook_says_where_each_item_belongs(
    author: Client, send: Send, post: Post, topics: dict[str, Node]
) -> None:
    belongs = Belongs(
        topic="lanh-dao-xa-2022/t2", competence="t3", level="advanced", difficulty="hard",
        purpose="lesson", seconds=75, source="Tự soạn", notes="=HYPERLINK(1)",
    )  # fmt: skip
    items = [
        Outgoing("Câu 1", "single_choice", single(1), belongs, "Tên"),
        Outgoing("Câu 2", "single_choice", _about("Nén tệp"), Belongs()),
        Outgoing("Câu 3", "single_choice", _about("Ký số"), Belongs(topic="khong-co")),
    ]
    of = send(author, sheet(*items), "cau-hoi.xlsx")
    assert states(of) == ["new", "new", "wrong"]
    assert "Không có chuyên đề “khong-co”" in page(author, of)
    apply(post, author, of)
    one, other = Item.objects.order_by("pk")[:2]
    assert one.topic == topics["t2"]
    assert one.competence == topics["t3"]
    assert (one.level, one.difficulty, one.purpose) == ("advanced", "hard", "lesson")
    assert (one.expected_seconds, one.source, one.notes) == (75, "Tự soạn", "=HYPERLINK(1)")
    assert other.topic == topics["t1"]
    assert (other.level, other.difficulty, other.purpose) == ("basic", "medium", "exam")


def _about(what: str) -> dict[str, Any]:
    options = [{"text": f"{what} để {why}"} for why in ("gửi nhanh", "giữ an toàn", "in đẹp")]
    return {**single(), "stem": f"{what} là làm gì?", "options": options, "answer": 0}


def test_the_template_can_be_downloaded_and_says_nothing_yet(
    author: Client, topics: dict[str, Node]
) -> None:
    answer = author.get(reverse("items:import_template"))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith('.xlsx"')
    assert spreadsheet.read(answer.content, "mau.xlsx").rows == []


# ---- pictures ----


def moodle(
    *, picture: bool = False, alt: str = "Sơ đồ", data: bytes = PNG, name: str = "a.png"
) -> str:
    image = f'<img src="@@PLUGINFILE@@/{name}" alt="{alt}">' if picture else ""
    coded = base64.b64encode(data).decode()
    file = f'<file name="{name}" path="/" encoding="base64">{coded}</file>' if picture else ""
    return f"""<?xml version="1.0" encoding="UTF-8"?><quiz>
    <question type="category"><category><text>$course$/top/Thư mục lạ</text></category></question>
    <question type="multichoice"><name><text>x</text></name>
    <questiontext format="html"><text>{escape(f"<p>Hình vẽ gì? {image}</p>")}</text>
    {file}</questiontext>
    <generalfeedback format="html"><text></text></generalfeedback><single>true</single>
    <answer fraction="100"><text>Sơ đồ</text></answer><answer fraction="0"><text>Ảnh</text></answer>
    </question></quiz>"""


def test_pictures_become_stored_files_and_go_with_undo(
    author: Client, send: Send, post: Post, topics: dict[str, Node]
) -> None:
    of = send(author, moodle(picture=True), "quiz.xml")
    (public_id,) = of.pictures
    stored = StoredFile.objects.get(public_id=public_id)
    assert (stored.media_type, stored.size) == ("image/png", len(PNG))
    row = of.rows.get()
    assert "Thư mục “Thư mục lạ” không phải chuyên đề" in page(author, of, state="all")
    apply(post, author, of)
    item = Item.objects.get()
    assert item.topic == topics["t1"]
    kept = public_id in str(item.versions.get().content)
    # Whether the item shows the picture is the sanitiser's to say; nothing else is left behind.
    assert StoredFile.objects.filter(public_id=public_id).exists() is kept
    assert row.state == "new"
    post(author, "import_undo", of.pk)
    assert not StoredFile.objects.filter(public_id=public_id).exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"data": b"GIF89a not a png"}, "bên trong không nhận được"),
        ({"name": "a.svg", "data": b"<svg xmlns='x'/>"}, "bên trong không nhận được"),
        ({"data": b""}, "bị hỏng"),
    ],
)
def test_a_picture_that_may_not_come_in_makes_its_row_wrong(
    author: Client, send: Send, change: dict[str, Any], words: str
) -> None:
    of = send(author, moodle(picture=True, **change), "quiz.xml")
    assert states(of) == ["wrong"]
    assert words in page(author, of)
    assert StoredFile.objects.count() == 1


def test_nobody_names_another_units_picture(
    author: Client, neighbour: Client, send: Send, other_commune: Unit
) -> None:
    """Ids in a workbook are taken only where the bank shows the file already."""
    of = send(author, moodle(picture=True), "quiz.xml")
    (public_id,) = of.pictures
    content = {**single(), "stem": f'<img data-file="{public_id}" alt="x"> Hình gì?'}
    data = sheet(Outgoing("Câu 1", "single_choice", content))
    theirs = send(neighbour, data, "x.xlsx", unit=other_commune.pk)
    assert states(theirs) == ["wrong"]
    assert "không có trong ngân hàng" in page(neighbour, theirs)


# ---- hostile and broken files ----

BOMB = """<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>
<quiz><question type="essay"><questiontext><text>&b;</text></questiontext></question></quiz>"""
OUTSIDE = """<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<quiz><question type="essay"><questiontext><text>&x;</text></questiontext></question></quiz>"""


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xml", BOMB, "có thể là tệp phá hoại"),
        ("a.xml", OUTSIDE, "có thể là tệp phá hoại"),
        ("a.xml", "<quiz><question></quiz>", "sai cú pháp ở dòng 1"),
        ("a.xml", "<html></html>", "không phải câu hỏi của Moodle"),
        ("a.xml", "<quiz>" + "<a>" * 100, "lồng quá sâu"),
        ("a.xml", "<quiz></quiz>", "không có câu hỏi nào"),
        ("a.txt", "// chỉ có chú thích", "không có câu hỏi nào"),
        ("a.csv", "Họ tên;Ngày sinh\nAn;1/1/2000", "Không tìm thấy hàng tiêu đề"),
    ],
)
def test_a_file_that_makes_no_sense_is_refused_with_a_sentence(
    author: Client, send: Send, name: str, data: str, words: str
) -> None:
    of = send(author, data, name)
    assert of.state == "refused"
    shown = page(author, of)
    assert words in shown
    assert "Không có gì được lưu lại" in shown
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.exe", b"MZ", "Chỉ nhận tệp"),
        ("a.xml", b"  \n", "Tệp rỗng"),
        ("a.xml", b"PK\x03\x04", "không phải XML"),
        ("a.txt", b"\x00\x01\x02" * 50, "không phải văn bản"),
        ("a.gift", b"x" * (5 * 1024 * 1024 + 1), "Tệp lớn hơn 5 MB"),
        ("a.xlsx", b"not a zip", "nội dung bên trong thuộc loại khác"),
        ("a.xlsx", b"PK\x03\x04broken", "Không đọc được tệp"),
    ],
)
def test_a_file_is_stopped_at_the_door(
    author: Client, post: Post, province: Unit, name: str, data: bytes, words: str
) -> None:
    fields = {"unit": province.pk, "level": "basic", "purpose": "exam"}
    answer = post(author, "import_add", file=SimpleUploadedFile(name, data), **fields)
    if answer.status_code == 302:
        answer = author.get(answer["Location"])
    assert words in answer.content.decode()
    assert not StoredFile.objects.exists()
    assert not Item.objects.exists()


@pytest.mark.parametrize("key", ["new:00", "-" * 36, "%" * 36, "0" * 36, "../../etc/passwd"])
def test_a_made_up_file_is_no_file(author: Client, send: Send, key: str) -> None:
    content = {**single(), "stem": f'<img data-file="{key}" alt="x"> Hình gì?'}
    of = send(author, sheet(Outgoing("Câu 1", "single_choice", content)), "x.xlsx")
    assert states(of) == ["wrong"]
    assert "không có trong ngân hàng" in page(author, of)


@pytest.mark.parametrize(
    "flood",
    ["<img ", "<a href='", "{1:SA:", "<p><b>", "[[1]]", "@@PLUGINFILE@@", "\\", "data:image/"],
)
def test_text_made_to_be_slow_is_only_long(author: Client, send: Send, flood: str) -> None:
    text = escape(flood * (1_000_000 // len(flood)))
    question = "<questiontext><text>{}</text></questiontext><name><text>x</text></name>"
    kinds = "".join(
        f'<question type="{kind}">{question.format(text)}<attachments>1</attachments>'
        "<responseformat>noinline</responseformat></question>"
        for kind in ("essay", "cloze", "multichoice")
    )
    of = send(author, f"<quiz>{kinds}</quiz>", "x.xml")
    assert states(of) == ["wrong"] * 3


def test_hostile_markup_is_disarmed(author: Client, send: Send, post: Post) -> None:
    text = (
        '::x:: [html]<p onclick\\="a()">Hỏi</p><script>alert(1)</script> {\n=[html]<b>A</b>\n~B\n}'
    )
    apply(post, author, send(author, text))
    content = ItemVersion.objects.get().content
    assert "script" not in str(content)
    assert "onclick" not in str(content)


# ---- who is asking ----

PAGES = ("import", "import_choose", "import_apply", "import_undo", "import_discard")
OPEN = ("imports", "import_add", "import_template", "export", "export_download")
POSTS = {"import_choose", "import_apply", "export_download"}
READ = {"import", "imports", "import_template", "export"}


@pytest.mark.parametrize("name", [*PAGES, *OPEN])
@pytest.mark.parametrize("method", ["get", "post"])
def test_for_others_nothing_is_there(
    name: str, method: str, author: Client, neighbour: Client, learner: Client, send: Send
) -> None:
    of = send(author, AIKEN)
    events = Event.objects.count()
    address = reverse(f"items:{name}", args=[of.pk] if name in PAGES else [])
    assert getattr(learner, method)(address).status_code in (404, 405)
    assert getattr(Client(), method)(address).status_code == 302
    if name in PAGES:
        wrong_method = name in (POSTS if method == "get" else READ)
        expected = 405 if wrong_method else 404
        assert getattr(neighbour, method)(address).status_code == expected
    assert Event.objects.count() == events


def test_a_unit_out_of_reach_cannot_be_imported_into(
    author: Client, post: Post, country: Unit
) -> None:
    file = SimpleUploadedFile("a.txt", AIKEN.encode())
    fields = {"unit": country.pk, "level": "basic", "purpose": "exam"}
    assert post(author, "import_add", file=file, **fields).status_code == 200
    assert not ItemImport.objects.exists()


def test_what_is_done_cannot_be_done_twice(author: Client, send: Send, post: Post) -> None:
    of = apply(post, author, send(author, AIKEN))
    post(author, "import_apply", of.pk)
    post(author, "import_discard", of.pk)
    assert ItemImport.objects.get().state == "applied"
    post(author, "import_undo", of.pk)
    post(author, "import_undo", of.pk)
    assert not Item.objects.exists()
    assert Event.objects.filter(action="items.undo_import").count() == 1


def test_the_list_of_imports(author: Client, neighbour: Client, send: Send) -> None:
    empty = author.get(reverse("items:imports")).content.decode()
    assert "Chưa nhập tệp nào" in empty
    send(author, AIKEN)
    assert "cau-hoi.txt" in author.get(reverse("items:imports")).content.decode()
    assert "cau-hoi.txt" not in neighbour.get(reverse("items:imports")).content.decode()


# ---- by command ----


def test_the_command_looks_first_and_applies_when_told(
    province: Unit, topics: dict[str, Node], tmp_path: Any, capsys: Any
) -> None:
    file = tmp_path / "a.txt"
    file.write_text(AIKEN)
    call_command("import_items", str(file), "--unit", province.code, "--topic", "t1")
    assert "mới 2" in capsys.readouterr().out
    assert not ItemImport.objects.exists()
    assert not StoredFile.objects.exists()
    call_command("import_items", str(file), "--unit", province.code, "--apply", "--json")
    assert '"created": 2' in capsys.readouterr().out
    assert Item.objects.filter(state="draft").count() == 2
    with pytest.raises(CommandError, match="Không có đơn vị"):
        call_command("import_items", str(file), "--unit", "XX")
    with pytest.raises(CommandError, match="Không có chuyên đề"):
        call_command("import_items", str(file), "--unit", province.code, "--topic", "XX")


def test_a_command_dry_run_keeps_no_pictures(
    province: Unit, topics: dict[str, Node], tmp_path: Path, capsys: Any, settings: Settings
) -> None:
    file = tmp_path / "a.xml"
    file.write_text(moodle(picture=True))
    call_command("import_items", str(file), "--unit", province.code, "--json")
    assert '"new": 1' in capsys.readouterr().out
    assert not StoredFile.objects.exists()
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []
