import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from lantoa.frameworks.models import Node
from lantoa.items.actions import BlueprintFields, create_blueprint, create_item
from lantoa.items.models import Blueprint, Item
from lantoa.items.tests.conftest import FillBank, page, single, typed
from lantoa.people.models import Unit


def test_an_author_writes_and_an_examiner_approves(
    province: Unit, topics: dict[str, Node], author: Client, examiner: Client
) -> None:
    assert "chưa có câu hỏi" in page(author, "/items/")
    data = typed(topics["t1"], unit=str(province.pk))
    response = author.post("/items/new/single_choice/", data)
    item = Item.objects.get()
    assert response.headers["Location"] == f"/items/{item.pk}/"
    content = item.versions.get().content
    assert content["stem"] == "<p>Việc nào làm trước?</p><p>Chọn một.</p>"
    assert content["answer"] == 1
    path = f"/items/{item.pk}/"
    assert "Bản 1 là bản nháp" in page(author, path)
    author.post(f"{path}send/")
    assert "Bản 1 chờ thẩm định" in page(author, path)
    for step in ("review", "approve"):
        assert author.post(f"{path}{step}/").status_code == 404
    examiner.post(f"{path}review/", {"number": "1", "verdict": "fit"})
    assert "chờ duyệt" in page(author, path)
    assert examiner.post(f"{path}approve/", {"number": "1"}).status_code == 302
    shown = page(author, path)
    assert "Đã duyệt, đề đang dùng bản 1" in shown
    assert "Duyệt bản 1" in shown  # in the history


def test_an_edit_is_a_new_version_and_the_old_one_can_be_read(
    province: Unit, topics: dict[str, Node], fill_bank: FillBank, author: Client
) -> None:
    (version,) = fill_bank(province, "t1", "basic", 1)
    path = f"/items/{version.item_id}/"
    assert "Phương án A của câu 0" in page(author, f"{path}edit/")
    author.post(f"{path}edit/", typed(topics["t2"], level="advanced"))
    item = Item.objects.get()
    assert (item.topic, item.level, item.versions.count()) == (topics["t2"], "advanced", 2)
    assert "Đề đang dùng bản 1. Bản 2 là bản nháp" in page(author, path)
    assert "Phương án A của câu 0" in page(author, f"{path}?version=1")
    assert "Phương án A của câu 0" not in page(author, path)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"stem": ""}, "bắt buộc"),
        ({"answer": ""}, "Hãy chọn phương án đúng"),
        ({"answer": "4"}, "còn để trống"),
        ({"option_3": "D"}, "Không để trống phương án ở giữa"),
        ({"option_1": "Hẹn lại"}, "giống nhau"),
        ({"stem": "<script>x</script>"}, "Chưa có nội dung câu hỏi"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    province: Unit, topics: dict[str, Node], author: Client, change: dict[str, str], words: str
) -> None:
    data = typed(topics["t1"], unit=str(province.pk), **change)
    text = author.post("/items/new/single_choice/", data).content.decode()
    assert words in text
    assert "Hướng dẫn ngay" in text or "Hẹn lại" in text
    assert not Item.objects.exists()


def test_a_unit_out_of_reach_cannot_be_written_for(
    country: Unit, province: Unit, topics: dict[str, Node], author: Client
) -> None:
    data = typed(topics["t1"], unit=str(country.pk))
    assert author.post("/items/new/single_choice/", data).status_code == 200
    assert not Item.objects.exists()


def test_retiring_asks_for_a_reason(province: Unit, fill_bank: FillBank, examiner: Client) -> None:
    (version,) = fill_bank(province, "t1", "basic", 1)
    path = f"/items/{version.item_id}/retire/"
    assert "Hãy điền mục này" in examiner.post(path, {"reason": ""}).content.decode()
    examiner.post(path, {"reason": "Quy định đã đổi"})
    assert Item.objects.get().state == "retired"
    assert "Quy định đã đổi" in page(examiner, f"/items/{version.item_id}/")


def test_what_is_out_of_reach_does_not_exist(
    province: Unit,
    topics: dict[str, Node],
    fill_bank: FillBank,
    neighbour: Client,
    learner: Client,
    author: Client,
) -> None:
    (version,) = fill_bank(province, "t1", "basic", 1)
    blueprint = create_blueprint(
        actor=None, unit=province, fields=BlueprintFields("Đề", 30, 70), cells={}
    )
    item, matrix = f"/items/{version.item_id}/", f"/items/blueprints/{blueprint.pk}/"
    for path in (item, f"{item}edit/", f"{item}retire/", matrix, f"{matrix}edit/"):
        assert neighbour.get(path).status_code == 404, path
        assert learner.get(path).status_code == 404, path
        assert Client().get(path).status_code == 302, path
    assert neighbour.post(f"{item}approve/").status_code == 404
    for path in ("/items/", "/items/blueprints/", "/items/blueprints/new/"):
        assert learner.get(path).status_code == 404
    assert "Câu hỏi số" not in page(neighbour, "/items/")
    assert author.get(f"{matrix}edit/").status_code == 404
    assert author.get("/items/blueprints/new/").status_code == 404
    assert author.get("/items/new/no_such_kind/").status_code == 404


def test_the_list_is_narrowed_and_searched_without_accents(
    province: Unit,
    commune: Unit,
    topics: dict[str, Node],
    fill_bank: FillBank,
    author: Client,
) -> None:
    fill_bank(province, "t1", "basic", 2)
    fill_bank(commune, "t2", "advanced", 1)
    content = {**single(), "stem": "Chữ ký số dùng để làm gì?"}
    create_item(actor=None, unit=province, kind="single_choice", content=content)

    def count(query: str) -> int:
        return page(author, f"/items/?{query}").count('<th scope="row">')

    assert count("") == 4
    assert count("q=chu+ky+so") == 1
    assert count(f"topic={topics['t1'].pk}") == 2
    assert count("level=advanced") == 1
    assert count("state=draft") == 1
    assert count("purpose=lesson") == 0
    assert count("state=nonsense&level=x") == 4
    assert count("q=khong+co+gi") == 0


def test_the_list_takes_few_queries(
    province: Unit,
    fill_bank: FillBank,
    author: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    fill_bank(province, "t1", "basic", 40)
    page(author, "/items/")
    with django_assert_max_num_queries(19):
        page(author, "/items/")


def test_an_examiner_makes_a_matrix_and_sees_what_is_missing(
    province: Unit, topics: dict[str, Node], fill_bank: FillBank, examiner: Client
) -> None:
    fill_bank(province, "t1", "basic", 3)
    form = page(examiner, "/items/blueprints/new/?framework=lanh-dao-xa-2022")
    assert "trên 3" in form
    data = {
        "framework": "lanh-dao-xa-2022",
        "title": "Kiểm tra cuối khóa",
        "minutes": "45",
        "pass_mark": "70",
        "attempts_allowed": "2",
        "shuffle_items": "on",
        "feedback": "mistakes",
        f"cell-{topics['t1'].pk}-basic": "2",
        f"cell-{topics['t4'].pk}-advanced": "1",
    }
    examiner.post("/items/blueprints/new/", data)
    blueprint = Blueprint.objects.get()
    assert (blueprint.unit, blueprint.minutes, blueprint.shuffle_options) == (province, 45, False)
    assert {(c.topic.code, c.level, c.count) for c in blueprint.cells.all()} == {
        ("t1", "basic", 2),
        ("t4", "advanced", 1),
    }
    shown = page(examiner, f"/items/blueprints/{blueprint.pk}/")
    assert "cần 1 câu đã duyệt, ngân hàng có 0, thiếu 1" in shown
    assert "1 ma trận đề còn thiếu câu hỏi" in page(examiner, "/items/blueprints/")
    data[f"cell-{topics['t4'].pk}-advanced"] = ""
    data["attempts_allowed"] = ""
    examiner.post(f"/items/blueprints/{blueprint.pk}/edit/", data)
    blueprint.refresh_from_db()
    assert blueprint.attempts_allowed is None
    assert "đủ câu đã duyệt" in page(examiner, f"/items/blueprints/{blueprint.pk}/")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"cell": "x"}, "số từ 0 đến 200"),
        ({"cell": "-1"}, "số từ 0 đến 200"),
        ({"cell": "201"}, "số từ 0 đến 200"),
        ({"cell": "0"}, "chưa có câu hỏi nào"),
        ({"minutes": "0"}, "từ 1 đến 600"),
        ({"pass_mark": "101"}, "không quá 100"),
        ({"attempts_allowed": "0"}, "ít nhất là 1"),
        ({"title": ""}, "bắt buộc"),
    ],
)
def test_a_bad_matrix_is_refused_with_a_sentence(
    topics: dict[str, Node], examiner: Client, change: dict[str, str], words: str
) -> None:
    cell = change.pop("cell", "2")
    data = {
        "framework": "lanh-dao-xa-2022",
        "title": "Đề thử",
        "minutes": "45",
        "pass_mark": "70",
        f"cell-{topics['t1'].pk}-basic": cell,
        **change,
    }
    text = examiner.post("/items/blueprints/new/", data).content.decode()
    assert words in text
    assert not Blueprint.objects.exists()


def test_without_a_framework_the_page_says_what_to_do(examiner: Client) -> None:
    assert "load-frameworks" in page(examiner, "/items/blueprints/new/")
