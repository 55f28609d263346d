"""Papers on paper: what is asked, what is right, and that nothing an author writes is a command."""

import io
from pathlib import Path
from typing import Any

import pytest
from conftest import Grant, MakePerson, SignedIn
from django.test import Client

from lantoa.audit.models import Event
from lantoa.files.actions import keep
from lantoa.frameworks.models import Node
from lantoa.items.actions import (
    BlueprintFields,
    create_blueprint,
    publish_form,
    review_form,
    write_forms,
)
from lantoa.items.models import Form, ItemVersion
from lantoa.items.printing.content import Item
from lantoa.items.printing.markup import nodes
from lantoa.items.printing.pdf import arranged, form_pdf
from lantoa.items.queries.forms import slots_of
from lantoa.items.tests.conftest import FillBank, rewritten
from lantoa.people.models import Unit

DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360f8cf500f00038001807f2e8b25"
    "0000000049454e44ae426082"
)


def no_image(_public_id: str) -> str:
    return ""


@pytest.fixture
def form(province: Unit, topics: dict[str, Node], fill_bank: FillBank) -> Form:
    versions = fill_bank(province, "t1", "basic", 3)
    fields = BlueprintFields(title="Kiểm tra cuối khóa", minutes=45, pass_mark=70)
    blueprint = create_blueprint(
        actor=None, unit=province, fields=fields, cells={(topics["t1"].pk, "basic"): 3}
    )
    papers = [[(version.pk, 1) for version in versions]]
    (made,) = write_forms(actor=None, blueprint=blueprint, papers=papers, seed=1, told={})
    return Form.objects.select_related("unit", "blueprint", "bundle").get(pk=made.pk)


@pytest.fixture
def examiner(province: Unit, make_person: MakePerson, grant: Grant, signed_in: SignedIn) -> Client:
    person = make_person("Lê Thị Bình", province)
    grant(person, "examiner", province)
    return signed_in(person)


@pytest.mark.parametrize("part", ["paper", "key", "sheet"])
def test_each_part_is_a_pdf_and_who_took_it_is_written_down(
    form: Form, examiner: Client, part: str
) -> None:
    answer = examiner.get(f"/items/forms/{form.pk}/print/{part}.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.content.startswith(b"%PDF")
    assert Event.objects.get(action="items.print_form").data == {"part": part}
    assert "Tải tệp in" in examiner.get(f"/items/forms/{form.pk}/").content.decode()


def test_a_paper_says_its_code_and_digest(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def compiled(layout: str, **_told: Any) -> bytes:
        seen.append(Path(layout).with_name("said.json").read_text())
        return b"%PDF"

    monkeypatch.setattr("lantoa.items.printing.pdf.typst.compile", compiled)
    form_pdf(form, list(slots_of(form)), "paper")
    assert '"code": "101"' in seen[0]
    assert "BẢN NHÁP" in seen[0]
    review_form(actor=None, form=form, fit=True, reason="x")
    bundle = publish_form(actor=None, form=form)
    form.refresh_from_db()
    form_pdf(form, list(slots_of(form)), "key")
    assert bundle.digest in seen[1]
    assert "BẢN NHÁP" not in seen[1]


def test_the_key_goes_with_the_order_on_the_paper(form: Form) -> None:
    letters = set()
    for slot in slots_of(form):
        content = arranged(form, slot)
        assert arranged(form, slot) == content
        right = slot.version.content["options"][slot.version.content["answer"]]
        letter = Item(content, no_image, by_people=False).answer()
        assert content["options"]["ABCD".index(letter)] == right
        letters.add(letter)
    assert letters != {"B"}  # where the author put them


def test_what_an_author_writes_is_no_command_of_the_layout(form: Form) -> None:
    nasty = '<p>#panic("x") $x$ *đậm* @ref `raw` \\ // &lt;b&gt; #read("/etc/passwd")</p>'
    slot = slots_of(form)[0]
    content = {**slot.version.content, "stem": nasty}
    rewritten(ItemVersion.objects.filter(pk=slot.version_id), content)
    for part in ("paper", "key", "sheet"):
        assert form_pdf(form, list(slots_of(form)), part).startswith(b"%PDF")


def test_pictures_are_printed_and_damaged_ones_keep_nothing_back(
    form: Form, settings: Any, tmp_path: Path
) -> None:
    good = keep(stream=io.BytesIO(DOT), name="a.png", media_type="image/png", actor=None)
    bad = keep(stream=io.BytesIO(DOT[:20]), name="b.png", media_type="image/png", actor=None)
    slots = list(slots_of(form))
    sizes = []
    for file in (None, good, bad):
        picture = (
            f'<p>Hình <img data-file="{file.public_id}" alt="chấm"></p>' if file else "<p>Hình</p>"
        )
        content = {**slots[0].version.content, "stem": picture}
        rewritten(ItemVersion.objects.filter(pk=slots[0].version_id), content)
        sizes.append(len(form_pdf(form, list(slots_of(form)), "paper")))
    assert sizes[1] > sizes[0]
    assert sizes[2] > 1000


@pytest.mark.parametrize(
    ("markup", "tree"),
    [
        ("Một &lt; hai", ["Một < hai"]),
        ("<p>a<br>b</p>", [{"t": "p", "c": ["a", {"t": "br", "c": []}, "b"]}]),
        (
            "H<sub>2</sub>O",
            ["H", {"t": "sub", "c": ["2"]}, "O"],
        ),
        ("<p>mở</b></p>x", [{"t": "p", "c": ["mở"]}, "x"]),
        (
            '<math alttext="x^2"><msup><mi>x</mi><mn>2</mn></msup></math>',
            [
                {
                    "t": "math",
                    "alt": "x^2",
                    "c": [{"t": "msup", "c": [{"t": "mi", "c": ["x"]}, {"t": "mn", "c": ["2"]}]}],
                }
            ],
        ),
        ('<img data-file="q" alt="bản đồ">', [{"t": "img", "c": [], "alt": "bản đồ", "file": ""}]),
    ],
)
def test_rich_text_becomes_a_tree(markup: str, tree: list[Any]) -> None:
    assert nodes(markup, no_image) == tree


OPTIONS = [{"text": "Một"}, {"text": "Hai"}, {"text": "Ba"}]
# Contents of every shape (docs/items.md), what is right in words, and the marks of the sheet.
SHAPES: list[tuple[dict[str, Any], str, list[str]]] = [
    ({"stem": "?", "options": OPTIONS, "answer": 1}, "B", ["letters"]),
    ({"stem": "?", "options": OPTIONS, "answers": [0, 2]}, "A, C", ["letters"]),
    (
        {"stem": "?", "statements": [{"text": "x", "true": True}, {"text": "y", "true": False}]},
        "a Đ, b S",
        ["letters", "letters"],
    ),
    (
        {"stem": "?", "left": OPTIONS[:2], "right": OPTIONS, "pairs": [2, 0]},
        "1 C, 2 A",
        ["letters", "letters"],
    ),
    ({"stem": "?", "parts": OPTIONS, "key": [2, 0, 1]}, "C → A → B", ["line"]),
    (
        {"stem": "?", "gap": {"type": "text", "accept": ["mật khẩu", "password"]}},
        "mật khẩu / password",
        ["line"],
    ),
    (
        {"stem": "?", "gap": {"type": "number", "value": "3.5", "tolerance": "0.1"}},
        "3.5 ± 0.1",
        ["line"],
    ),
    ({"stem": "?", "gap": {"type": "number", "value": "8", "tolerance": "0"}}, "8", ["line"]),
    (
        {
            "text": "Nhấn [[1]] rồi [[2]]",
            "gaps": [
                {"type": "text", "accept": ["Ctrl"]},
                {"type": "choice", "options": OPTIONS, "answer": 2},
            ],
        },
        "(1) Ctrl; (2) C",
        ["line", "letters"],
    ),
    (
        {
            "stem": "?",
            "image": {"file": "q", "alt": "màn hình"},
            "areas": [{"shape": "rect", "at": [1, 2, 3, 4]}],
        },
        "Trong vùng: rect 1, 2, 3, 4",
        ["words"],
    ),
    (
        {
            "stem": "?",
            "parts": [
                {
                    "kind": "single_choice",
                    "content": {"stem": "x", "options": OPTIONS, "answer": 0},
                },
                {
                    "kind": "single_choice",
                    "content": {"stem": "y", "options": OPTIONS, "answer": 2},
                },
            ],
        },
        "a) A; b) C",
        ["letters", "letters"],
    ),
]


@pytest.mark.parametrize(("content", "right", "marks"), SHAPES)
def test_every_shape_of_content_has_its_answer_and_its_place_on_the_sheet(
    content: dict[str, Any], right: str, marks: list[str]
) -> None:
    item = Item(content, no_image, by_people=False)
    assert item.answer() == right
    assert [mark["type"] for mark in item.sheet()] == marks
    assert item.stem()
    assert isinstance(item.blocks(), list)


def test_what_people_mark_has_no_key_and_is_done_elsewhere() -> None:
    content = {"stem": "Viết", "most_words": 100, "sample": "<p>Gợi ý</p>", "explanation": ""}
    item = Item(content, no_image, by_people=True)
    assert item.answer() == "Chấm theo hướng dẫn"
    assert item.sheet() == [{"type": "own"}]
    assert item.blocks() == [{"type": "lines", "count": 11}]
    assert item.explanation() == [{"t": "p", "c": ["Gợi ý"]}]
    task = {"stem": "Soạn", "files": [{"file": "q", "name": "mau.docx"}], "accept": ["docx"]}
    texts = [block["text"] for block in Item(task, no_image, by_people=True).blocks()]
    assert texts == ["Tệp kèm theo: mau.docx", "Nộp tệp: .docx"]


def test_all_shapes_can_be_set(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    """The layout knows every block that is made of any content."""
    contents = [content for content, _right, _marks in SHAPES]
    slots = list(slots_of(form)) * 4
    table = "<table><tr><th>A</th></tr><tr><td>1</td><td>2</td></tr></table><ul><li>x</li></ul>"
    formula = (
        '<math alttext="x"><mfrac><mi>a</mi><msqrt><mi>b</mi></msqrt></mfrac><mo>=</mo>'
        "<munderover><mo>∑</mo><mn>1</mn><mi>n</mi></munderover><mtable><mtr><mtd><mn>1</mn></mtd>"
        "</mtr></mtable><mover><mi>x</mi><mo>¯</mo></mover></math>"
    )
    rich = {"stem": f"<p>{formula}</p>{table}<pre>a\nb</pre>", "most_words": None}
    given = iter([*contents, rich] * 2)
    monkeypatch.setattr("lantoa.items.printing.pdf.arranged", lambda _form, _slot: next(given))
    for part in ("paper", "sheet"):
        assert form_pdf(form, slots, part).startswith(b"%PDF")
