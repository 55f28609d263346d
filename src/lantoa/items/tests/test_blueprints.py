"""The blueprint's pages beyond its plain matrix: points, kinds, difficulty, rules of law."""

import re

import pytest
from conftest import Grant, MakePerson, SignedIn
from django.test import Client

from lantoa.frameworks.models import Node
from lantoa.items.models import Blueprint, Item
from lantoa.items.presets import FOLDER as PRESETS
from lantoa.items.presets import all_presets, preset, read
from lantoa.items.tests.conftest import FillBank
from lantoa.people.models import Unit

Data = dict[str, str]


@pytest.fixture
def examiner(province: Unit, make_person: MakePerson, grant: Grant, signed_in: SignedIn) -> Client:
    person = make_person("Lê Thị Bình", province)
    grant(person, "examiner", province)
    return signed_in(person)


@pytest.fixture
def data(topics: dict[str, Node]) -> Data:
    return {
        "framework": "lanh-dao-xa-2022",
        "title": "Kiểm tra cuối khóa",
        "minutes": "45",
        "pass_mark": "70",
        "feedback": "score",
        f"cell-{topics['t1'].pk}-basic": "4",
    }


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_every_rule_is_kept_shown_and_found_again_in_the_form(
    examiner: Client, data: Data, topics: dict[str, Node]
) -> None:
    t1, t2 = topics["t1"].pk, topics["t2"].pk
    data |= {
        "part_minimum": "50",
        "topic_minimum": "40",
        "parts_average": "55",
        "kept_months": "12",
        "most_exposure": "30",
        "most_overlap": "5",
        f"points-{t1}-basic": "2",
        "row-0-topic": str(t2),
        "row-0-level": "advanced",
        "row-0-kind": "multiple_response",
        "row-0-count": "3",
        "row-0-points": "4",
        "row-1-topic": "",
        "band-easy-least": "1",
        "band-easy-most": "3",
        "band-hard-most": "2",
    }
    assert examiner.post("/items/blueprints/new/", data).status_code == 302
    made = Blueprint.objects.get()
    rules = (made.part_minimum, made.topic_minimum, made.parts_average, made.kept_months)
    assert rules == (50, 40, 55, 12)
    assert (made.most_exposure, made.most_overlap, made.feedback) == (30, 5, "score")
    assert made.bands == {"easy": [1, 3], "hard": [0, 2]}
    cells = made.cells.values_list("topic", "level", "kind", "count", "points")
    assert set(cells) == {(t1, "basic", "", 4, 2), (t2, "advanced", "multiple_response", 3, 4)}
    shown = page(examiner, f"/items/blueprints/{made.pk}/")
    for words in (
        "Mỗi phần từ 50%",
        "mô đun từ 40%",
        "Trung bình các phần từ 55%",
        "bảo lưu 12 tháng",
        "nhiều nhất 30% số đề",
        "trùng nhau nhiều nhất 5 câu",
        "Độ khó dễ: từ 1 đến 3 câu",
        "Độ khó khó: từ 0 đến 2 câu",
        "Tổng 20 điểm",
        "Ô theo dạng câu",
    ):
        assert words in shown, words
    again = posted_again(page(examiner, f"/items/blueprints/{made.pk}/edit/"))
    assert examiner.post(f"/items/blueprints/{made.pk}/edit/", again).status_code == 302
    assert set(made.cells.values_list("topic", "level", "kind", "count", "points")) == set(cells)
    made.refresh_from_db()
    assert made.bands == {"easy": [1, 3], "hard": [0, 2]}


def posted_again(text: str) -> Data:
    """What the form's fields hold as they are shown."""
    text = text[text.index("data-guard") :]
    fields = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*?value="([^"]*)"', text))
    fields |= {
        name: value for value, name in re.findall(r'value="([^"]*)"[^>]*name="([^"]+)"', text)
    }
    for name, inside in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', text, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', inside)
        fields[name] = chosen[1] if chosen else ""
    return fields


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"points": "0"}, "Điểm mỗi câu phải là số từ 1 đến 100"),
        ({"points": "x"}, "Điểm mỗi câu phải là số từ 1 đến 100"),
        ({"part_minimum": "101"}, "không quá 100"),
        ({"kept_months": "0"}, "từ 1 đến 120 tháng"),
        ({"most_exposure": "0"}, "ít nhất là 1%"),
        ({"band-easy-least": "3", "band-easy-most": "2"}, "nhiều nhất nhỏ hơn"),
        ({"band-easy-least": "x"}, "Độ khó: hãy nhập số câu"),
        ({"band-easy-least": "3", "band-hard-least": "2"}, "đòi ít nhất 5 câu, đề chỉ có 4"),
        ({"row-0-count": "2"}, "hãy chọn đủ chuyên đề"),
        ({"row-0-topic": "t3", "row-0-level": "basic", "row-0-kind": "nonsense"}, "hãy chọn đủ"),
        ({"row-0-topic": "99999", "row-0-level": "basic"}, "hãy chọn đủ"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    examiner: Client, data: Data, topics: dict[str, Node], change: Data, words: str
) -> None:
    if "points" in change:
        change = {f"points-{topics['t1'].pk}-basic": change["points"]}
    if change.get("row-0-topic") == "t3":
        change = {**change, "row-0-topic": str(topics["t3"].pk)}
    text = examiner.post("/items/blueprints/new/", {**data, **change}).content.decode()
    assert words in text
    assert 'value="Kiểm tra cuối khóa"' in text
    assert not Blueprint.objects.exists()


def test_a_wrong_number_in_the_matrix_is_still_there(
    examiner: Client, data: Data, topics: dict[str, Node]
) -> None:
    data[f"cell-{topics['t2'].pk}-basic"] = "3o"
    assert 'value="3o"' in examiner.post("/items/blueprints/new/", data).content.decode()


def test_the_same_cell_twice_is_refused(
    examiner: Client, data: Data, topics: dict[str, Node]
) -> None:
    for n in (0, 1):
        data |= {
            f"row-{n}-topic": str(topics["t3"].pk),
            f"row-{n}-level": "basic",
            f"row-{n}-kind": "single_choice",
            f"row-{n}-count": "1",
        }
    assert "lặp lại" in examiner.post("/items/blueprints/new/", data).content.decode()


def test_a_kind_of_its_own_is_taken_from_what_the_matrix_can_draw(
    province: Unit, examiner: Client, data: Data, topics: dict[str, Node], fill_bank: FillBank
) -> None:
    fill_bank(province, "t1", "basic", 5)
    Item.objects.filter(pk=Item.objects.earliest("id").pk).update(kind="multiple_response")
    data |= {
        "row-0-topic": str(topics["t1"].pk),
        "row-0-level": "basic",
        "row-0-kind": "multiple_response",
        "row-0-count": "2",
    }
    examiner.post("/items/blueprints/new/", data)
    shown = page(examiner, f"/items/blueprints/{Blueprint.objects.get().pk}/")
    assert "dạng nhiều phương án đúng: cần 2 câu đã duyệt, ngân hàng có 1, thiếu 1" in shown
    assert "trên 4" in shown
    assert "trên 1<" in shown


# Presets.


@pytest.mark.parametrize("path", sorted(PRESETS.glob("*.toml")), ids=lambda path: path.stem)
def test_every_preset_has_its_basis_and_rules_that_a_blueprint_has(path: object) -> None:
    one = read(path)  # type: ignore[arg-type]
    assert one.legal_basis
    assert one.source
    assert one.grade in ("C", "S")
    assert one.check  # whoever uses it is told to look at the text
    fields = {field.name for field in Blueprint._meta.get_fields()}
    assert set(one.rules) <= fields
    assert set(one.levels) <= set(Item.Level.values)


def test_the_presets_say_what_the_law_says() -> None:
    both = preset("ttlt-17-2016-hai-phan")
    assert both
    assert both.rules["part_minimum"] == 50
    assert both.rules["topic_minimum"] == 40
    assert both.rules["kept_months"] == 12
    final = preset("nq-398-2026-cuoi-khoa")
    assert final
    assert final.second_hand
    assert final.levels == {"basic": 35, "intermediate": 15}
    assert (final.rules["minutes"], final.rules["pass_mark"]) == (90, 70)
    assert "attempts_allowed" not in final.rules
    assert preset("không có") is None


def test_a_blueprint_begins_from_a_preset_and_keeps_its_name(
    examiner: Client, topics: dict[str, Node]
) -> None:
    listed = page(examiner, "/items/blueprints/presets/")
    for one in all_presets():
        assert one.title in listed
        assert one.legal_basis in listed
    assert "phải đối chiếu văn bản gốc" in listed
    path = "/items/blueprints/new/?preset=nq-398-2026-cuoi-khoa&framework=lanh-dao-xa-2022"
    text = page(examiner, path)
    assert "phải đối chiếu văn bản gốc" in text
    fields = posted_again(text)
    cells = {name: int(value) for name, value in fields.items() if name.startswith("cell-")}
    basic = [n for name, n in cells.items() if name.endswith("-basic")]
    middle = [n for name, n in cells.items() if name.endswith("-intermediate")]
    assert (sum(basic), sum(middle)) == (35, 15)
    assert max(basic) - min(basic) <= 1
    assert (fields["minutes"], fields["pass_mark"]) == ("90", "70")
    assert fields.get("attempts_allowed", "") == ""
    examiner.post("/items/blueprints/new/", {**fields, "title": "Bài cuối"})
    made = Blueprint.objects.get()
    assert (made.preset, made.attempts_allowed) == ("nq-398-2026-cuoi-khoa", None)
    assert "398" in made.legal_basis
    shown = page(examiner, f"/items/blueprints/{made.pk}/")
    assert "Theo quy định mẫu" in shown
    assert "phải đối chiếu văn bản gốc" in shown
    edit = f"/items/blueprints/{made.pk}/edit/"
    examiner.post(edit, {**posted_again(page(examiner, edit)), "minutes": "80"})
    made.refresh_from_db()
    assert (made.preset, made.minutes) == ("nq-398-2026-cuoi-khoa", 80)


def test_presets_are_for_those_who_make_blueprints(
    province: Unit, make_person: MakePerson, grant: Grant, signed_in: SignedIn
) -> None:
    author = make_person("Nguyễn Văn An", province)
    grant(author, "author", province)
    learner = make_person("Trần Thị Dung", province)
    for who in (author, learner):
        assert signed_in(who).get("/items/blueprints/presets/").status_code == 404
    assert Client().get("/items/blueprints/presets/").status_code == 302
